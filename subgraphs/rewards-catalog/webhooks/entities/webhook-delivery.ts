import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { WebhookKind } from '../domain/event.ts';
import type { DeliveryFailure } from '../domain/outcome.ts';

/** An event of the feed that is to be told at a webhook, and what became of it. */
export type WebhookDeliveryRow = Readonly<{
  /** The `webhook-id` of each attempt: by it a receiver knows what it has taken before. */
  id: string;
  webhookId: string;
  merchantId: string;
  /** Of the event in the feed of this subgraph. */
  position: number;
  kind: WebhookKind;
  happenedAt: Date;
  status: 'PENDING' | 'DELIVERED' | 'GIVEN_UP';
  /** Since it was last asked for. */
  attempts: number;
  nextAttemptAt: Date;
  /** It is given up then. */
  expiresAt: Date;
  attemptedAt: Date | null;
  /** Of HTTP, when the last attempt was answered. */
  lastStatus: number | null;
  failure: DeliveryFailure | null;
}>;

export const WebhookDelivery = new EntitySchema<WebhookDeliveryRow>({
  name: 'WebhookDelivery',
  tableName: 'rewards_webhook_delivery',
  columns: {
    id,
    webhookId: { ...reference, name: 'webhook_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    position: integer,
    kind: code,
    happenedAt: { ...instant, name: 'happened_ms' },
    status: code,
    attempts: integer,
    nextAttemptAt: { ...instant, name: 'next_attempt_ms' },
    expiresAt: { ...instant, name: 'expires_ms' },
    attemptedAt: { ...nullable(instant), name: 'attempted_ms' },
    lastStatus: { ...nullable(integer), name: 'last_status' },
    failure: nullable(code),
  },
});
