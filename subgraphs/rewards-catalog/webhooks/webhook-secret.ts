import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import { open, seal } from '../../../shared/secrets.ts';
import type { WebhookRow } from './entities/webhook.ts';

const PLACE = 'rewards_webhook.secret';
const SECRET_BYTES = 32;

/** Makes secrets of webhooks, keeps them sealed, and signs with them. */
export type WebhookSecrets = Readonly<{
  /** A new secret, sealed. */
  make: () => string;
  open: (sealed: string) => string;
  /** The headers of Standard Webhooks. With the former secret too, as long as both are good. */
  sign: (webhook: WebhookRow, message: Readonly<{ id: string; at: Date; body: string }>) => Headers;
}>;

type Headers = Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>;

/** `secret` is the same in every process of the subgraph. */
export const createWebhookSecrets = (secret: string): WebhookSecrets => ({
  make: () => seal(secret, PLACE, `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`),
  open: (sealed) => open(secret, PLACE, sealed),
  sign({ secretSealed, formerSealed, formerUntil }, { id, at, body }) {
    const isFormerGood = formerUntil !== null && formerUntil > at;
    const good = [secretSealed, ...(formerSealed !== null && isFormerGood ? [formerSealed] : [])];
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': good
        .map((sealed) => new Signer(open(secret, PLACE, sealed)).sign(id, at, body))
        .join(' '),
    };
  },
});
