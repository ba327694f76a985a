/** In days, until a claim has to be answered, as for complaints: a policy of the alliance. */
export const CLAIM_ANSWER_DAYS = 7;

/** How many claims of one member may be open at a merchant. */
export const OPEN_CLAIMS_MAX = 20;

export type PointsClaimState = 'OPEN' | 'OVERDUE' | 'ESCALATED' | 'ACCEPTED' | 'DECLINED';

type Claimed = Readonly<{
  decision: 'ACCEPTED' | 'DECLINED' | null;
  escalatedAt: Date | null;
  dueAt: Date;
}>;

/** How a claim stands at an instant. Overdue is what nobody answered in time, without anybody marking it. */
export function claimState({ decision, escalatedAt, dueAt }: Claimed, at: Date): PointsClaimState {
  if (decision !== null) return decision;
  if (escalatedAt !== null) return 'ESCALATED';
  return at >= dueAt ? 'OVERDUE' : 'OPEN';
}
