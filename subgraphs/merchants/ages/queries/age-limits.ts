import { type EntityManager, In } from 'typeorm';
import { inForceAt } from '../../rules/domain/in-force.ts';
import { Rule } from '../../rules/entities/rule.ts';
import { ageLimitsOf } from '../domain/age-limit.ts';
import { knownAges } from './known-ages.ts';

/**
 * The least ages of the programmes of rules, as they were stated at an instant: the basic rule of a programme does it,
 * which need not be among the rules. One statement, and none without rules.
 */
export async function ageLimitsAt(
  reader: EntityManager,
  rules: readonly Readonly<{ programmeId: string }>[],
  at: Date,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(rules.map(({ programmeId }) => programmeId))];
  if (ids.length === 0) return new Map();
  const basic = await reader.find(Rule, {
    where: { ruleKey: In(ids), state: 'PUBLISHED' },
    order: { version: 'ASC' },
  });
  return ageLimitsOf(inForceAt(basic, at));
}

/** Who of members is old enough for the programme of a rule. Two statements at most. */
export async function oldEnoughAmong(
  reader: EntityManager,
  merchantId: string,
  rule: Readonly<{ programmeId: string }>,
  memberIds: readonly string[],
  at: Date,
): Promise<(memberId: string) => boolean> {
  const limit = (await ageLimitsAt(reader, [rule], at)).get(rule.programmeId);
  if (limit === undefined) return () => true;
  const asked = memberIds.map((memberId) => ({ merchantId, memberId }));
  const ages = await knownAges(reader, asked, at);
  return (memberId) => (ages(merchantId, memberId) ?? 0) >= limit;
}
