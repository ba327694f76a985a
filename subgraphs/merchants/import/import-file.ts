import { resolve } from 'node:path';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { NewId } from '../../../shared/identifiers.ts';
import { type FileOrder, OrderGrouper } from './group-orders.ts';
import type { Mapping } from './mapping.ts';
import { type Ask, findOrMakeSeller, type Seller } from './merchant.ts';
import type { Reading } from './read-lines.ts';
import { readRecords } from './read-records.ts';
import { rowReader } from './read-row.ts';
import { RepeatedRows } from './repeated-rows.ts';
import { Report } from './report.ts';
import { type Rejection, sendOrders } from './send-orders.ts';
import { Unusable } from './unusable.ts';

/** What became of a file. Rows are those of the file; orders and returns are those of the graph. */
export type Summary = Readonly<{
  file: string;
  merchant: string;
  /** Until when the documents of a merchant that was made are declared by whoever imports; else null. */
  declaredUntil: string | null;
  isDryRun: boolean;
  rows: number;
  rejectedRows: number;
  recorded: number;
  returned: number;
  unchanged: number;
  points: number;
  /** Rows by problem. A row that has two counts in both. */
  problems: Readonly<Record<string, number>>;
  /** Rows without an order number of their own that are the same as an earlier one. */
  repeated: Readonly<{ rows: number; patterns: number }>;
  seconds: number;
}>;

export type ImportOptions = Readonly<{
  file: string;
  mapping: Mapping;
  report: string;
  isDryRun: boolean;
  locale: Locale;
  ask: Ask;
  newId: NewId;
  now: () => Date;
  /** Told from time to time how far it is. */
  onProgress?: (progress: Readonly<{ rows: number; reading: Reading }>) => void;
}>;

/** What goes into one request. */
const ORDERS_MAX = 500;
const LINES_MAX = 5_000;

/**
 * Imports a file as a stream: what cannot be used is reported and never stops the rest. Importing a
 * file again changes nothing. Throws Unusable when nothing can be done with the file at all.
 */
export async function importFile(options: ImportOptions): Promise<Summary> {
  const started = performance.now();
  const { file, mapping, ask, isDryRun, locale } = options;
  if (mapping.merchant === undefined) throw new Unusable('MERCHANT_NEEDED', { file });
  // Before a merchant is made: whether the file can be read at all.
  for await (const _ of readRecords(file, mapping)) break;
  if (resolve(options.report) === resolve(file)) {
    throw new Unusable('REPORT_IS_SOURCE', { file });
  }
  const report = await Report.open(options.report, locale);
  try {
    const seller = await findOrMakeSeller(mapping.merchant, {
      ask,
      currency: mapping.currency,
      isDryRun,
      locale,
      now: options.now,
    });
    const batches = new Batches(options, seller, report);
    const { rows, repeated } = await readAll(options, report, batches);
    const { recorded, returned, unchanged, points } = batches;
    return {
      file,
      merchant: seller.name,
      declaredUntil: seller.declaredUntil,
      isDryRun,
      rows,
      rejectedRows: report.rejected,
      recorded,
      returned,
      unchanged,
      points,
      problems: report.counts,
      repeated: { rows: repeated.rows, patterns: repeated.patterns },
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await report.close();
  }
}

/** Reads the file from its beginning, and sends its orders as they are complete. */
async function readAll(
  { file, mapping, onProgress }: ImportOptions,
  report: Report,
  batches: Batches,
): Promise<{ rows: number; repeated: RepeatedRows }> {
  const reading: Reading = { done: 0, total: 0 };
  const readRow = rowReader(mapping);
  const grouper = new OrderGrouper(mapping);
  const repeated = new RepeatedRows();
  let rows = 0;
  for await (const record of readRecords(file, mapping, reading)) {
    rows += 1;
    if (mapping.columns.orderNumber === null) repeated.isRepeated(record);
    const row = readRow(record);
    if (!('row' in row)) {
      await report.reject(record.row, null, row);
    } else {
      const orders = grouper.add(row);
      if ('code' in orders) await report.reject(row.row, row.orderNumber, [orders]);
      else for (const order of orders) await batches.add(order);
    }
    if (rows % 500 === 0) onProgress?.({ rows, reading });
  }
  for (const order of grouper.finish()) await batches.add(order);
  await batches.send();
  onProgress?.({ rows, reading });
  return { rows, repeated };
}

/** Collects orders and sends them together. */
class Batches {
  readonly #options: ImportOptions;
  readonly #seller: Seller;
  readonly #report: Report;
  #orders: FileOrder[] = [];
  #lines = 0;
  recorded = 0;
  returned = 0;
  unchanged = 0;
  points = 0;

  constructor(options: ImportOptions, seller: Seller, report: Report) {
    this.#options = options;
    this.#seller = seller;
    this.#report = report;
  }

  async add(order: FileOrder): Promise<void> {
    this.#orders.push(order);
    this.#lines += order.lines.length + order.returns.length;
    if (this.#orders.length >= ORDERS_MAX || this.#lines >= LINES_MAX) await this.send();
  }

  async send(): Promise<void> {
    if (this.#orders.length === 0) return;
    const orders = this.#orders;
    this.#orders = [];
    this.#lines = 0;
    const outcome = await sendOrders(orders, { ...this.#options, seller: this.#seller });
    this.recorded += outcome.recorded;
    this.returned += outcome.returned;
    this.unchanged += outcome.unchanged;
    this.points += outcome.points;
    for (const rejection of outcome.rejected) await this.#reject(orders, rejection);
  }

  /** A return stands for its own row; an order that was not recorded for all rows of it. */
  async #reject(orders: readonly FileOrder[], rejection: Rejection): Promise<void> {
    const { row, code, message, parameters = {} } = rejection;
    const finding = message === undefined ? { code, parameters } : { code, message };
    const isReturn = code === 'RETURN_WITHOUT_PURCHASE' || code === 'RETURN_EXCEEDS_PURCHASE';
    const order = orders.find((one) =>
      isReturn ? one.returns.some(({ from }) => from.row === row) : one.row === row,
    );
    const rows =
      isReturn || order === undefined
        ? [row]
        : [...order.lines, ...order.returns.map(({ from }) => from)].map((line) => line.row);
    for (const rejected of rows.toSorted((a, b) => a - b)) {
      await this.#report.reject(rejected, order?.orderNumber ?? null, [finding]);
    }
  }
}
