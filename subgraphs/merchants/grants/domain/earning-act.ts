import type { EarningOrder } from '../../rules/domain/earning.ts';
import type { GreenActRow } from '../entities/green-act.ts';

/**
 * A green act earns as an order would of one green thing that costs nothing: the behaviour stands for its category,
 * and the project, if it is one, for its goods. So rules may ask for both, for the region and for the tier.
 */
export const asOrder = (
  { behaviour, projectId, region, occurredAt, recordedAt }: GreenActRow,
  tier: string | null,
): EarningOrder => ({
  currency: 'CNY',
  storeId: null,
  channel: null,
  region,
  paymentInstrument: null,
  tier,
  purchasedAt: occurredAt,
  recordedAt,
  lines: [
    {
      number: 1,
      sku: projectId,
      category: behaviour,
      quantity: 1,
      returnedQuantity: 0,
      amountMinor: 0,
      isGreen: true,
    },
  ],
});
