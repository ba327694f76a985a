import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute } from '../../../../shared/database/database.ts';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';

const consent = z.object({ memberId: z.string(), purpose: z.string() });

/** Keeps who agreed to be compared with others who did. Who withdraws is in no ranking from then on. */
export const followRankingConsents = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'members',
    consumer: 'green-ranking-consents',
    async apply(manager, events) {
      for (const event of events) await applyConsent(manager, frame.database.dialect, event);
    },
  });

async function applyConsent(
  manager: EntityManager,
  dialect: Dialect,
  { kind, payload }: FollowedEvent,
): Promise<void> {
  if (kind !== 'consent.granted' && kind !== 'consent.withdrawn') return;
  const { memberId, purpose } = consent.parse(payload);
  if (purpose !== 'GREEN_RANKING') return;
  if (kind === 'consent.withdrawn') {
    await execute(manager, 'DELETE FROM green_ranking_consent WHERE member_id = ?', [memberId]);
    return;
  }
  const ending = dialect.onDuplicateKeep(['member_id']);
  await insertRows(manager, 'green_ranking_consent', ['member_id'], [[memberId]], { ending });
}
