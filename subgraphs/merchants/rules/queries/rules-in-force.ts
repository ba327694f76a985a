import { type EntityManager, In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { Rule, type RuleRow } from '../entities/rule.ts';

/**
 * The versions of rules by which merchants grant points at an instant: of each rule at most one. One
 * statement, however many merchants. In the order of merchant, programme and key, so that two readers see the
 * same. A version is in force from its first instant on and until the instant, not included, at which it ends.
 */
export async function rulesInForce(
  reader: EntityManager,
  merchantIds: readonly string[],
  at: Date,
): Promise<RuleRow[]> {
  if (merchantIds.length === 0) return [];
  const begun = {
    merchantId: In([...merchantIds]),
    state: 'PUBLISHED' as const,
    effectiveAt: LessThanOrEqual(at),
  };
  return reader.find(Rule, {
    where: [
      { ...begun, endsAt: IsNull() },
      { ...begun, endsAt: MoreThan(at) },
    ],
    order: { merchantId: 'ASC', programmeId: 'ASC', ruleKey: 'ASC' },
  });
}
