import type { InvalidInput, NotFound } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import type { RegisterWebhookInput, RotateWebhookSecretInput } from '../schema.generated.ts';
import { registerWebhook, type WebhookRegistered } from './commands/register-webhook.ts';
import {
  rotateWebhookSecret,
  type WebhookSecretRotated,
} from './commands/rotate-webhook-secret.ts';
import { SHOWN_MS } from './domain/patience.ts';
import type { WebhookRow } from './entities/webhook.ts';
import { requireOwner } from './queries/ownership.ts';

type Asked = Readonly<{ idempotencyKey: string; merchantId: string }>;

/** Runs a command for an owner of the merchant, or the operator. Throws as `requireOwner`. */
export async function asOwner<Input extends Asked, Outcome>(
  context: Context,
  command: Parameters<typeof context.run<Input, Outcome>>[0],
  input: Input,
): Promise<Outcome> {
  await requireOwner(context, input.merchantId);
  return context.run(command, input);
}

/** A secret is made beside the command, whose outcome is kept for good and holds none. */
export async function register(
  context: Context,
  input: RegisterWebhookInput,
): Promise<WebhookRegistered | NotFound | InvalidInput> {
  const isMerchant = await requireOwner(context, input.merchantId);
  const secretSealed = context.services.webhooks.make();
  const isDevelopment = context.isDevelopment === true;
  return context.run(registerWebhook({ isMerchant, secretSealed, isDevelopment }), input);
}

export const rotate = (
  context: Context,
  input: RotateWebhookSecretInput,
): Promise<WebhookSecretRotated | NotFound | InvalidInput> =>
  asOwner(context, rotateWebhookSecret(context.services.webhooks.make()), input);

/** The secret that an outcome made, as long as it is shown; null when it is not, or there is a newer one. */
export function secretShown(
  { services, clock }: Context,
  { secretSealed, secretNumber, secretAt, state }: WebhookRow,
  made: number,
): string | null {
  const isShown = clock.now().getTime() - secretAt.getTime() <= SHOWN_MS;
  const isThat = secretNumber === made && state !== 'REMOVED';
  return isShown && isThat ? services.webhooks.open(secretSealed) : null;
}
