import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';

/** The end of a rule in force, as it was proposed. */
export type RuleEnd = Readonly<{
  ruleId: string;
  reason: string;
  /** When it is to end; null: as early as the notice allows, counted from when a second person confirms it. */
  askedAt: Date | null;
  proposedBy: string;
  proposedAt: Date;
  confirmedBy: string | null;
}>;

/** The ends that were proposed of these rules. */
export async function ruleEndsOf(
  reader: Pick<EntityManager, 'query'>,
  ruleIds: readonly string[],
): Promise<RuleEnd[]> {
  if (ruleIds.length === 0) return [];
  type Found = Record<'rule_id' | 'reason' | 'proposed_by', string> & {
    asked_ms: unknown;
    proposed_ms: unknown;
    confirmed_by: string | null;
  };
  const rows = await reader.query<Found[]>(
    `SELECT rule_id, reason, asked_ms, proposed_by, proposed_ms, confirmed_by FROM merchants_rule_end
     WHERE rule_id IN (${placeholders(ruleIds.length)})`,
    [...ruleIds],
  );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    reason: row.reason,
    askedAt: row.asked_ms === null ? null : new Date(toSafeInteger(row.asked_ms)),
    proposedBy: row.proposed_by,
    proposedAt: new Date(toSafeInteger(row.proposed_ms)),
    confirmedBy: row.confirmed_by,
  }));
}
