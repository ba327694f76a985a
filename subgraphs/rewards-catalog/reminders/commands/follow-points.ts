import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { parseIsoDay } from '../../../../shared/calendar.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { IDLE_MS, isActivity } from '../domain/idle.ts';

const posted = z.object({ kind: z.string(), walletId: z.string() });
const expiring = z.object({
  ...{ walletId: z.string(), unit: z.string(), issuerId: z.string() },
  ...{ points: z.number().int().positive(), expiresOn: z.iso.date() },
});

/** The pool of a family is nobody's idle time, and its members read of it in its statement. */
const isMember = (walletId: string): boolean => !walletId.startsWith('pool:');

/** Follows the books: when members earned and spent last, and what of their points lapses soon (S12, S59). */
export const followPoints = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'points-ledger',
    consumer: 'rewards-reminders',
    apply: async (manager, events) => {
      await noteActivity(frame, manager, events);
      await noteExpiring(frame, manager, events);
    },
  });

async function noteActivity(
  { database: { dialect } }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const last = new Map<string, number>();
  for (const { kind, payload, at } of events) {
    if (kind !== 'points.posted') continue;
    const entry = posted.parse(payload);
    if (isActivity(entry.kind) && isMember(entry.walletId)) last.set(entry.walletId, at.getTime());
  }
  const rows = [...last]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([memberId, ms]) => [memberId, ms, ms + IDLE_MS]);
  await insertRows(manager, 'rewards_activity', ['member_id', 'active_ms', 'due_ms'], rows, {
    ending: dialect.onDuplicateUpdate(['member_id'], ['active_ms', 'due_ms']),
  });
}

async function noteExpiring(
  { newId }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const rows = events
    .filter(({ kind }) => kind === 'points.expiring')
    .map(({ payload, at }) => ({ ...expiring.parse(payload), at }))
    .filter(({ walletId }) => isMember(walletId))
    .map(({ walletId, unit, issuerId, points, expiresOn, at }) => [
      ...[newId(), walletId, 'EXPIRING', at.getTime(), points, unit, issuerId],
      parseIsoDay(expiresOn),
    ]);
  const columns = ['id', 'member_id', 'kind', 'made_ms', 'points', 'unit', 'issuer_id'];
  await insertRows(manager, 'rewards_reminder', [...columns, 'expires_on'], rows);
}
