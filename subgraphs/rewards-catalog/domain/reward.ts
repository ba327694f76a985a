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
  | 'DONATION'
  | 'GIFT'
  | 'TIER_BENEFIT'
  | 'BILL_OFFSET';

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
  terms?: Readonly<{ zh: string; en: string }> | null | undefined;
  category?: string | null | undefined;
  seller?: string | null | undefined;
  weekdays?: readonly number[] | null | undefined;
  cashOffer?: CashOffer | null | undefined;
}>;

/** What holds for the same thing when it is paid in money. */
export type CashOffer = Readonly<{
  weekdays?: readonly number[] | null | undefined;
  validDays?: number | null | undefined;
}>;

const TITLE_MAX = 200;
const TERMS_MAX = 1000;
const CATEGORY_MAX = 64;
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
    checkStock(stock) ??
    checkDays('validDays', validDays) ??
    checkConditions(reward)
  );
}

function checkConditions(reward: NewReward): InvalidInput | null {
  const { terms, category, seller, weekdays, cashOffer } = reward;
  return (
    checkGiven('terms.zh', terms?.zh, TERMS_MAX) ??
    checkGiven('terms.en', terms?.en, TERMS_MAX) ??
    checkGiven('category', category, CATEGORY_MAX) ??
    checkGiven('seller', seller, TITLE_MAX) ??
    checkWeekdays('weekdays', weekdays) ??
    checkWeekdays('cashOffer.weekdays', cashOffer?.weekdays) ??
    (cashOffer?.validDays == null ? null : checkDays('cashOffer.validDays', cashOffer.validDays))
  );
}

const checkDays = (field: string, days: number): InvalidInput | null =>
  days >= 1 && days <= VALID_DAYS_MAX
    ? null
    : invalidInput('VALID_DAYS_OUT_OF_RANGE', field, { max: VALID_DAYS_MAX });

const checkGiven = (
  field: string,
  text: string | null | undefined,
  max: number,
): InvalidInput | null => (text == null ? null : checkText(field, text, max));

function checkWeekdays(
  field: string,
  days: readonly number[] | null | undefined,
): InvalidInput | null {
  if (days == null) return null;
  const areUsable =
    days.length >= 1 &&
    new Set(days).size === days.length &&
    days.every((day) => day >= 1 && day <= 7);
  return areUsable ? null : invalidInput('WEEKDAYS_NOT_USABLE', field);
}

/** A stock of more pieces than this is a slip of the hand. */
export const STOCK_MAX = 1_000_000_000;

const checkStock = (stock: number | null | undefined): InvalidInput | null =>
  stock == null || (stock >= 0 && stock <= STOCK_MAX)
    ? null
    : invalidInput('STOCK_OUT_OF_RANGE', 'stock', { max: STOCK_MAX });

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
