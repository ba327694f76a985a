import type { NewEvent } from '../../../../shared/feeds/event.ts';

/** Events of `greenConsumptionFeed`. Their payloads are plain JSON and only ever gain fields. */
type ToldAct = Readonly<{
  id: string;
  memberId: string;
  merchantId: string | null;
  behaviour: string;
  region: string;
  projectId: string | null;
  occurredAt: Date;
  recordedAt: Date;
}>;

/** What rules for green acts are measured by: never the evidence. */
export const actRecorded = (act: ToldAct): NewEvent => ({
  kind: 'act.recorded',
  payload: {
    actId: act.id,
    memberId: act.memberId,
    merchantId: act.merchantId,
    behaviour: act.behaviour,
    region: act.region,
    projectId: act.projectId,
    occurredAt: act.occurredAt.toISOString(),
    recordedAt: act.recordedAt.toISOString(),
  },
});

/** Whatever was given for the act has to come back. */
export const actRevoked = (act: Pick<ToldAct, 'id' | 'memberId'>, at: Date): NewEvent => ({
  kind: 'act.revoked',
  payload: { actId: act.id, memberId: act.memberId, revokedAt: at.toISOString() },
});
