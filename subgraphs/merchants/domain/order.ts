import { type Day, parseIsoDay } from '../../../shared/calendar.ts';
import { isKey } from '../../../shared/graphql/refusals.ts';
import { QuantityOverflow, sum } from '../../../shared/quantities.ts';
import type { PointsPayment } from '../till/domain/points-payment.ts';

/** One line as it was asked to be recorded. */
export type OrderedLine = Readonly<{
  sku: string | null;
  description: string | null;
  category: string | null;
  quantity: number;
  amountMinor: number;
  certificateNumber: string | null;
  behaviour: string | null;
  /** The first and the last day for which it was bought, such as of a stay; null: for none in particular. */
  usedFrom: Day | null;
  usedUntil: Day | null;
}>;

type LineAsked = Readonly<
  {
    [Name in Exclude<keyof OrderedLine, 'usedFrom' | 'usedUntil'>]?:
      | OrderedLine[Name]
      | null
      | undefined;
  } & {
    amountMinor: number;
    /** As `2026-11-22`. */
    usedFrom?: string | null | undefined;
    usedUntil?: string | null | undefined;
  }
>;

/** A line of an input, with what was left out as null, and one piece. */
export const orderedLine = (line: LineAsked): OrderedLine => ({
  sku: line.sku ?? null,
  description: line.description ?? null,
  category: line.category ?? null,
  quantity: line.quantity ?? 1,
  amountMinor: line.amountMinor,
  certificateNumber: line.certificateNumber ?? null,
  behaviour: line.behaviour ?? null,
  usedFrom: line.usedFrom == null ? null : parseIsoDay(line.usedFrom),
  usedUntil: line.usedUntil == null ? null : parseIsoDay(line.usedUntil),
});

/** Where and how an order was made, as the merchant names it. */
export type OrderSetting = Readonly<{
  storeId: string | null;
  channel: string | null;
  region: string | null;
  paymentInstrument: string | null;
}>;

type SettingAsked = Readonly<{ [Name in keyof OrderSetting]?: string | null | undefined }>;

/** What an input says of where and how, with what was left out as null. */
export const settingOf = (asked: SettingAsked): OrderSetting => ({
  storeId: asked.storeId ?? null,
  channel: asked.channel ?? null,
  region: asked.region ?? null,
  paymentInstrument: asked.paymentInstrument ?? null,
});

export type Order = OrderSetting &
  Readonly<{
    orderNumber: string;
    currency: string;
    purchasedAt: Date;
    lines: readonly OrderedLine[];
    /** By which points paid a part of it; the lines are what was paid in money. */
    pointsPayment?: PointsPayment;
  }>;

/** What is wrong with an order: a code, and the path of the field at fault. */
export type Defect = Readonly<{
  code: string;
  field: string;
  parameters: Readonly<Record<string, string | number>>;
}>;

/**
 * One billion yuan in fen, far beyond any order there is. Without a bound one order could fill a wallet
 * so that no other merchant's points fit into it any more.
 */
export const TOTAL_MAX = 100_000_000_000;
export const LINES_MAX = 1_000;
export const ORDER_NUMBER_MAX = 64;
export const CODE_MAX = 64;
const DESCRIPTION_MAX = 1_000;

const defect = (code: string, field: string, parameters: Defect['parameters'] = {}): Defect => ({
  code,
  field,
  parameters,
});

/** Nobody keeps orders from before: such a date is a slip of the hand, and would change what is long closed. */
const EARLIEST_MS = Date.parse('1990-01-01T00:00:00+08:00');

/** The first defect of an order, or null. `at` is now: nothing is bought in the future. */
export function defectOfOrder(order: Order, at: Date): Defect | null {
  return (
    keyDefect('orderNumber', order.orderNumber, ORDER_NUMBER_MAX) ??
    defectOfCurrency(order.currency) ??
    (order.purchasedAt.getTime() > at.getTime()
      ? defect('PURCHASED_IN_FUTURE', 'purchasedAt')
      : null) ??
    (order.purchasedAt.getTime() < EARLIEST_MS
      ? defect('PURCHASED_TOO_EARLY', 'purchasedAt', { earliest: '1990-01-01' })
      : null) ??
    defectOfSetting(order) ??
    defectOfLines(order.lines)
  );
}

export const defectOfCurrency = (currency: string): Defect | null =>
  /^[A-Z]{3}$/.test(currency) ? null : defect('CURRENCY_NOT_USABLE', 'currency');

/** The first defect of where and how an order was made, or null. */
export function defectOfSetting(setting: OrderSetting): Defect | null {
  for (const name of ['storeId', 'channel', 'region', 'paymentInstrument'] as const) {
    const text = setting[name];
    const found = text === null ? null : keyDefect(name, text, CODE_MAX);
    if (found !== null) return found;
  }
  return null;
}

/** The first defect of the lines of an order, or null. */
export function defectOfLines(lines: readonly OrderedLine[]): Defect | null {
  if (lines.length === 0) return defect('NO_LINES', 'lines');
  if (lines.length > LINES_MAX) return defect('TOO_MANY_LINES', 'lines', { max: LINES_MAX });
  for (const [index, line] of lines.entries()) {
    const found = defectOfLine(line, `lines.${index}`);
    if (found !== null) return found;
  }
  if (lines.every(({ amountMinor }) => amountMinor === 0)) return defect('NOTHING_PAID', 'lines');
  const total = totalOf(lines);
  return total === null || total > TOTAL_MAX ? defect('AMOUNT_TOO_LARGE', 'lines') : null;
}

/** The first defect of one line, or null. `field` is its path. */
export function defectOfLine(line: OrderedLine, field: string): Defect | null {
  if (line.quantity < 1) return defect('AMOUNT_NOT_POSITIVE', `${field}.quantity`);
  if (line.amountMinor < 0) return defect('AMOUNT_NEGATIVE', `${field}.amountMinor`);
  for (const name of ['sku', 'category', 'certificateNumber', 'behaviour'] as const) {
    const text = line[name];
    const found = text === null ? null : keyDefect(`${field}.${name}`, text, CODE_MAX);
    if (found !== null) return found;
  }
  const { description, usedFrom, usedUntil } = line;
  if ((usedFrom === null) !== (usedUntil === null)) {
    return defect('DAYS_NOT_BOTH', `${field}.${usedFrom === null ? 'usedFrom' : 'usedUntil'}`);
  }
  if (usedFrom !== null && usedUntil !== null && usedUntil < usedFrom) {
    return defect('DAYS_NOT_IN_ORDER', `${field}.usedUntil`);
  }
  return description !== null && description.length > DESCRIPTION_MAX
    ? defect('TEXT_NOT_USABLE', `${field}.description`, { max: DESCRIPTION_MAX })
    : null;
}

const keyDefect = (field: string, text: string, max: number): Defect | null =>
  isKey(text, max) ? null : defect('KEY_NOT_USABLE', field, { max });

/** What was paid for all lines, or null when it leaves the range of safe integers. */
export function totalOf(lines: readonly Pick<OrderedLine, 'amountMinor'>[]): number | null {
  return orNull(() => sum(lines.map(({ amountMinor }) => amountMinor)));
}

/** A calculation whose result may be too large, as null. */
export function orNull<T>(calculate: () => T): T | null {
  try {
    return calculate();
  } catch (error) {
    if (error instanceof QuantityOverflow) return null;
    throw error;
  }
}
