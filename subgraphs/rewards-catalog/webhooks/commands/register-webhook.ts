import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { RegisterWebhookInput } from '../../schema.generated.ts';
import { checkAddress } from '../domain/address.ts';
import { Webhook } from '../entities/webhook.ts';

/** `secretNumber`: which of its secrets was made. */
export type WebhookRegistered = Readonly<{
  kind: 'WebhookRegistered';
  webhookId: string;
  secretNumber: number;
}>;

/** What is known before: whether there is such a merchant, and a secret that nobody else has. */
export type RegisterFacts = Readonly<{
  isMerchant: boolean;
  secretSealed: string;
  isDevelopment: boolean;
}>;

const WEBHOOKS_MAX = 5;

/** Events of this merchant that come after are sent to an address. */
export const registerWebhook = ({ isMerchant, secretSealed, isDevelopment }: RegisterFacts) =>
  // The frame scopes keys by the name of the function.
  async function registerWebhook(
    work: Work,
    { merchantId, url, kinds }: RegisterWebhookInput,
  ): Promise<WebhookRegistered | NotFound | InvalidInput> {
    const refusal = checkAddress(url, isDevelopment);
    if (refusal !== null) return refusal;
    if (kinds.length === 0 || new Set(kinds).size < kinds.length) {
      return invalidInput('WEBHOOK_KINDS_NOT_USABLE', 'kinds');
    }
    if (!isMerchant) return notFound('MERCHANT_NOT_FOUND');
    // Before what is counted: of two at once the second waits here, and counts the first.
    const afterPosition = await lockFeed(work);
    const present = { merchantId, state: 'ACTIVE' as const };
    const disabled = { merchantId, state: 'DISABLED' as const };
    if ((await work.manager.countBy(Webhook, [present, disabled])) >= WEBHOOKS_MAX) {
      return invalidInput('TOO_MANY_WEBHOOKS', 'url', { max: WEBHOOKS_MAX });
    }

    // From here on the command must succeed.
    const never = new Date(0);
    const webhookId = work.newId();
    await work.manager.insert(Webhook, {
      ...{ id: webhookId, merchantId, url, kinds: [...kinds], state: 'ACTIVE', afterPosition },
      ...{ secretSealed, secretNumber: 1, secretAt: work.at, createdAt: work.at },
      ...{ restsUntil: never, claimedUntil: never },
    });
    return { kind: 'WebhookRegistered', webhookId, secretNumber: 1 };
  };

/** Where the feed ends. Held until commit, so that no event comes between. */
async function lockFeed({ manager, dialect }: Work): Promise<number> {
  const [head] = await manager.query<{ position: unknown }[]>(
    `SELECT position FROM frame_feed_head WHERE id = 1 ${dialect.forUpdate}`,
  );
  return toSafeInteger(head?.position);
}
