/**
 * For how many days at most points wait longer when an order looks like wash trading: the published term. A policy of
 * the alliance; whoever wants to hold them longer needs a case, with notice and appeal (S38).
 */
export const HOLD_DAYS = 15;

export type SignCode = 'MANY_ORDERS' | 'SAME_ORDERS' | 'RETURNED_ORDERS';

/** Something that was seen: so many orders, of which `limit` and more are a sign. */
export type Sign = Readonly<{ code: SignCode; count: number; limit: number; days: number }>;

/** What is looked at, and from how many orders of one member at one merchant on it is a sign. Published as it is. */
export const SIGNS: readonly Omit<Sign, 'count'>[] = [
  // Within so many days before or after the order, itself included.
  { code: 'MANY_ORDERS', limit: 10, days: 1 },
  // Of the same goods, quantities and amounts on one day.
  { code: 'SAME_ORDERS', limit: 5, days: 1 },
  // Of the last days before the order, brought back as a whole.
  { code: 'RETURNED_ORDERS', limit: 3, days: 30 },
];

/** How far back and ahead of an order is looked, in days. */
export const SEEN_DAYS = { before: 30, after: 1 };

/** An order of the member at the merchant. */
export type SeenOrder = Readonly<{
  id: string;
  purchasedAt: Date;
  /** Equal for the same goods, quantities and amounts on one day. */
  contentHash: string;
  totalMinor: number;
  returnedMinor: number;
}>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** What about an order looks like wash trading, among the orders of its member at its merchant; itself included. */
export function signsOf(order: SeenOrder, orders: readonly SeenOrder[]): Sign[] {
  const counts: Readonly<Record<SignCode, (one: SeenOrder, days: number) => boolean>> = {
    MANY_ORDERS: ({ purchasedAt }, days) =>
      Math.abs(purchasedAt.getTime() - order.purchasedAt.getTime()) <= days * DAY_MS,
    SAME_ORDERS: ({ contentHash }) => contentHash === order.contentHash,
    RETURNED_ORDERS: ({ id, purchasedAt, totalMinor, returnedMinor }, days) => {
      const before = order.purchasedAt.getTime() - purchasedAt.getTime();
      const isBefore = before >= 0 && before <= days * DAY_MS;
      return id !== order.id && isBefore && returnedMinor >= totalMinor;
    },
  };
  return SIGNS.map((sign) => ({
    ...sign,
    count: orders.filter((one) => counts[sign.code](one, sign.days)).length,
  })).filter(({ count, limit }) => count >= limit);
}

/** In days after it was linked, when a case is over whatever happens: the ledger ends each after 30 days at most. */
const CASE_DAYS_MAX = 31;

/** Whether points wait for a case, which may be closed, at an instant. */
export const waitsForCase = (
  { decision, decidedAt }: Pick<Hold, 'decision'> & Readonly<{ decidedAt: Date | null }>,
  at: Date,
): boolean =>
  decision === 'CASE' &&
  decidedAt !== null &&
  at.getTime() < decidedAt.getTime() + CASE_DAYS_MAX * DAY_MS;

export type HoldState = 'HELD' | 'OVER' | 'CLEARED' | 'CASE' | 'CASE_CLOSED';

type Hold = Readonly<{
  until: Date;
  decision: 'CLEARED' | 'CASE' | null;
  caseClosedAt: Date | null;
}>;

/** How a hold stands at an instant. Its end needs nobody. */
export function holdState({ until, decision, caseClosedAt }: Hold, at: Date): HoldState {
  if (decision === 'CLEARED') return 'CLEARED';
  if (decision === 'CASE') return caseClosedAt === null ? 'CASE' : 'CASE_CLOSED';
  return at < until ? 'HELD' : 'OVER';
}
