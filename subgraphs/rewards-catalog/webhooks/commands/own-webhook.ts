import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { Webhook, type WebhookRow } from '../entities/webhook.ts';

/** A webhook of this merchant, locked; null when there is none. */
export async function lockWebhook(
  { manager, dialect }: Work,
  merchantId: string,
  webhookId: string,
): Promise<WebhookRow | null> {
  const [found] = await manager.query<{ id: string }[]>(
    `SELECT id FROM rewards_webhook
     WHERE id = ? AND merchant_id = ? AND state <> 'REMOVED' ${dialect.forUpdate}`,
    [webhookId, merchantId],
  );
  return found === undefined ? null : manager.findOneBy(Webhook, { id: webhookId });
}

/** It is called at the next opportunity, however it fared before. */
export const wake = ({ manager }: Work, webhookId: string): Promise<number> =>
  execute(manager, 'UPDATE rewards_webhook SET rests_until_ms = 0 WHERE id = ?', [webhookId]);
