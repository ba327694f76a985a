import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { RotateWebhookSecretInput } from '../../schema.generated.ts';
import { HOUR_MS } from '../domain/patience.ts';
import { lockWebhook } from './own-webhook.ts';

export type WebhookSecretRotated = Readonly<{
  kind: 'WebhookSecretRotated';
  webhookId: string;
  secretNumber: number;
}>;

const OVERLAP_HOURS_MAX = 168;

/** Gives a webhook a new secret. The one before signs too for some hours; one before that no more. */
export const rotateWebhookSecret = (secretSealed: string) =>
  // The frame scopes keys by the name of the function.
  async function rotateWebhookSecret(
    work: Work,
    { merchantId, webhookId, overlapHours = 24 }: RotateWebhookSecretInput,
  ): Promise<WebhookSecretRotated | NotFound | InvalidInput> {
    if (overlapHours < 0 || overlapHours > OVERLAP_HOURS_MAX) {
      return invalidInput('OVERLAP_NOT_USABLE', 'overlapHours', { max: OVERLAP_HOURS_MAX });
    }
    const webhook = await lockWebhook(work, merchantId, webhookId);
    if (webhook === null) return notFound('WEBHOOK_NOT_FOUND');

    // From here on the command must succeed.
    const at = work.at.getTime();
    const hasFormer = overlapHours > 0;
    await execute(
      work.manager,
      `UPDATE rewards_webhook SET secret_sealed = ?, secret_number = secret_number + 1,
         secret_ms = ?, former_sealed = ?, former_until_ms = ? WHERE id = ?`,
      [
        ...[secretSealed, at, hasFormer ? webhook.secretSealed : null],
        ...[hasFormer ? at + overlapHours * HOUR_MS : null, webhookId],
      ],
    );
    const secretNumber = webhook.secretNumber + 1;
    return { kind: 'WebhookSecretRotated', webhookId, secretNumber };
  };
