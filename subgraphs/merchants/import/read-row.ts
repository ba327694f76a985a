import { checkTexts } from '../../../shared/graphql/checked-text.ts';
import type { Parameters } from '../../../shared/graphql/wording.ts';
import { parseAmount } from '../domain/money-text.ts';
import { CODE_MAX, ORDER_NUMBER_MAX, type OrderSetting } from '../domain/order.ts';
import { dateReader } from './date-format.ts';
import type { Mapping } from './mapping.ts';
import type { FileRecord } from './read-records.ts';

/** What is wrong with a row: a code with what words it. A row may have several. */
export type Problem = Readonly<{ code: string; parameters: Parameters }>;

/** A row that can be used: something bought, or with `isCancelled` something brought back. */
export type FileRow = Readonly<{
  row: number;
  customer: string;
  orderNumber: string;
  purchasedAt: Date;
  isCancelled: boolean;
  sku: string | null;
  description: string | null;
  category: string | null;
  certificateNumber: string | null;
  /** Where and how it was made; null: the file does not say. */
  setting: OrderSetting | null;
  /** Always positive. */
  quantity: number;
  amountMinor: number;
}>;

export type ReadRow = (record: FileRecord) => FileRow | readonly Problem[];

const problem = (code: string, parameters: Parameters = {}): Problem => ({ code, parameters });

/**
 * A reader of rows. All that is wrong with a row is found at once, so that a file is corrected in one
 * go; which of it comes first says nothing.
 */
export function rowReader(mapping: Mapping): ReadRow {
  const { columns, cancelled } = mapping;
  const { store, channel, region, paymentInstrument } = columns;
  const hasSetting = [store, channel, region, paymentInstrument].some((name) => name !== undefined);
  const readDate = dateReader(columns.date.format, columns.date.offset);

  return ({ row, ordinal, values }) => {
    if (values === null) return [problem('ROW_MALFORMED')];
    const text = (column: string | null | undefined): string =>
      column === null || column === undefined ? '' : (values.get(column) ?? '').trim();
    const problems: Problem[] = [];
    if ([...values.values()].some((value) => value.includes('\ufffd'))) {
      problems.push(problem('ENCODING_NOT_USABLE', { encoding: mapping.encoding }));
    }
    const customer = text(columns.customer);
    if (customer === '') problems.push(problem('NO_CUSTOMER'));
    const number = columns.orderNumber === null ? String(ordinal) : text(columns.orderNumber);
    if (number === '') problems.push(problem('NO_ORDER_NUMBER'));
    const isCancelled = cancelled !== undefined && number.startsWith(cancelled.prefix);
    const purchasedAt = readDate(text(columns.date.column));
    if (purchasedAt === null) {
      const { column, format } = columns.date;
      problems.push(problem('DATE_NOT_USABLE', { column, format }));
    }
    const paid = readPaid(mapping, text, isCancelled);
    problems.push(...paid.problems);
    const texts = {
      orderNumber: `${mapping.orderNumberPrefix}${number}`,
      sku: text(columns.sku) || null,
      description: text(columns.description) || null,
      category: text(columns.category) || null,
      certificateNumber: text(columns.certificateNumber) || null,
    };
    const setting = hasSetting ? readSetting(columns, text) : null;
    problems.push(...textProblems({ customer, ...texts, ...setting }));
    if (isCancelled && texts.sku === null) problems.push(problem('RETURN_WITHOUT_PRODUCT'));
    if (purchasedAt === null || problems.length > 0) return problems;
    const { quantity, amountMinor } = paid;
    const bought = { row, customer, purchasedAt, isCancelled, quantity, amountMinor, setting };
    return { ...bought, ...texts };
  };
}

const readSetting = (
  { store, channel, region, paymentInstrument }: Mapping['columns'],
  text: (column: string | undefined) => string,
): OrderSetting => ({
  storeId: text(store) || null,
  channel: text(channel) || null,
  region: text(region) || null,
  paymentInstrument: text(paymentInstrument) || null,
});

type Paid = Readonly<{ quantity: number; amountMinor: number; problems: readonly Problem[] }>;

/** What was bought and paid. For what is brought back only the quantity counts. */
function readPaid(
  { columns, decimals }: Mapping,
  text: (column: string | undefined) => string,
  isCancelled: boolean,
): Paid {
  const problems: Problem[] = [];
  const asked = columns.quantity === undefined ? 1 : parseAmount(text(columns.quantity), 0);
  const quantity = typeof asked === 'number' ? asked : 0;
  if (quantity === 0)
    problems.push(problem('QUANTITY_NOT_WHOLE', { column: columns.quantity ?? '' }));
  if (isCancelled) return { quantity: Math.abs(quantity), amountMinor: 0, problems };
  if (quantity < 0) problems.push(problem('NEGATIVE_NOT_CANCELLED'));
  const isUnit = columns.unitPrice !== undefined;
  const column = columns.unitPrice ?? columns.amount ?? '';
  const price = parseAmount(text(column), decimals);
  if (typeof price !== 'number') {
    problems.push(problem(price, { field: column, decimals }));
    return { quantity, amountMinor: 0, problems };
  }
  if (price <= 0) problems.push(problem(isUnit ? 'PRICE_NOT_POSITIVE' : 'NOTHING_PAID'));
  const amountMinor = Number(BigInt(price) * (isUnit ? BigInt(quantity) : 1n));
  if (!Number.isSafeInteger(amountMinor)) {
    problems.push(problem('AMOUNT_TOO_LARGE', { field: column }));
  }
  return { quantity, amountMinor, problems };
}

const TEXT_MAX: Readonly<Record<string, number>> = {
  customer: 64,
  orderNumber: ORDER_NUMBER_MAX,
  sku: 64,
  category: 64,
  certificateNumber: 64,
  storeId: CODE_MAX,
  channel: CODE_MAX,
  region: CODE_MAX,
  paymentInstrument: CODE_MAX,
  description: 1_000,
};

function textProblems(texts: Readonly<Record<string, string | null>>): Problem[] {
  return Object.entries(texts).flatMap(([field, text]) => {
    if (text === null) return [];
    const max = TEXT_MAX[field] ?? 0;
    if (text.length > max) return [problem('TEXT_NOT_USABLE', { field, max })];
    return checkTexts(text) === null ? [] : [problem('CHARACTERS_NOT_USABLE', { field })];
  });
}
