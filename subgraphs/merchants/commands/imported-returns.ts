import type { EntityManager } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import {
  type Imported,
  type ImportedReturn,
  type RejectedRow,
  rejected,
  repeatedOrders,
} from '../domain/imported-order.ts';
import { leftOf, takeBack } from '../domain/line-return.ts';
import { type KnownRule, rulesById } from '../rules/queries/selling-rules.ts';
import type { CapUse } from './cap-use.ts';
import { awardRows, type NewPurchase } from './purchase-rows.ts';
import {
  lockPurchases,
  type NewReturn,
  newReturn,
  type OpenPurchase,
  readOpenPurchases,
} from './return-rows.ts';

type Setting = Readonly<{
  merchantId: string;
  orders: readonly Imported[];
  /** Locks the purchases concerned; null when nothing is going to be written. */
  lock: Work | null;
}>;

/** The recorded purchases that the returns of an import may take from, and what is known of them. */
export type Returnable = Readonly<{
  orders: readonly Imported[];
  purchases: readonly OpenPurchase[];
  rules: ReadonlyMap<string, KnownRule>;
  known: Awaited<ReturnType<typeof knownReturns>>;
}>;

type Taking = Readonly<{
  /** The purchases of the same import: an order may take back what one before it bought. */
  fresh: readonly NewPurchase[];
  use: CapUse;
  frame: Pick<Work, 'newId'>;
}>;

type Made = Readonly<{
  made: readonly NewReturn[];
  unchanged: number;
  rejected: readonly RejectedRow[];
}>;

/** Reads what the returns of an import may take from, or null when it has none. */
export async function findReturnable(
  manager: EntityManager,
  setting: Setting,
): Promise<Returnable | null> {
  const { merchantId, lock } = setting;
  const repeated = repeatedOrders(setting.orders);
  const orders = setting.orders.filter(
    (order) => order.defect === null && order.returns.length > 0 && !repeated.has(order),
  );
  if (orders.length === 0) return null;
  const ids = await candidateIds(manager, merchantId, orders);
  if (lock !== null) await lockPurchases(lock, ids);
  const purchases = await readOpenPurchases(manager, ids);
  const ruleIds = purchases.flatMap(({ awards }) => awards.map(({ ruleId }) => ruleId));
  const rules = await rulesById(manager, ruleIds);
  return { orders, purchases, rules, known: await knownReturns(manager, merchantId, orders) };
}

/** Finds for each return of an import the purchase that it takes from. */
export function makeReturns(returnable: Returnable | null, { fresh, use, frame }: Taking): Made {
  if (returnable === null) return { made: [], unchanged: 0, rejected: [] };
  const { orders, purchases, known } = returnable;
  const shelf = new Shelf([...purchases, ...fresh.map(openPurchase)]);
  const sold = fresh.flatMap(({ awards, waiting }) => [...awards, ...waiting]);
  const rules = new Map([
    ...returnable.rules,
    ...sold.map(({ rule }): [string, KnownRule] => [rule.id, rule]),
  ]);
  const made: NewReturn[] = [];
  const refusals: RejectedRow[] = [];
  let unchanged = 0;
  for (const order of orders) {
    for (const part of order.returns) {
      if (known.take(order.order.orderNumber, part)) unchanged += 1;
      else {
        const outcome = takeFrom(shelf, order, part, { id: frame.newId(), rules, use });
        if ('code' in outcome) refusals.push(outcome);
        else made.push(outcome);
      }
    }
  }
  return { made, unchanged, rejected: refusals };
}

type Making = Readonly<{ id: string; rules: ReadonlyMap<string, KnownRule>; use: CapUse }>;

function takeFrom(
  shelf: Shelf,
  { customerKey, order }: Imported,
  { row, orderNumber, sku, quantity }: ImportedReturn,
  { id, rules, use }: Making,
): NewReturn | RejectedRow {
  const purchase =
    orderNumber === null
      ? shelf.latest(customerKey, order.purchasedAt, sku, quantity)
      : shelf.named(orderNumber, customerKey, sku);
  if (purchase === null) return rejected(row, 'RETURN_WITHOUT_PURCHASE', { sku, quantity });
  const returned = takeBack(purchase.lines, sku, quantity);
  if (returned === null) {
    const left = leftOf(purchase.lines, sku);
    return rejected(row, 'RETURN_EXCEEDS_PURCHASE', { field: sku, left });
  }
  const importedAs = { orderNumber: order.orderNumber, sku, quantity };
  const made = newReturn(id, purchase, returned, { rules, use, importedAs });
  shelf.put(made.after);
  return made;
}

