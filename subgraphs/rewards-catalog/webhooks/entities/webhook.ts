import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { WebhookKind } from '../domain/event.ts';

/** Where a merchant wants to be told of what happens at it. */
export type WebhookRow = Readonly<{
  id: string;
  merchantId: string;
  url: string;
  kinds: readonly WebhookKind[];
  /** One that was removed stays for the log of its deliveries. */
  state: 'ACTIVE' | 'DISABLED' | 'REMOVED';
  disabledBecause: 'NOTHING_GETS_THROUGH' | 'GONE' | null;
  secretSealed: string;
  /** Counts from 1 with each new secret. */
  secretNumber: number;
  /** When the secret was made. */
  secretAt: Date;
  /** The secret before, which signs too until then. */
  formerSealed: string | null;
  formerUntil: Date | null;
  createdAt: Date;
  /** It is told of events of the feed after this position. */
  afterPosition: number;
  /** The first failure after which nothing got through. */
  failingSince: Date | null;
  /** Until then it is not called, because it was out of reach. */
  restsUntil: Date;
  /** Until then one process has it to itself. */
  claimedUntil: Date;
}>;

export const Webhook = new EntitySchema<WebhookRow>({
  name: 'Webhook',
  tableName: 'rewards_webhook',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    url: text,
    kinds: json,
    state: code,
    disabledBecause: { ...nullable(code), name: 'disabled_because' },
    secretSealed: { ...text, name: 'secret_sealed' },
    secretNumber: { ...integer, name: 'secret_number' },
    secretAt: { ...instant, name: 'secret_ms' },
    formerSealed: { ...nullable(text), name: 'former_sealed' },
    formerUntil: { ...nullable(instant), name: 'former_until_ms' },
    createdAt: { ...instant, name: 'created_ms' },
    afterPosition: { ...integer, name: 'after_position' },
    failingSince: { ...nullable(instant), name: 'failing_since_ms' },
    restsUntil: { ...instant, name: 'rests_until_ms' },
    claimedUntil: { ...instant, name: 'claimed_until_ms' },
  },
});
