import {
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../shared/graphql/refusals.ts';

/** What a reward may be. Money, equity, dividends and tokens are missing on purpose (L6, L8). */
export type RewardKind =
  | 'PRODUCT'
  | 'VOUCHER'
  | 'SERVICE'
  | 'TICKET'
  | 'UPGRADE'
  | 'BILL_CREDIT'
  | 'DATA_PACK'
  | 'EV_CHARGING'
  | 'DONATION';

export type RewardStatus = 'PUBLISHED' | 'DELISTED';

/** What a merchant states about a reward when it is published. */
export type NewReward = Readonly<{
  title: Readonly<{ zh: string; en: string }>;
  points: number;
  unit: string;
  /** In the smallest unit of the currency. */
  cashPrice: Readonly<{ amountMinor: number; currency: string }>;
  /** Null or missing: not limited. */
  stock?: number | null | undefined;
  validDays: number;
}>;

const TITLE_MAX = 200;
const VALID_DAYS_MAX = 3650;
const UNIT = /^[A-Z][A-Z0-9_]{1,31}$/;
const CURRENCY = /^[A-Z]{3}$/;

/** The first thing that is wrong with a reward, or null. */
export function checkReward(reward: NewReward): InvalidInput | null {
  const { title, points, unit, cashPrice, stock, validDays } = reward;
  return (
    checkText('title.zh', title.zh, TITLE_MAX) ??
    checkText('title.en', title.en, TITLE_MAX) ??
    checkPositive('points', points) ??
    (UNIT.test(unit) ? null : invalidInput('UNIT_NOT_USABLE', 'unit')) ??
    checkNotNegative('cashPrice.amountMinor', cashPrice.amountMinor) ??
    (CURRENCY.test(cashPrice.currency)
      ? null
      : invalidInput('CURRENCY_NOT_USABLE', 'cashPrice.currency')) ??
    checkNotNegative('stock', stock ?? 0) ??
    (validDays >= 1 && validDays <= VALID_DAYS_MAX
      ? null
      : invalidInput('VALID_DAYS_OUT_OF_RANGE', 'validDays', { max: VALID_DAYS_MAX }))
  );
}

const checkNotNegative = (field: string, value: number): InvalidInput | null =>
  value >= 0 ? null : invalidInput('AMOUNT_NEGATIVE', field);

export const QUANTITY_MAX = 100;

/** The price of so many of a reward, or why there is none. */
export function priceOf(pointsEach: number, quantity: number): number | InvalidInput {
  if (quantity < 1 || quantity > QUANTITY_MAX) {
    return invalidInput('QUANTITY_OUT_OF_RANGE', 'quantity', { max: QUANTITY_MAX });
  }
  const points = pointsEach * quantity;
  return Number.isSafeInteger(points) ? points : invalidInput('PRICE_TOO_LARGE', 'quantity');
}
