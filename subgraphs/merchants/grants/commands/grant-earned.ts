import type { Work } from '../../../../shared/commands/run-command.ts';
import { sum } from '../../../../shared/quantities.ts';
import { type CapCase, lockCapUse } from '../../commands/cap-use.ts';
import type { Earned } from '../../rules/domain/award-order.ts';
import { withinRoom } from '../../rules/domain/caps.ts';
import type { GrantingRule } from '../domain/grant-posting.ts';
import type { GrantRow } from '../entities/grant.ts';
import { insertGrants, type NewGrant } from './insert-grants.ts';

/** What is granted for, and when it took place: the day decides what is left under the caps. */
export type GrantCause = Pick<GrantRow, 'causeKind' | 'causeId' | 'merchantId' | 'memberId'> &
  Readonly<{ occurredAt: Date }>;

/** Grants what rules earn, as far as their caps let it through, and answers how many points that is. */
export async function grantEarned(
  work: Omit<Work, 'caller'>,
  { occurredAt, ...cause }: GrantCause,
  earned: readonly (Earned<GrantingRule> & Readonly<{ owedBy?: string | null }>)[],
): Promise<number> {
  const caseOf = ({ rule }: Earned<GrantingRule>): CapCase => ({
    rule,
    memberId: cause.memberId,
    purchasedAt: occurredAt,
  });
  const use = await lockCapUse(work, earned.map(caseOf));
  const grants = earned.map((one): NewGrant => {
    const { rule, points, reasons, room } = withinRoom(one, use.roomOf(caseOf(one)));
    if (room !== null) use.add(caseOf(one), points);
    const row = {
      id: work.newId(),
      ...cause,
      issuerId: rule.issuer.id,
      ruleId: rule.id,
      programmeId: rule.programmeId,
      points,
      reasons,
      grantedAt: work.at,
    };
    return { row, rule, owedBy: one.owedBy ?? null };
  });
  await use.save(work);
  await insertGrants(work, grants);
  return sum(grants.map(({ row }) => row.points));
}
