import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { causeText } from '../domain/books.ts';
import type { PlacedEntry } from '../domain/seal.ts';
import type { Batch } from './batch.ts';
import { lotColumns, lotValues } from './lot-columns.ts';
import type { Transaction } from './read-books.ts';

/** What points came from, so that they can be taken back, and what they were burnt for. */
export async function writeAccruals(manager: EntityManager, batch: Batch): Promise<void> {
  const { books, entries } = batch;
  const accruals = entries
    .filter(({ kind }) => kind === 'ACCRUE')
    .flatMap((entry) => {
      const known = books.accruals.get(causeText(entry.causeKind, entry.causeId)) ?? [];
      const { seq } = entry;
      return known.filter(({ entryId }) => entryId === entry.id).map((state) => ({ seq, state }));
    });
  await insertRows(
    manager,
    'points_accrual',
    // biome-ignore format: the columns in the order of the values below.
    ['entry_id', 'seq', 'wallet_id', 'cause_kind', 'cause_id', 'cause_line', ...lotColumns, 'points',
      'pending', 'vests_on', 'reversed'],
    accruals.map(({ seq, state }) => [
      state.entryId,
      seq,
      state.walletId,
      state.causeKind,
      state.causeId,
      state.causeLine,
      ...lotValues(state.key),
      state.points,
      state.pending,
      state.vestsOn,
      state.reversed,
    ]),
    { mayLack: ['vests_on'] },
  );
  await writeReversals(manager, entries);
  const isNew = new Set(accruals.map(({ state }) => state.entryId));
  await writeChanged(
    manager,
    batch,
    changedAccruals(entries).filter((id) => !isNew.has(id)),
  );
}

/** What entries took or gave back of others. */
export const writeReversals = (manager: EntityManager, entries: Batch['entries']): Promise<void> =>
  insertRows(
    manager,
    'points_reversal',
    ['entry_id', 'accrual_id', 'line', 'points'],
    entries.flatMap((entry) =>
      entry.reversals.map(({ accrualId, points }, line) => [entry.id, accrualId, line, points]),
    ),
  );

/** Which accruals were taken back in part, or have vested. */
const changedAccruals = (entries: readonly PlacedEntry[]): string[] => [
  ...new Set(
    entries.flatMap(({ kind, reversals, detail }) => {
      if (kind === 'VEST') return [String(detail?.accrualId)];
      return kind === 'REFUND' ? [] : reversals.map(({ accrualId }) => accrualId);
    }),
  ),
];

async function writeChanged(
  manager: EntityManager,
  { books }: Batch,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const states = new Map(
    [...books.accruals.values()].flat().map((state) => [state.entryId, state]),
  );
  const when = ids.map(() => 'WHEN ? THEN ?').join(' ');
  const matched = await execute(
    manager,
    `UPDATE points_accrual SET reversed = CASE entry_id ${when} END,
       pending = CASE entry_id ${when} END, vests_on = CASE entry_id ${when} END
     WHERE entry_id IN (${placeholders(ids.length)})`,
    [
      ...ids.flatMap((id) => [id, states.get(id)?.reversed]),
      ...ids.flatMap((id) => [id, states.get(id)?.pending]),
      ...ids.flatMap((id) => [id, states.get(id)?.vestsOn]),
      ...ids,
    ],
  );
  assert(matched === ids.length, 'what is taken back was accrued before');
}

/** Absolute values, as for lots. */
export async function writeBurns(
  { manager, dialect }: Transaction,
  { books, entries }: Batch,
): Promise<void> {
  const seqs = new Map(entries.map(({ id, seq }) => [id, seq]));
  const refunded = new Set(
    entries.flatMap(({ kind, reversals }) =>
      kind === 'REFUND' ? reversals.map(({ accrualId }) => accrualId) : [],
    ),
  );
  const touched = [...books.burns.values()]
    .flat()
    .filter(({ entryId }) => seqs.has(entryId) || refunded.has(entryId));
  const key = ['entry_id', 'line'];
  await insertRows(
    manager,
    'points_burn',
    // biome-ignore format: the columns in the order of the values below.
    [...key, 'seq', 'wallet_id', 'cause_kind', 'cause_id', 'acceptor_id', ...lotColumns, 'points',
      'refunded'],
    touched.map((burn) => [
      burn.entryId,
      burn.line,
      // That of an earlier batch stands there already, and is left as it is.
      seqs.get(burn.entryId) ?? 0,
      burn.walletId,
      burn.causeKind,
      burn.causeId,
      burn.acceptorId,
      ...lotValues(burn.key),
      burn.points,
      burn.refunded,
    ]),
    { ending: dialect.onDuplicateUpdate(key, ['refunded']) },
  );
}
