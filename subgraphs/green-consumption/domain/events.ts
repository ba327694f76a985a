import { z } from 'zod';

const date = z.union([z.string(), z.number()]).pipe(z.coerce.date());

const line = z.object({
  number: z.number().int(),
  sku: z.string().nullish(),
  quantity: z.number().int(),
  returnedQuantity: z.number().int().default(0),
  certificateNumber: z.string().nullish(),
  behaviour: z.string().nullish(),
});

/** What this subgraph reads of `purchase.recorded`. */
export const purchaseRecorded = z.object({
  purchaseId: z.string(),
  memberId: z.string(),
  merchantId: z.string(),
  orderNumber: z.string().nullish(),
  purchasedAt: date,
  lines: z.array(line),
});

/** What this subgraph reads of `purchase.returned`: all lines, as they are after the return. */
export const purchaseReturned = z.object({
  returnId: z.string(),
  purchaseId: z.string(),
  lines: z.array(line),
});

/**
 * What this subgraph reads of `purchase.amended`: all lines, as they are after the change. Of those up to `lastLine`
 * the ones that are missing were replaced.
 */
export const purchaseAmended = purchaseRecorded.extend({
  amendmentId: z.string(),
  lastLine: z.number().int(),
});

/** What this subgraph reads of `redemption.completed`. */
export const redemptionCompleted = z.object({
  redemptionId: z.string(),
  memberId: z.string(),
  merchantId: z.string().nullish(),
  rewardId: z.string(),
  quantity: z.number().int().positive(),
  completedAt: date,
});

/** What this subgraph reads of `redemption.cancelled` and `redemption.returned`. */
export const redemptionUndone = z.object({
  redemptionId: z.string(),
  /** Missing: it is cancelled. */
  returnId: z.string().nullish(),
  /** How many of a return came back, and how many did not. */
  quantity: z.number().int(),
  left: z.number().int().nullish(),
});

/** What this subgraph reads of `voucher.lapsed` and `voucher.used`. */
export const voucherTold = z.object({
  redemptionId: z.string(),
  /** How many pieces did not come back. */
  left: z.number().int().nullish(),
});

export type VoucherTold = Readonly<z.infer<typeof voucherTold>>;

/** What this subgraph reads of `redemption.exchanged`. */
export const redemptionExchanged = z.object({
  redemptionId: z.string(),
  /** Missing: the same was handed out again. */
  forRewardId: z.string().nullish(),
  quantity: z.number().int(),
  exchangedAt: date,
});

export type RedemptionExchanged = Readonly<z.infer<typeof redemptionExchanged>>;
export type RedemptionUndone = Readonly<z.infer<typeof redemptionUndone>>;
export type PurchaseRecorded = Readonly<z.infer<typeof purchaseRecorded>>;
export type PurchaseReturned = Readonly<z.infer<typeof purchaseReturned>>;
export type PurchaseAmended = Readonly<z.infer<typeof purchaseAmended>>;
export type RedemptionCompleted = Readonly<z.infer<typeof redemptionCompleted>>;
