import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { Override, type OverrideRow } from '../entities/override.ts';

/** The checks that two persons have set aside for a version of a rule. */
export async function overriddenChecks(
  manager: EntityManager,
  ruleId: string,
): Promise<ReadonlySet<string>> {
  const rows = await manager.findBy(Override, { ruleId, confirmedBy: Not(IsNull()) });
  return new Set(rows.map(({ checkId }) => checkId));
}

/** What was proposed and confirmed for versions of rules, the oldest first. */
export const overridesOf = (
  reader: EntityManager,
  ruleIds: readonly string[],
): Promise<OverrideRow[]> =>
  reader.find(Override, {
    where: { ruleId: In([...ruleIds]) },
    order: { proposedAt: 'ASC', id: 'ASC' },
  });
