import { addDays, beginningOf, type Day, dayOf } from '../../../../shared/calendar.ts';
import { type InvalidInput, invalidInput, refused } from '../../../../shared/graphql/refusals.ts';
import type { RewardKind } from '../../domain/reward.ts';
import { checkNames } from './check-details.ts';
import type { OfferRefusal, OrderFacts } from './conditions.ts';

/** A reward is had only while the member uses one of these of her order; empty: anything that has days of use. */
export type DuringOrder = Readonly<{ skus: readonly string[] }>;

type Given = Readonly<{
  kind: RewardKind;
  duringOrder?: Readonly<{ skus?: readonly string[] | null | undefined }> | null | undefined;
}>;

/** The first thing that is wrong with the condition, or null. At the till there is no order yet. */
export function checkDuringOrder({ kind, duringOrder }: Given): InvalidInput | null {
  if (duringOrder == null) return null;
  if (kind === 'BILL_OFFSET') return invalidInput('DURING_ORDER_NOT_FOR_THIS', 'duringOrder');
  return checkNames('duringOrder.skus', duringOrder.skus);
}

export const keepDuringOrder = ({ duringOrder }: Given): DuringOrder | null =>
  duringOrder == null ? null : { skus: (duringOrder.skus ?? []).map((sku) => sku.trim()) };

/** The days of use of an order that count, both included. */
const daysOf = ({ skus }: DuringOrder, order: OrderFacts) =>
  order.skus.flatMap(({ sku, quantity, usedFrom, usedUntil }) =>
    quantity > 0 &&
    usedFrom !== null &&
    usedUntil !== null &&
    (skus.length === 0 || skus.includes(sku))
      ? [{ from: usedFrom, until: usedUntil }]
      : [],
  );

/** Why it is not to be had with this order at this instant; null: it is, until the last day (S16). */
export function refuseOutside(
  during: DuringOrder,
  order: OrderFacts,
  at: Date,
): OfferRefusal | null {
  const days = daysOf(during, order);
  if (days.length === 0) {
    const skus = during.skus.join(', ');
    return refused('NotEligible', 'ORDER_NOT_USED', { skus, isAny: String(skus === '') });
  }
  if (lastDayOf(during, order, at) !== null) return null;
  const today = dayOf(at);
  const next = days.filter(({ from }) => from > today).map(({ from }) => from);
  if (next.length > 0) {
    return refused('NotOnOfferNow', 'STAY_NOT_YET', beginning('from', Math.min(...next)));
  }
  const last = Math.max(...days.map(({ until }) => until));
  return refused('NotOnOfferNow', 'STAY_OVER', beginning('until', addDays(last, 1)));
}

const beginning = (name: 'from' | 'until', day: Day) => ({
  [name]: new Date(beginningOf(day)).toISOString(),
  day: String(name === 'from' ? day : addDays(day, -1)).replace(/^(....)(..)(..)$/, '$1-$2-$3'),
});

/** The last day of the use that goes on at this instant; null: there is none. */
export function lastDayOf(during: DuringOrder, order: OrderFacts, at: Date): Day | null {
  const today = dayOf(at);
  const now = daysOf(during, order).filter(({ from, until }) => from <= today && today <= until);
  return now.length === 0 ? null : Math.max(...now.map(({ until }) => until));
}
