import { execute } from '../../../shared/database/database.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Worker } from '../../../shared/workers.ts';
import { giveUp, noteAttempt } from './commands/note-attempt.ts';
import { bodyOf, type WebhookKind } from './domain/event.ts';
import { Webhook, type WebhookRow } from './entities/webhook.ts';
import { postEvent } from './post-event.ts';
import type { WebhookSecrets } from './webhook-secret.ts';

/** How a worker sends. */
export type Delivering = Readonly<{
  frame: Frame;
  secrets: WebhookSecrets;
  timeoutMs: () => number;
}>;

/** How long an answer is waited for. */
export const TIMEOUT_MS = 10_000;
/** Webhooks that are served at once by a process. */
const AT_ONCE_MAX = 16;
/** Deliveries that a webhook is sent in one turn. */
const TURN_MAX = 50;
/** So long after the beginning of a turn nothing more is sent in it: others wait. */
const TURN_MS = 5_000;
/** For so long a process has a webhook to itself: longer than its turn and one answer. It ends by itself. */
const CLAIM_MS = 60_000;

/**
 * Sends what is due. A webhook is served by one process at a time and one delivery after the other, in the order in
 * which the events happened. What dies between sending and noting is sent again, with the same id.
 */
export const deliveryWorker = (delivering: Delivering): Worker => ({
  name: 'webhook deliveries',
  restMs: 1_000,
  async step() {
    const due = await dueWebhooks(delivering.frame);
    const served = await Promise.allSettled(due.map((one) => serve(delivering, one)));
    // All are at rest: then a fault of one is told.
    const failed = served.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return served.some((one) => one.status === 'fulfilled' && one.value > 0);
  },
});

type DueWebhook = Readonly<{ id: string; claimed_until_ms: unknown }>;

const dueWebhooks = ({ database, clock }: Frame): Promise<DueWebhook[]> => {
  const now = clock.now().getTime();
  return database.reader.query(
    `SELECT id, claimed_until_ms FROM rewards_webhook
     WHERE state = 'ACTIVE' AND claimed_until_ms <= ? AND rests_until_ms <= ?
       AND EXISTS (SELECT 1 FROM rewards_webhook_delivery AS delivery
         WHERE delivery.webhook_id = rewards_webhook.id AND delivery.status = 'PENDING'
           AND delivery.next_attempt_ms <= ?)
     ORDER BY claimed_until_ms, id LIMIT ${AT_ONCE_MAX}`,
    [now, now, now],
  );
};

/** How many were sent or given up. */
async function serve(delivering: Delivering, due: DueWebhook): Promise<number> {
  const { frame } = delivering;
  const until = performance.now() + TURN_MS;
  const claimedUntil = frame.clock.now().getTime() + CLAIM_MS;
  if (!(await claim(frame, due.id, toSafeInteger(due.claimed_until_ms), claimedUntil))) return 0;
  const webhook = await frame.database.reader.findOneByOrFail(Webhook, { id: due.id });
  if (webhook.state !== 'ACTIVE') return 0;
  let done = 0;
  for (const delivery of await dueDeliveries(frame, due.id)) {
    if (performance.now() > until) break;
    done += 1;
    if (!(await deliver(delivering, webhook, delivery))) break;
  }
  await claim(frame, due.id, claimedUntil, frame.clock.now().getTime());
  return done;
}

/** Takes a webhook until then, or with now gives it back. False when another process has it. */
async function claim({ database }: Frame, id: string, from: number, to: number): Promise<boolean> {
  const claimed = await database.transaction((manager) =>
    execute(
      manager,
      'UPDATE rewards_webhook SET claimed_until_ms = ? WHERE id = ? AND claimed_until_ms = ?',
      [to, id, from],
    ),
  );
  return claimed === 1;
}

type DueDelivery = Readonly<{
  id: string;
  kind: WebhookKind;
  attempts: number;
  expiresAt: Date;
  happenedAt: Date;
  payload: string;
}>;

async function dueDeliveries({ database, clock }: Frame, id: string): Promise<DueDelivery[]> {
  type Found = { id: string; kind: WebhookKind; payload: string };
  const rows = await database.reader.query<
    (Found & Record<'attempts' | 'expires_ms' | 'happened_ms', unknown>)[]
  >(
    `SELECT delivery.id, delivery.kind, attempts, expires_ms, happened_ms, payload
     FROM rewards_webhook_delivery AS delivery
     JOIN frame_feed_event AS event ON event.position = delivery.position
     WHERE webhook_id = ? AND status = 'PENDING' AND next_attempt_ms <= ?
     ORDER BY delivery.position LIMIT ${TURN_MAX}`,
    [id, clock.now().getTime()],
  );
  return rows.map(({ attempts, expires_ms, happened_ms, ...row }) => ({
    ...row,
    attempts: toSafeInteger(attempts),
    expiresAt: new Date(toSafeInteger(expires_ms)),
    happenedAt: new Date(toSafeInteger(happened_ms)),
  }));
}

/** True when what comes next may be sent. */
async function deliver(
  { frame, secrets, timeoutMs }: Delivering,
  webhook: WebhookRow,
  delivery: DueDelivery,
): Promise<boolean> {
  const { id, kind, happenedAt, payload } = delivery;
  const at = frame.clock.now();
  if (delivery.expiresAt <= at) return giveUp(frame, webhook, delivery);
  const body = bodyOf(kind, happenedAt, JSON.parse(payload));
  const attempt = await postEvent({
    url: webhook.url,
    headers: secrets.sign(webhook, { id, at, body }),
    body,
    isDevelopment: frame.isDevelopment === true,
    timeoutMs: timeoutMs(),
  });
  return noteAttempt(frame, webhook, delivery, attempt);
}