/** The purchases that returns may take from, as they stand while an import goes through them. */
class Shelf {
  readonly #byNumber = new Map<string, OpenPurchase>();
  readonly #byCustomer: Map<string, string[]>;

  constructor(purchases: readonly OpenPurchase[]) {
    for (const purchase of purchases) this.put(purchase);
    const latestFirst = purchases.toSorted(
      (a, b) => b.row.purchasedAt.getTime() - a.row.purchasedAt.getTime(),
    );
    this.#byCustomer = new Map();
    for (const { row } of latestFirst) {
      if (row.customerKey === null) continue;
      const numbers = this.#byCustomer.get(row.customerKey) ?? [];
      this.#byCustomer.set(row.customerKey, [...numbers, row.orderNumber]);
    }
  }

  put(purchase: OpenPurchase): void {
    this.#byNumber.set(purchase.row.orderNumber, purchase);
  }

  /** The order with this number, when the customer bought the product with it. */
  named(orderNumber: string, customerKey: string, sku: string): OpenPurchase | null {
    const purchase = this.#byNumber.get(orderNumber);
    if (purchase === undefined || !purchase.lines.some((line) => line.sku === sku)) return null;
    const buyer = purchase.row.customerKey;
    return buyer === null || buyer === customerKey ? purchase : null;
  }

  /** The customer's latest order up to an instant that has enough of the product left. */
  latest(customerKey: string, until: Date, sku: string, quantity: number): OpenPurchase | null {
    for (const number of this.#byCustomer.get(customerKey) ?? []) {
      const purchase = this.#byNumber.get(number);
      if (purchase === undefined || purchase.row.purchasedAt > until) continue;
      if (leftOf(purchase.lines, sku) >= quantity) return purchase;
    }
    return null;
  }
}

const openPurchase = (purchase: NewPurchase): OpenPurchase => ({
  row: purchase.row,
  lines: purchase.lines,
  awards: awardRows(purchase),
  nextPosition: purchase.awards.filter(({ points }) => points > 0).length + 1,
});

/** The recorded purchases that the returns name, or that their customers may have bought them with. */
async function candidateIds(
  manager: EntityManager,
  merchantId: string,
  orders: readonly Imported[],
): Promise<string[]> {
  const returns = orders.flatMap((order) => order.returns);
  const numbers = [...new Set(returns.flatMap(({ orderNumber }) => orderNumber ?? []))];
  const ids = new Set<string>();
  if (numbers.length > 0) {
    const named = await manager.query<{ id: string }[]>(
      `SELECT id FROM merchants_purchase
       WHERE merchant_id = ? AND order_number IN (${placeholders(numbers.length)})`,
      [merchantId, ...numbers],
    );
    for (const { id } of named) ids.add(id);
  }
  const searching = orders.filter(({ returns: parts }) =>
    parts.some(({ orderNumber }) => orderNumber === null),
  );
  if (searching.length > 0) {
    const keys = [...new Set(searching.map(({ customerKey }) => customerKey))];
    const skus = [...new Set(returns.map(({ sku }) => sku))];
    const bought = await manager.query<{ id: string }[]>(
      `SELECT DISTINCT p.id FROM merchants_purchase p
       JOIN merchants_purchase_line l ON l.purchase_id = p.id
       WHERE p.merchant_id = ? AND p.customer_key IN (${placeholders(keys.length)})
         AND l.sku IN (${placeholders(skus.length)}) AND l.returned_quantity < l.quantity`,
      [merchantId, ...keys, ...skus],
    );
    for (const { id } of bought) ids.add(id);
  }
  return [...ids];
}

/** Returns that were recorded before under an order number; each is recognised once. */
async function knownReturns(
  manager: EntityManager,
  merchantId: string,
  orders: readonly Imported[],
): Promise<{ take: (orderNumber: string, part: ImportedReturn) => boolean }> {
  const numbers = orders.map(({ order }) => order.orderNumber);
  type Found = { order_number: string; sku: string; quantity: unknown };
  const rows = await manager.query<Found[]>(
    `SELECT order_number, sku, quantity FROM merchants_return
     WHERE merchant_id = ? AND order_number IN (${placeholders(numbers.length)})`,
    [merchantId, ...numbers],
  );
  const keyOf = (orderNumber: string, sku: string, quantity: number) =>
    JSON.stringify([orderNumber, sku, quantity]);
  const open = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row.order_number, row.sku, toSafeInteger(row.quantity));
    open.set(key, (open.get(key) ?? 0) + 1);
  }
  return {
    take(orderNumber, { sku, quantity }) {
      const key = keyOf(orderNumber, sku, quantity);
      const count = open.get(key) ?? 0;
      open.set(key, count - 1);
      return count > 0;
    },
  };
}
