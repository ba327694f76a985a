import { assert } from '../../../shared/assert.ts';
import type { Work } from '../../../shared/commands/run-command.ts';
import type { KnownAges } from '../ages/queries/known-ages.ts';
import {
  type Imported,
  type RejectedRow,
  rejected,
  repeatedOrders,
} from '../domain/imported-order.ts';
import type { Order } from '../domain/order.ts';
import { ORDER_POINTS_MAX } from '../rules/domain/award-order.ts';
import type { SellingRule } from '../rules/queries/selling-rules.ts';
import type { Standings } from '../standing/domain/settle-rule.ts';
import { type Holder, numberText } from './order-numbers.ts';
import { type EarningPurchase, type KnownFacts, newPurchase } from './purchase-rows.ts';

type Made = Readonly<{ from: Imported; purchase: EarningPurchase }>;

type Setting = Readonly<{
  merchantId: string;
  rules: readonly SellingRule[];
  factsOf: (order: Imported) => KnownFacts;
  standings: Standings;
  ages: KnownAges;
  orderOf: (from: Imported) => Order;
  members: ReadonlyMap<string, string> | null;
  frame: Pick<Work, 'at' | 'newId'>;
}>;

/** The orders that may be recorded as purchases, and the rows of those that may not. */
export function makePurchases(
  orders: readonly Imported[],
  { merchantId, rules, factsOf, standings, ages, orderOf, members, frame }: Setting,
): Readonly<{ purchases: readonly Made[]; rejected: readonly RejectedRow[] }> {
  const repeated = repeatedOrders(orders);
  const refusals = [...repeated].map(({ row, order: { orderNumber } }) =>
    rejected(row, 'ORDER_REPEATED', { orderNumber }),
  );
  const purchases: Made[] = [];
  for (const from of orders) {
    const { row, customer, customerKey, order, defect } = from;
    if (defect !== null) refusals.push(defect);
    if (defect !== null || repeated.has(from) || order.lines.length === 0) continue;
    // In a dry run nobody is enrolled and nothing is written, so there is no member to name.
    const memberId = members === null ? customerKey : members.get(customer);
    assert(memberId !== undefined, 'every customer was enrolled before');
    const buyer = { memberId, customerKey };
    const selling = { rules, facts: factsOf(from), standings, ages };
    const purchase = newPurchase(frame, merchantId, buyer, orderOf(from), selling);
    if (purchase !== null) purchases.push({ from, purchase });
    else refusals.push(rejected(row, 'POINTS_TOO_MANY', { field: 'lines', max: ORDER_POINTS_MAX }));
  }
  return { purchases, rejected: refusals };
}

type Sorted = Readonly<{
  fresh: readonly Made[];
  /** The ids of those that were recorded before. */
  known: readonly string[];
  rejected: readonly RejectedRow[];
}>;

/** Tells new purchases from those recorded before, and from numbers that other purchases have. */
export function sortPurchases(
  purchases: readonly Made[],
  holders: ReadonlyMap<string, Holder>,
): Sorted {
  const fresh: Made[] = [];
  const known: string[] = [];
  const refusals: RejectedRow[] = [];
  for (const made of purchases) {
    const { row } = made.purchase;
    const holder = holders.get(numberText(row));
    // Without a holder the engine took the number for another one. One order is not to stop the others.
    if (holder?.id === row.id) fresh.push(made);
    else if (holder !== undefined && isSame(row, holder)) known.push(holder.id);
    else {
      const { orderNumber } = row;
      refusals.push(rejected(made.from.row, 'ORDER_NUMBER_TAKEN', { orderNumber }));
    }
  }
  return { fresh, known, rejected: refusals };
}

/** A purchase that was recorded at the till names no customer number: its content decides. */
const isSame = (row: EarningPurchase['row'], holder: Holder): boolean =>
  row.contentHash === holder.contentHash &&
  (holder.customerKey === null || holder.customerKey === row.customerKey);
