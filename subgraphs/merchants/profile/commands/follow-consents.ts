import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { type ConsentChange, consentChanged, effectOf } from '../domain/consent-events.ts';
import { eraseProfiles, lockProfiled } from './erase-profiles.ts';

/**
 * Keeps who may be profiled. Only this makes rows of `merchants_profiled`: who is reckoned but has withdrawn
 * meanwhile is not there any more, so nothing can be written about her.
 */
export const followConsents = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'members',
    consumer: 'merchants-consents',
    apply: (manager, events) => applyConsents(frame, manager, events),
  });

async function applyConsents(
  { database: { dialect }, clock }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const { erased, profiled, silenced, asked } = effectOf(events.flatMap(readChange));
  await lockProfiled(manager, dialect.forUpdate, erased);
  await eraseProfiles(manager, erased);
  const now = clock.now().getTime();
  // She is looked at next; until members has said so she wants no messages.
  await insertRows(
    manager,
    'merchants_profiled',
    ['member_id', 'wants_messages', 'due_ms'],
    profiled.toSorted().map((memberId) => [memberId, 0, now]),
    { ending: dialect.onDuplicateKeep(['member_id']) },
  );
  // Another `due_ms` than before tells whoever is reckoning at the moment to look again.
  const again = `due_ms = CASE WHEN due_ms < ${now} THEN due_ms ELSE ${now} END - 1`;
  await change(manager, `wants_messages = 0, ${again}`, silenced);
  await change(manager, again, asked);
}

function readChange({ kind, payload }: FollowedEvent): ConsentChange[] {
  if (kind !== 'consent.granted' && kind !== 'consent.withdrawn') return [];
  return [{ ...consentChanged.parse(payload), isGranted: kind === 'consent.granted' }];
}

async function change(
  manager: EntityManager,
  what: string,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  await execute(
    manager,
    `UPDATE merchants_profiled SET ${what} WHERE member_id IN (${placeholders(memberIds.length)})`,
    [...memberIds],
  );
}
