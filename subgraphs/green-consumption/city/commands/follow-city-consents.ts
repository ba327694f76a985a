import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { CityRecord } from '../entities/city-export.ts';

const consent = z.object({ memberId: z.string(), purpose: z.string() });

/** Keeps who lets a city know of her acts. Who withdraws is forgotten here, and the city is asked to forget her. */
export const followCityConsents = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'members',
    consumer: 'green-city-consents',
    async apply(manager, events) {
      for (const event of events) await applyConsent(frame, manager, event);
    },
  });

async function applyConsent(
  { database: { dialect }, clock, newId }: Frame,
  manager: EntityManager,
  { kind, payload }: FollowedEvent,
): Promise<void> {
  if (kind !== 'consent.granted' && kind !== 'consent.withdrawn') return;
  const { memberId, purpose } = consent.parse(payload);
  if (purpose !== 'CITY_CREDIT') return;
  const now = clock.now().getTime();
  if (kind === 'consent.granted') {
    await insertRows(manager, 'green_city_consent', ['member_id', 'since_ms'], [[memberId, now]], {
      ending: dialect.onDuplicateKeep(['member_id']),
    });
    return;
  }
  // Who exports at the moment holds this row, or does not find it any more.
  await execute(manager, 'DELETE FROM green_city_consent WHERE member_id = ?', [memberId]);
  const records = await manager.findBy(CityRecord, { memberId });
  await insertRows(
    manager,
    'green_city_deletion',
    ['id', 'export_id', 'member_id', 'asked_ms'],
    records.map(({ exportId }) => [newId(), exportId, memberId, now]),
    { ending: dialect.onDuplicateKeep(['export_id', 'member_id']) },
  );
  await manager.delete(CityRecord, { memberId });
}
