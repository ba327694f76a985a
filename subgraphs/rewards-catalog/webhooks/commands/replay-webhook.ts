import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { ReplayWebhookInput } from '../../schema.generated.ts';
import { EXPIRES_MS } from '../domain/patience.ts';
import { lockWebhook, wake } from './own-webhook.ts';

export type WebhookReplayed = Readonly<{
  kind: 'WebhookReplayed';
  webhookId: string;
  deliveries: number;
}>;

const REPLAYED_MAX = 10_000;

/** Makes deliveries pending again, with all their attempts before them. */
export async function replayWebhook(
  work: Work,
  { merchantId, webhookId, deliveryId, since }: ReplayWebhookInput,
): Promise<WebhookReplayed | Refused<'WebhookNotActive'> | NotFound | InvalidInput> {
  if ((deliveryId == null) === (since == null)) return invalidInput('REPLAY_WHAT', 'since');
  const webhook = await lockWebhook(work, merchantId, webhookId);
  if (webhook === null) return notFound('WEBHOOK_NOT_FOUND');
  if (webhook.state !== 'ACTIVE') return refused('WebhookNotActive', 'WEBHOOK_NOT_ACTIVE');
  const chosen =
    deliveryId == null
      ? { sql: 'happened_ms >= ?', value: since?.getTime() }
      : { sql: 'id = ?', value: deliveryId };
  const [counted] = await work.manager.query<{ found: unknown }[]>(
    `SELECT COUNT(*) AS found FROM rewards_webhook_delivery
     WHERE webhook_id = ? AND ${chosen.sql}`,
    [webhookId, chosen.value],
  );
  const deliveries = toSafeInteger(counted?.found);
  if (deliveryId != null && deliveries === 0) return notFound('DELIVERY_NOT_FOUND');
  if (deliveries > REPLAYED_MAX) {
    return invalidInput('REPLAY_TOO_MANY', 'since', { max: REPLAYED_MAX, deliveries });
  }

  // From here on the command must succeed.
  const at = work.at.getTime();
  await execute(
    work.manager,
    `UPDATE rewards_webhook_delivery
     SET status = 'PENDING', attempts = 0, next_attempt_ms = ?, expires_ms = ?
     WHERE webhook_id = ? AND ${chosen.sql}`,
    [at, at + EXPIRES_MS, webhookId, chosen.value],
  );
  await wake(work, webhookId);
  return { kind: 'WebhookReplayed', webhookId, deliveries };
}
