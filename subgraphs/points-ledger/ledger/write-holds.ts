import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { causeText, type HoldState } from '../domain/books.ts';
import type { Batch } from './batch.ts';
import { lotColumns, lotValues } from './read-books.ts';

export async function writeHolds(manager: EntityManager, { books, entries }: Batch): Promise<void> {
  const ids = [...new Set(entries.flatMap(({ holdId }) => holdId ?? []))];
  const placed = new Set(
    entries.flatMap(({ kind, holdId }) => (kind === 'HOLD' ? (holdId ?? []) : [])),
  );
  const holds = ids.flatMap((id) => books.holds.get(id) ?? []);
  const added = holds.filter(({ id }) => placed.has(id));
  await insertRows(
    manager,
    'points_hold',
    ['id', 'wallet_id', 'acceptor_id', 'unit', 'points', 'state', 'expires_ms'],
    added.map((hold) => [
      hold.id,
      hold.walletId,
      hold.acceptorId,
      hold.unit,
      hold.points,
      hold.state,
      hold.expiresMs,
    ]),
  );
  await insertRows(
    manager,
    'points_hold_lot',
    ['hold_id', 'line', ...lotColumns, 'points'],
    added.flatMap(({ id, lots }) =>
      lots.map(({ key, points }, line) => [id, line, ...lotValues(key), points]),
    ),
  );
  await resolveHolds(
    manager,
    holds.filter(({ id }) => !placed.has(id)),
  );
}

async function resolveHolds(manager: EntityManager, holds: readonly HoldState[]): Promise<void> {
  if (holds.length === 0) return;
  const matched = await execute(
    manager,
    `UPDATE points_hold SET state = CASE id ${holds.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE id IN (${placeholders(holds.length)}) AND state = 'PLACED'`,
    [...holds.flatMap(({ id, state }) => [id, state]), ...holds.map(({ id }) => id)],
  );
  assert(matched === holds.length, 'a hold is resolved at most once');
}

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
    ['entry_id', 'seq', 'wallet_id', 'cause_kind', 'cause_id', ...lotColumns, 'points', 'reversed'],
    accruals.map(({ seq, state }) => [
      state.entryId,
      seq,
      state.walletId,
      state.causeKind,
      state.causeId,
      ...lotValues(state.key),
      state.points,
      state.reversed,
    ]),
  );
  const reversals = entries.flatMap((entry) =>
    entry.reversals.map(({ accrualId, points }, line) => [entry.id, accrualId, line, points]),
  );
  if (reversals.length === 0) return;
  await insertRows(
    manager,
    'points_reversal',
    ['entry_id', 'accrual_id', 'line', 'points'],
    reversals,
  );
  const isNew = new Set(accruals.map(({ state }) => state.entryId));
  await writeReversed(
    manager,
    batch,
    [...new Set(reversals.map(([, accrualId]) => String(accrualId)))].filter(
      (id) => !isNew.has(id),
    ),
  );
}

async function writeReversed(
  manager: EntityManager,
  { books }: Batch,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const reversed = new Map(
    [...books.accruals.values()].flat().map((state) => [state.entryId, state.reversed]),
  );
  const matched = await execute(
    manager,
    `UPDATE points_accrual SET reversed = CASE entry_id ${ids.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE entry_id IN (${placeholders(ids.length)})`,
    [...ids.flatMap((id) => [id, reversed.get(id)]), ...ids],
  );
  assert(matched === ids.length, 'what is taken back was accrued before');
}
