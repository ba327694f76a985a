import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { Details } from '../../offers/domain/details.ts';

/** With which orders a voucher can be used. Money is in the smallest unit of `currency`. */
export type UseTerms = Readonly<{
  currency: string;
  /** What the goods in its scope must come to at least; 0: nothing. */
  thresholdMinor: number;
  /** What it takes off; null: it is no money's worth. */
  faceMinor: number | null;
  /** Empty: goods of all categories. */
  categories: readonly string[];
  /** Empty: all goods of the categories. */
  skus: readonly string[];
  /** Empty: everywhere. */
  stores: readonly string[];
}>;

/** A line of the order, in the smallest unit of its currency. */
export type OrderLine = Readonly<{ sku: string; category: string | null; amountMinor: number }>;

/** The order that a voucher is to be used with. */
export type VoucherOrder = Readonly<{
  orderNumber: string;
  storeId: string | null;
  /** Null: not told. */
  total: Readonly<{ amountMinor: number; currency: string }> | null;
  lines: readonly OrderLine[];
}>;

/** What the voucher takes off, in the smallest unit; null: it is no money's worth. */
export type Fits = Readonly<{ kind: 'Fits'; discountMinor: number | null }>;

export type BelowThreshold = Readonly<{
  kind: 'BelowThreshold';
  /** What counts towards the threshold. */
  countedMinor: number;
  thresholdMinor: number;
  missingMinor: number;
}>;

export type OutOfScope = Readonly<{ kind: 'OutOfScope'; of: 'GOODS' | 'STORE' }>;

/** What a reward asks of the order, for so many of it at once: each wants its own threshold, and takes off its face. */
export function useTermsOf(
  { details, cashCurrency }: Readonly<{ details: Details | null; cashCurrency: string }>,
  quantity: number,
): UseTerms {
  const { voucher, upgrade, charging } = details ?? {};
  return {
    currency: cashCurrency,
    thresholdMinor: times(voucher?.thresholdMinor ?? 0, quantity),
    faceMinor: voucher === undefined ? null : times(voucher.faceMinor, quantity),
    categories: voucher?.categories ?? [],
    skus: voucher?.skus ?? upgrade?.skus ?? [],
    stores: charging?.stations ?? [],
  };
}

/** More than any order comes to is as good as the most there is. */
const times = (amount: number, quantity: number): number =>
  Math.min(amount * quantity, Number.MAX_SAFE_INTEGER);

/**
 * Whether a voucher can be used with an order. Towards the threshold count the goods in its scope, but never more than
 * is to be paid. InvalidInput names what the till must tell first.
 */
export function fitOrder(
  terms: UseTerms,
  order: VoucherOrder | null,
): Fits | BelowThreshold | OutOfScope | InvalidInput {
  const { currency, thresholdMinor, faceMinor, stores } = terms;
  const hasScope = terms.categories.length > 0 || terms.skus.length > 0;
  const isBound = hasScope || thresholdMinor > 0 || stores.length > 0;
  if (order === null) {
    return isBound
      ? invalidInput('ORDER_NEEDED', 'order')
      : { kind: 'Fits', discountMinor: faceMinor };
  }
  const { storeId, total, lines } = order;
  if (total !== null && total.currency !== currency) {
    return invalidInput('ORDER_CURRENCY_DIFFERS', 'order.total.currency', { currency });
  }
  if (stores.length > 0) {
    if (storeId === null) return invalidInput('ORDER_STORE_NEEDED', 'order.storeId');
    if (!stores.includes(storeId)) return { kind: 'OutOfScope', of: 'STORE' };
  }
  if (hasScope && lines.length === 0) return invalidInput('ORDER_LINES_NEEDED', 'order.lines');
  const inScope = lines.filter((line) => isInScope(terms, line));
  if (hasScope && inScope.length === 0) return { kind: 'OutOfScope', of: 'GOODS' };
  const counted = countedOf(total, inScope);
  if (counted === null) {
    return thresholdMinor > 0
      ? invalidInput('ORDER_TOTAL_NEEDED', 'order.total')
      : { kind: 'Fits', discountMinor: faceMinor };
  }
  if (counted < thresholdMinor) {
    const missingMinor = thresholdMinor - counted;
    return { kind: 'BelowThreshold', countedMinor: counted, thresholdMinor, missingMinor };
  }
  const discountMinor = faceMinor === null ? null : Math.min(faceMinor, counted);
  return { kind: 'Fits', discountMinor };
}

const isInScope = (
  { categories, skus }: Pick<UseTerms, 'categories' | 'skus'>,
  { category, sku }: OrderLine,
): boolean =>
  (categories.length === 0 || (category !== null && categories.includes(category))) &&
  (skus.length === 0 || skus.includes(sku));

/** Null: the till told neither lines nor a total. */
function countedOf(total: VoucherOrder['total'], inScope: readonly OrderLine[]): number | null {
  if (inScope.length === 0) return total?.amountMinor ?? null;
  const goods = sum(inScope.map(({ amountMinor }) => amountMinor));
  return total === null ? goods : Math.min(goods, total.amountMinor);
}
