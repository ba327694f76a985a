import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Request } from '../domain/answer.ts';
import type { FreezeState } from '../domain/books.ts';
import type { PlacedEntry } from '../domain/seal.ts';
import type { Batch } from './batch.ts';
import type { Transaction } from './read-books.ts';

type Row = Readonly<Record<string, string | null>>;

/** All freezes of the wallets that commands freeze, lift or deduct from, and those of the same cases. */
export async function readFreezes(
  manager: EntityManager,
  requests: readonly Request[],
): Promise<Map<string, FreezeState>> {
  const named = requests.flatMap(({ command }) => ('caseId' in command ? [command] : []));
  if (named.length === 0) return new Map();
  const walletIds = [...new Set(named.map(({ walletId }) => walletId))];
  const caseIds = [...new Set(named.map(({ caseId }) => caseId))];
  // One statement for each index: with OR, MariaDB may read the whole table.
  const ofWallets = await manager.query<Row[]>(
    `SELECT * FROM points_freeze WHERE wallet_id IN (${placeholders(walletIds.length)})
     ORDER BY placed_seq`,
    walletIds,
  );
  const ofCases = await manager.query<Row[]>(
    `SELECT * FROM points_freeze WHERE case_id IN (${placeholders(caseIds.length)})
     ORDER BY placed_seq`,
    caseIds,
  );
  return new Map([...ofWallets, ...ofCases].map((row) => [String(row.case_id), freezeOf(row)]));
}

const freezeOf = (row: Row): FreezeState => ({
  caseId: String(row.case_id),
  walletId: String(row.wallet_id),
  evidenceHash: String(row.evidence_hash),
  placedEntryId: String(row.placed_entry_id),
  placedOn: toSafeInteger(row.placed_on),
  frozenSince: toSafeInteger(row.frozen_since),
  liftedEntryId: row.lifted_entry_id ?? null,
  liftedOn: row.lifted_on == null ? null : toSafeInteger(row.lifted_on),
  // The CHECK of the table admits only these.
  outcome: (row.lifted_as ?? null) as FreezeState['outcome'],
});

/** Absolute values, as for lots. */
export async function writeFreezes(
  { manager, dialect }: Transaction,
  { books, entries }: Batch,
): Promise<void> {
  const seqs = new Map(
    entries.flatMap((entry) => (isOfFreeze(entry) ? [[entry.id, entry.seq]] : [])),
  );
  const touched = [...books.freezes.values()].filter(
    ({ placedEntryId, liftedEntryId }) =>
      seqs.has(placedEntryId) || (liftedEntryId !== null && seqs.has(liftedEntryId)),
  );
  const ending = dialect.onDuplicateUpdate(
    ['case_id'],
    ['lifted_entry_id', 'lifted_on', 'lifted_as'],
  );
  await insertRows(
    manager,
    'points_freeze',
    // biome-ignore format: the columns in the order of the values below.
    ['case_id', 'wallet_id', 'evidence_hash', 'placed_entry_id', 'placed_seq', 'placed_on',
      'frozen_since', 'lifted_entry_id', 'lifted_on', 'lifted_as'],
    touched.map((freeze) => [
      freeze.caseId,
      freeze.walletId,
      freeze.evidenceHash,
      freeze.placedEntryId,
      // That of an earlier batch stands there already, and is left as it is.
      seqs.get(freeze.placedEntryId) ?? 0,
      freeze.placedOn,
      freeze.frozenSince,
      freeze.liftedEntryId,
      freeze.liftedOn,
      freeze.outcome,
    ]),
    { ending },
  );
}

const isOfFreeze = ({ kind }: PlacedEntry): boolean => kind === 'FREEZE' || kind === 'LIFT';
