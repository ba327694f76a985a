import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute } from '../../../shared/database/database.ts';
import type { Dialect } from '../../../shared/database/dialect.ts';
import { type FollowedEvent, followFeed } from '../../../shared/feeds/follow.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import type { Worker } from '../../../shared/workers.ts';
import { poolOf } from '../domain/registers.ts';
import { lockWallets } from './commands/lock-wallets.ts';

/** Keeps who belongs to which family, as members tells it. */
export const followFamilies = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'members',
    consumer: 'points-families',
    apply: (manager, events) =>
      applyEvents({ manager, dialect: frame.database.dialect }, events.filter(isOfFamilies)),
  });

const payload = z.object({
  familyId: z.string().min(1).max(59),
  memberId: z.string().min(1).max(64),
});

const isOfFamilies = ({ kind }: FollowedEvent): boolean =>
  kind === 'family.joined' || kind === 'family.left';

/**
 * Under the locks of the wallets, so that nobody puts points into a pool whose family she is leaving. An event
 * that comes again changes nothing: each row knows the last one that it is from.
 */
async function applyEvents(
  transaction: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  events: readonly FollowedEvent[],
): Promise<void> {
  const changes = events.map((event) => {
    const { familyId, memberId } = payload.parse(event.payload);
    return { ...event, memberId, poolId: poolOf(familyId) };
  });
  if (changes.length === 0) return;
  await lockWallets(
    transaction,
    changes.flatMap(({ memberId, poolId }) => [memberId, poolId]),
  );
  for (const { kind, memberId, poolId, position, at } of changes) {
    const key = { ...transaction, memberId, poolId, position };
    if (kind === 'family.joined') await join(key, at.getTime());
    else await leave(key, at.getTime());
  }
}

type Change = Readonly<{
  manager: EntityManager;
  dialect: Dialect;
  memberId: string;
  poolId: string;
  position: number;
}>;

async function join({ manager, dialect, memberId, poolId, position }: Change, atMs: number) {
  await execute(
    manager,
    `INSERT INTO points_family_member (pool_id, member_id, since_ms, left_ms, position)
     VALUES (?, ?, 0, 0, 0) ${dialect.onDuplicateKeep(['pool_id', 'member_id'])}`,
    [poolId, memberId],
  );
  await execute(
    manager,
    `UPDATE points_family_member SET since_ms = ?, left_ms = NULL, position = ?
     WHERE pool_id = ? AND member_id = ? AND position < ?`,
    [atMs, position, poolId, memberId, position],
  );
}

const leave = ({ manager, memberId, poolId, position }: Change, atMs: number): Promise<number> =>
  execute(
    manager,
    `UPDATE points_family_member SET left_ms = ?, position = ?
     WHERE pool_id = ? AND member_id = ? AND position < ?`,
    [atMs, position, poolId, memberId, position],
  );
