import { z } from 'zod';

/** What a merchant can be told of. */
export const webhookKinds = [
  'REDEMPTION_PLACED',
  'REDEMPTION_COMPLETED',
  'REDEMPTION_CANCELLED',
  'REDEMPTION_RETURNED',
  'VOUCHER_USED',
] as const;

export type WebhookKind = (typeof webhookKinds)[number];

/** Of events of the feed what merchants are told. Whether points were set aside or burnt is the ledger's affair. */
const kinds: Readonly<Record<string, WebhookKind>> = {
  'redemption.placed': 'REDEMPTION_PLACED',
  'redemption.completed': 'REDEMPTION_COMPLETED',
  'redemption.released': 'REDEMPTION_CANCELLED',
  'redemption.cancelled': 'REDEMPTION_CANCELLED',
  'redemption.returned': 'REDEMPTION_RETURNED',
  'voucher.used': 'VOUCHER_USED',
};

/** As what merchants are told of an event of the feed; null: not at all. */
export const kindOf = (event: string): WebhookKind | null => kinds[event] ?? null;

const told = z.object({
  redemptionId: z.string(),
  merchantId: z.string(),
  rewardId: z.string(),
  quantity: z.int(),
});

/** What of an event may leave the alliance: ids and how many. Who the member is the merchant asks the graph. */
export const factsOf = (payload: unknown): z.infer<typeof told> => told.parse(payload);

/** The body of a delivery, the same at each attempt. `at`: when it happened. */
export function bodyOf(kind: WebhookKind, at: Date, payload: unknown): string {
  const type = kind.toLowerCase().replace('_', '.');
  return JSON.stringify({ type, timestamp: at.toISOString(), data: factsOf(payload) });
}
