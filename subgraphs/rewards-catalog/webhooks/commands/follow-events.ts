import { type EntityManager, In, Not } from 'typeorm';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { factsOf, kindOf } from '../domain/event.ts';
import { EXPIRES_MS } from '../domain/patience.ts';
import { Webhook } from '../entities/webhook.ts';

const COLUMNS = [
  ...['id', 'webhook_id', 'merchant_id', 'position', 'kind', 'happened_ms'],
  ...['status', 'attempts', 'next_attempt_ms', 'expires_ms'],
];

/**
 * Notes for each webhook what it is to be told. It follows this subgraph's own feed, whose events are written in the
 * transaction of what they tell: so nothing is forgotten, and redemptions wait for no webhook.
 */
export const followEvents = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'rewards-webhooks',
    apply: (manager, events) => note(frame, manager, events),
  });

async function note(
  { newId }: Frame,
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<void> {
  const told = events.flatMap(({ position, kind: event, payload, at }) => {
    const kind = kindOf(event);
    return kind === null ? [] : [{ position, kind, at, merchantId: factsOf(payload).merchantId }];
  });
  if (told.length === 0) return;
  const merchantIds = [...new Set(told.map(({ merchantId }) => merchantId))];
  const webhooks = await manager.findBy(Webhook, {
    merchantId: In(merchantIds),
    state: Not('REMOVED'),
  });
  const rows = told.flatMap(({ position, kind, at, merchantId }) =>
    webhooks
      .filter((one) => one.merchantId === merchantId && one.kinds.includes(kind))
      .filter(({ afterPosition }) => afterPosition < position)
      .map(({ id }) => [
        ...[newId(), id, merchantId, position, kind, at.getTime()],
        ...['PENDING', 0, at.getTime(), at.getTime() + EXPIRES_MS],
      ]),
  );
  await insertRows(manager, 'rewards_webhook_delivery', COLUMNS, rows);
}
