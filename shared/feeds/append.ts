import type { EntityManager } from 'typeorm';
import { execute } from '../database/database.ts';
import { insertRows } from '../database/rows.ts';
import { toSafeInteger } from '../quantities.ts';
import type { NewEvent } from './event.ts';

/**
 * Appends events in the transaction that causes them. The head row stays locked until commit, so
 * positions are given in the order of commit and a reader never passes over a slow transaction: keep
 * this the last thing a transaction does. `areLong` as for `insertRows`.
 */
export async function appendEvents(
  manager: EntityManager,
  at: Date,
  events: readonly NewEvent[],
  { areLong = false }: Readonly<{ areLong?: boolean }> = {},
): Promise<void> {
  if (events.length === 0) return;
  await execute(manager, 'UPDATE frame_feed_head SET position = position + ? WHERE id = 1', [
    events.length,
  ]);
  const [head] = await manager.query<{ position: unknown }[]>(
    'SELECT position FROM frame_feed_head WHERE id = 1',
  );
  const first = toSafeInteger(head?.position) - events.length + 1;
  await insertRows(
    manager,
    'frame_feed_event',
    ['position', 'kind', 'payload', 'recorded_ms'],
    events.map(({ kind, payload }, index) => [
      first + index,
      kind,
      JSON.stringify(payload),
      at.getTime(),
    ]),
    { areLong },
  );
}
