import type { OrderSetting } from '../domain/order.ts';
import type { Mapping } from './mapping.ts';
import type { FileRow, Problem } from './read-row.ts';

/** The rows of a file that make one order. */
export type FileOrder = Readonly<{
  row: number;
  customer: string;
  orderNumber: string;
  purchasedAt: Date;
  setting: OrderSetting | null;
  lines: FileRow[];
  returns: FileReturn[];
}>;

/** Something brought back, with the order of the same file that bought it, when there is one. */
export type FileReturn = Readonly<{ from: FileRow; boughtWith: string | null }>;

/** How many orders are kept open for further rows of theirs. */
const OPEN_MAX = 1_000;

/**
 * Puts rows together to orders, in the order of the file. The rows of an order should stand together;
 * up to a thousand other orders may lie between them.
 */
export class OrderGrouper {
  readonly #open = new Map<string, FileOrder>();
  readonly #finished = new Set<string>();
  readonly #bought = new Bought();
  readonly #openMax: number;
  readonly #hasReturns: boolean;

  constructor({ columns, cancelled }: Pick<Mapping, 'columns' | 'cancelled'>) {
    // Without order numbers each row is an order.
    this.#openMax = columns.orderNumber === null ? 0 : OPEN_MAX;
    this.#hasReturns = cancelled !== undefined;
  }

  /** Takes a row in. Answers the orders that are complete now, or why the row has no place. */
  add(row: FileRow): FileOrder[] | Problem {
    const { orderNumber } = row;
    if (this.#finished.has(orderNumber)) {
      return { code: 'ORDER_SCATTERED', parameters: { orderNumber, max: OPEN_MAX } };
    }
    const known = this.#open.get(orderNumber);
    if (known !== undefined && known.customer !== row.customer) {
      return { code: 'ORDER_HAS_OTHER_CUSTOMER', parameters: { orderNumber, row: known.row } };
    }
    const other = known === undefined ? null : otherSetting(known, row);
    if (other !== null) return other;
    const { customer, purchasedAt, setting } = row;
    const order = known ?? {
      row: row.row,
      customer,
      orderNumber,
      purchasedAt,
      setting,
      lines: [],
      returns: [],
    };
    this.#open.set(orderNumber, order);
    if (row.isCancelled) order.returns.push({ from: row, boughtWith: this.#bought.take(row) });
    else {
      order.lines.push(row);
      if (this.#hasReturns) this.#bought.add(row);
    }
    return this.#complete(this.#openMax);
  }

  /** The orders that are still open, at the end of the file. */
  finish(): FileOrder[] {
    return this.#complete(0);
  }

  #complete(openMax: number): FileOrder[] {
    const complete: FileOrder[] = [];
    for (const [orderNumber, order] of this.#open) {
      if (this.#open.size <= openMax) break;
      this.#open.delete(orderNumber);
      // A row's ordinal comes once, so it need not be remembered.
      if (this.#openMax > 0) this.#finished.add(orderNumber);
      complete.push(order);
    }
    return complete;
  }
}

/** A row that says something else of where and how its order was made than the first row did, or null. */
function otherSetting({ orderNumber, row, setting }: FileOrder, other: FileRow): Problem | null {
  const field = SETTING.find((name) => setting?.[name] !== other.setting?.[name]);
  return field === undefined
    ? null
    : { code: 'ORDER_HAS_OTHER_SETTING', parameters: { orderNumber, row, field } };
}

const SETTING = ['storeId', 'channel', 'region', 'paymentInstrument'] as const;

type Piece = { orderNumber: string; purchasedAt: Date; left: number };

/** What customers bought in this file and have not brought back. Grows with the file. */
class Bought {
  readonly #pieces = new Map<string, Piece[]>();

  add({ customer, sku, orderNumber, purchasedAt, quantity }: FileRow): void {
    if (sku === null) return;
    const key = JSON.stringify([customer, sku]);
    const pieces = this.#pieces.get(key) ?? [];
    const same = pieces.find((piece) => piece.orderNumber === orderNumber);
    if (same === undefined) pieces.push({ orderNumber, purchasedAt, left: quantity });
    else same.left += quantity;
    this.#pieces.set(key, pieces);
  }

  /** The latest order before a return that has enough of the product left, which it then has less. */
  take({ customer, sku, purchasedAt, quantity }: FileRow): string | null {
    const pieces = this.#pieces.get(JSON.stringify([customer, sku])) ?? [];
    const fitting = pieces
      .filter((piece) => piece.left >= quantity && piece.purchasedAt <= purchasedAt)
      .toSorted((a, b) => a.purchasedAt.getTime() - b.purchasedAt.getTime())
      .at(-1);
    if (fitting === undefined) return null;
    fitting.left -= quantity;
    return fitting.orderNumber;
  }
}
