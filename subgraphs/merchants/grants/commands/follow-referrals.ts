import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';

const referred = z.object({
  memberId: z.string(),
  inviterId: z.string(),
  registeredAt: z.iso.datetime(),
});

/** Keeps who registered by whose invitation. What it is worth is decided when her first order is settled. */
export const followReferrals = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'members',
    consumer: 'merchants-referrals',
    apply: (manager, events) => applyReferrals(frame, manager, events),
  });

async function applyReferrals(
  { database: { dialect }, clock, newId }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const now = clock.now().getTime();
  const referrals = events
    .filter(({ kind }) => kind === 'member.referred')
    .map(({ payload }) => referred.parse(payload));
  await insertRows(
    manager,
    'merchants_referral',
    ['invitee_id', 'id', 'inviter_id', 'registered_ms', 'due_ms', 'attempts'],
    referrals.map(({ memberId, inviterId, registeredAt }) => [
      ...[memberId, newId(), inviterId, Date.parse(registeredAt), now, 0],
    ]),
    { ending: dialect.onDuplicateKeep(['invitee_id']) },
  );
}
