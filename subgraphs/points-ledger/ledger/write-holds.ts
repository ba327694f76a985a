import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import type { HoldState } from '../domain/books.ts';
import type { Batch } from './batch.ts';
import { lotColumns, lotValues } from './lot-columns.ts';
import { valueById } from './value-by-id.ts';

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
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'wallet_id', 'acceptor_id', 'unit', 'points', 'state', 'expires_ms', 'actor_id',
      'placed_month'],
    added.map((hold) => [
      hold.id,
      hold.walletId,
      hold.acceptorId,
      hold.unit,
      hold.points,
      hold.state,
      hold.expiresMs,
      hold.actorId,
      hold.month,
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
  const states = new Map(holds.map(({ id, state }) => [id, state]));
  const ids = [...states.keys()];
  const state = valueById('id', ids, (id) => states.get(id) ?? null);
  const matched = await execute(
    manager,
    `UPDATE points_hold SET state = ${state.sql}
     WHERE id IN (${placeholders(ids.length)}) AND state = 'PLACED'`,
    [...state.parameters, ...ids],
  );
  assert(matched === holds.length, 'a hold is resolved at most once');
}
