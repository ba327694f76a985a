import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Request } from '../domain/answer.ts';
import { type AccrualState, type Books, type BurnState, causeText } from '../domain/books.ts';
import type { PointsCommand } from '../domain/command.ts';
import { lotColumns, lotOf } from './lot-columns.ts';

// A row as the driver gives it: integers as numbers or, when large, as text.
type Row = Record<string, string>;

/** Which accruals a command names by their entries. */
function accrualsOf(command: PointsCommand): string[] {
  if (command.kind === 'VEST') return [command.accrualId];
  return command.kind === 'DEDUCT' ? command.parts.map(({ accrualId }) => accrualId) : [];
}

/** The accruals that commands take back or let vest. */
export async function readAccruals(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const causes = unique(
    requests.flatMap(({ command }) => (command.kind === 'REVERSE' ? [command.reversesId] : [])),
  );
  const entries = unique(requests.flatMap(({ command }) => accrualsOf(command)));
  const found = [
    ...(causes.length > 0 ? [`cause_id IN (${placeholders(causes.length)})`] : []),
    ...(entries.length > 0 ? [`entry_id IN (${placeholders(entries.length)})`] : []),
  ];
  // One statement for each index: with OR, MariaDB may read the whole table.
  const rows = (
    await Promise.all(
      found.map((condition, index) =>
        manager.query<Row[]>(
          `SELECT entry_id, seq, wallet_id, cause_kind, cause_id, cause_line, ${lotColumns.join(', ')},
             points, pending, vests_on, reversed
           FROM points_accrual WHERE ${condition}`,
          index === 0 && causes.length > 0 ? causes : entries,
        ),
      ),
    )
  ).flat();
  const bySeq = new Map(rows.map((row) => [toSafeInteger(row.seq), row]));
  const accruals = [...bySeq]
    .toSorted(([a], [b]) => a - b)
    .map(
      ([, row]): AccrualState => ({
        entryId: String(row.entry_id),
        walletId: String(row.wallet_id),
        causeKind: String(row.cause_kind),
        causeId: String(row.cause_id),
        causeLine: String(row.cause_line),
        ...lotOf(row),
        pending: toSafeInteger(row.pending),
        vestsOn: row.vests_on === null ? null : toSafeInteger(row.vests_on),
        reversed: toSafeInteger(row.reversed),
      }),
    );
  books.accruals = Map.groupBy(accruals, ({ causeKind, causeId }) => causeText(causeKind, causeId));
}

/** What was burnt for the redemptions that commands give back. */
export async function readBurns(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const ids = unique(
    requests.flatMap(({ command }) => (command.kind === 'REFUND' ? [command.refundsId] : [])),
  );
  if (ids.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT entry_id, line, wallet_id, cause_kind, cause_id, acceptor_id, ${lotColumns.join(', ')},
       points, refunded
     FROM points_burn WHERE cause_id IN (${placeholders(ids.length)}) ORDER BY seq, line`,
    ids,
  );
  const burns = rows.map(
    (row): BurnState => ({
      entryId: String(row.entry_id),
      line: toSafeInteger(row.line),
      walletId: String(row.wallet_id),
      causeKind: String(row.cause_kind),
      causeId: String(row.cause_id),
      acceptorId: String(row.acceptor_id),
      ...lotOf(row),
      refunded: toSafeInteger(row.refunded),
    }),
  );
  books.burns = Map.groupBy(burns, ({ causeKind, causeId }) => causeText(causeKind, causeId));
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
