import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import type { EnableWebhookInput, RemoveWebhookInput } from '../../schema.generated.ts';
import { lockWebhook, wake } from './own-webhook.ts';

export type WebhookEnabled = Readonly<{ kind: 'WebhookEnabled'; webhookId: string }>;
export type WebhookRemoved = Readonly<{ kind: 'WebhookRemoved'; webhookId: string }>;

/** Switches on what was switched off. What waits is sent at once, of one that is active too. */
export async function enableWebhook(
  work: Work,
  { merchantId, webhookId }: EnableWebhookInput,
): Promise<WebhookEnabled | NotFound> {
  if ((await lockWebhook(work, merchantId, webhookId)) === null) {
    return notFound('WEBHOOK_NOT_FOUND');
  }

  // From here on the command must succeed.
  await execute(
    work.manager,
    `UPDATE rewards_webhook SET state = 'ACTIVE', disabled_because = NULL, failing_since_ms = NULL
     WHERE id = ?`,
    [webhookId],
  );
  await execute(
    work.manager,
    `UPDATE rewards_webhook_delivery SET next_attempt_ms = ?
     WHERE webhook_id = ? AND status = 'PENDING'`,
    [work.at.getTime(), webhookId],
  );
  await wake(work, webhookId);
  return { kind: 'WebhookEnabled', webhookId };
}

/** Ends a webhook: its secrets are gone, and what waits is given up. */
export async function removeWebhook(
  work: Work,
  { merchantId, webhookId }: RemoveWebhookInput,
): Promise<WebhookRemoved | NotFound> {
  if ((await lockWebhook(work, merchantId, webhookId)) === null) {
    return notFound('WEBHOOK_NOT_FOUND');
  }

  // From here on the command must succeed.
  await execute(
    work.manager,
    `UPDATE rewards_webhook SET state = 'REMOVED', disabled_because = NULL, secret_sealed = '',
       former_sealed = NULL, former_until_ms = NULL WHERE id = ?`,
    [webhookId],
  );
  await execute(
    work.manager,
    `UPDATE rewards_webhook_delivery SET status = 'GIVEN_UP'
     WHERE webhook_id = ? AND status = 'PENDING'`,
    [webhookId],
  );
  return { kind: 'WebhookRemoved', webhookId };
}
