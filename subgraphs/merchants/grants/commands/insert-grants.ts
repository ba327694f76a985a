import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { insertPostings } from '../../commands/posting-rows.ts';
import { type GrantingRule, grantCommand, grantRecorded } from '../domain/grant-posting.ts';
import type { GrantRow } from '../entities/grant.ts';

/** A grant that is to be written down, and the rule that makes it. */
export type NewGrant = Readonly<{
  row: GrantRow;
  rule: GrantingRule;
  /** Whose promise it is that cannot be kept at the moment; null: it can. */
  owedBy: string | null;
}>;

// biome-ignore format: the columns in the order of the values below.
const COLUMNS = ['id', 'cause_kind', 'cause_id', 'merchant_id', 'issuer_id', 'member_id', 'rule_id',
  'programme_id', 'points', 'reasons', 'granted_ms'];

/**
 * Writes grants with what the ledger has to be told of them and with their events: the last that a transaction
 * does. A grant of no points is none of the ledger's business.
 */
export async function insertGrants(
  work: Pick<Work, 'manager' | 'at'>,
  grants: readonly NewGrant[],
): Promise<void> {
  await insertRows(
    work.manager,
    'merchants_grant',
    COLUMNS,
    grants.map(({ row }) => [
      row.id,
      row.causeKind,
      row.causeId,
      row.merchantId,
      row.issuerId,
      row.memberId,
      row.ruleId,
      row.programmeId,
      row.points,
      JSON.stringify(row.reasons),
      row.grantedAt.getTime(),
    ]),
  );
  const paying = grants.filter(({ row }) => row.points > 0);
  await insertPostings(
    work,
    paying.map(({ row, rule, owedBy }) => ({
      purchaseId: row.id,
      position: 1,
      ruleId: row.ruleId,
      command: grantCommand(row, rule),
      owedBy,
    })),
  );
  await appendEvents(
    work.manager,
    work.at,
    paying.map(({ row, rule }) => grantRecorded(row, rule)),
  );
}
