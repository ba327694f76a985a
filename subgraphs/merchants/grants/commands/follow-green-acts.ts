import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';

const recorded = z.object({
  actId: z.string(),
  memberId: z.string(),
  merchantId: z.string().nullable(),
  behaviour: z.string(),
  region: z.string(),
  projectId: z.string().nullable(),
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
});
const revoked = z.object({ actId: z.string(), revokedAt: z.iso.datetime() });

/**
 * Keeps the green acts for which a merchant's rules may give points, and which of them were revoked. What they are
 * worth is worked out after it, because that needs others to be asked.
 */
export const followGreenActs = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'green-consumption',
    consumer: 'merchants-green-acts',
    apply: (manager, events) => applyActs(frame, manager, events),
  });

async function applyActs(
  { database: { dialect }, clock }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const now = clock.now().getTime();
  const acts = events
    .filter(({ kind }) => kind === 'act.recorded')
    .map(({ payload }) => recorded.parse(payload));
  await insertRows(
    manager,
    'merchants_green_act',
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'merchant_id', 'member_id', 'behaviour', 'region', 'project_id', 'occurred_ms', 'recorded_ms', 'due_ms',
      'attempts'],
    acts.flatMap((act) =>
      act.merchantId === null
        ? []
        : [
            [
              ...[act.actId, act.merchantId, act.memberId, act.behaviour, act.region],
              ...[act.projectId, Date.parse(act.occurredAt), Date.parse(act.recordedAt), now, 0],
            ],
          ],
    ),
    { ending: dialect.onDuplicateKeep(['id']) },
  );
  // The recording of an act comes before its revocation in the feed, so its row is there by now.
  for (const { payload } of events.filter(({ kind }) => kind === 'act.revoked')) {
    const { actId, revokedAt } = revoked.parse(payload);
    await execute(
      manager,
      `UPDATE merchants_green_act SET revoked_ms = ?, due_ms = ?, attempts = 0
       WHERE id = ? AND revoked_ms IS NULL`,
      [Date.parse(revokedAt), now, actId],
    );
  }
}
