import { z } from 'zod';

const line = z.object({
  amountMinor: z.number().int().nonnegative(),
  quantity: z.number().int().positive(),
  returnedQuantity: z.number().int().nonnegative(),
});

/** Of merchants' feed, what matters for points that paid a part of an order. */
export const orderRecorded = z.object({
  purchaseId: z.string(),
  lines: z.array(line),
  /** Missing: it was paid in money alone. */
  pointsPayment: z.object({ redemptionId: z.string() }).nullish(),
});

/** Returned or amended: all its lines as they are now. */
export const orderChanged = z.object({ purchaseId: z.string(), lines: z.array(line) });

export const orderCancelled = z.object({ purchaseId: z.string() });
