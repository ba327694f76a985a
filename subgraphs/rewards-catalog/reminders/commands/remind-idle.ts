import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { AGAIN_MS, cheapestWithin, KEPT_MS, type Reach } from '../domain/idle.ts';
import { activeOf, agreedSince, walletsOf } from '../queries/ask-peers.ts';
import { cheapestOf } from '../queries/cheapest.ts';

const PAGE = 50;
const FORGOTTEN_AT_ONCE = 200;

type Idle = Readonly<{ memberId: string; dueMs: number }>;

/**
 * Reminds members who have been idle for so long, once in an idle time (S12): of those who agree to be written to at
 * this moment (R23), and have the points for a reward that everybody can have. The others are looked at again later.
 * A page is a transaction of its own, in which each row is taken by whoever still finds it as it was read.
 */
export const remindIdle = (frame: Frame): Worker => ({
  name: 'idle-reminders',
  restMs: 60_000,
  step: async () => {
    const at = frame.clock.now();
    const due = await dueOf(frame.database.reader, at);
    if (due.length === 0) return forget(frame, at);
    try {
      const reach = await reachOf(frame, due, at);
      await frame.database.transaction((manager) => remind(frame, manager, { due, reach, at }));
    } catch (error) {
      if (!(error instanceof PeerFailure && error.isOutage)) throw error;
      frame.logger.warn({ error }, 'nobody is reminded while a subgraph is out of reach');
      return false;
    }
    return due.length === PAGE;
  },
});

async function dueOf(reader: EntityManager, at: Date): Promise<Idle[]> {
  const rows = await reader.query<Record<'member_id' | 'due_ms', unknown>[]>(
    `SELECT member_id, due_ms FROM rewards_activity WHERE due_ms <= ?
     ORDER BY due_ms, member_id LIMIT ${PAGE}`,
    [at.getTime()],
  );
  return rows.map((row) => ({
    memberId: String(row.member_id),
    dueMs: toSafeInteger(row.due_ms),
  }));
}

/** What each of them is to be reminded of; who is not is missing. */
async function reachOf(
  frame: Frame,
  due: readonly Idle[],
  at: Date,
): Promise<ReadonlyMap<string, Reach>> {
  const ids = due.map(({ memberId }) => memberId);
  const agreed = [...(await agreedSince(frame, ids)).keys()];
  const wallets = await walletsOf(frame, agreed);
  const units = new Set([...wallets.values()].flatMap((wallet) => [...wallet.keys()]));
  const cheap = [];
  for (const unit of [...units].toSorted()) {
    cheap.push(...(await cheapestOf(frame.database.reader, unit, at)));
  }
  const active = await activeOf(frame, [...new Set(cheap.map(({ merchantId }) => merchantId))]);
  const offered = cheap.filter(({ merchantId }) => active.has(merchantId));
  return new Map(
    [...wallets].flatMap(([memberId, wallet]): [string, Reach][] => {
      const reach = cheapestWithin(offered, wallet);
      return reach === null ? [] : [[memberId, reach]];
    }),
  );
}

type Found = Readonly<{ due: readonly Idle[]; reach: ReadonlyMap<string, Reach>; at: Date }>;

async function remind(
  { newId }: Frame,
  manager: EntityManager,
  { due, reach, at }: Found,
): Promise<void> {
  const rows = [];
  for (const { memberId, dueMs } of due) {
    const within = reach.get(memberId);
    const taken = await execute(
      manager,
      'UPDATE rewards_activity SET due_ms = ? WHERE member_id = ? AND due_ms = ?',
      [within === undefined ? at.getTime() + AGAIN_MS : null, memberId, dueMs],
    );
    if (taken === 0 || within === undefined) continue;
    const { available, unit, rewardId } = within;
    rows.push([newId(), memberId, 'IDLE', at.getTime(), available, unit, rewardId]);
  }
  const columns = ['id', 'member_id', 'kind', 'made_ms', 'points', 'unit', 'reward_id'];
  await insertRows(manager, 'rewards_reminder', columns, rows);
}

/** Reminders are not kept for ever. True when there may be more to forget. */
async function forget({ database }: Frame, at: Date): Promise<boolean> {
  const old = await database.reader.query<{ id: string }[]>(
    `SELECT id FROM rewards_reminder WHERE made_ms < ? ORDER BY made_ms LIMIT ${FORGOTTEN_AT_ONCE}`,
    [at.getTime() - KEPT_MS],
  );
  if (old.length === 0) return false;
  await database.transaction((manager) =>
    execute(
      manager,
      `DELETE FROM rewards_reminder WHERE id IN (${placeholders(old.length)})`,
      old.map(({ id }) => id),
    ),
  );
  return old.length === FORGOTTEN_AT_ONCE;
}
