/** What a line of an order comes to in money, in fen. */
export type ShopLine = { number: number; quantity: number; amount: number; returned: number };

/** An order as the shop's own books have it. They know the rules by what the shop was told, and none of our code. */
export type ShopOrder = {
  orderNumber: string;
  memberId: string;
  lines: ShopLine[];
  /** The most that it ever came to. */
  base: number;
  /** Steps of points that paid a part, and those that went back. */
  steps: number;
  stepsBack: number;
  isCancelled: boolean;
  purchaseId: string | null;
};

export const POINTS_OF_STEP = 5;
export const FEN_OF_STEP = 4;
export const POINTS_OF_VOUCHER = 100;
export const FACE = 500;

export const totalOf = ({ lines }: Pick<ShopOrder, 'lines'>): number =>
  lines.reduce((all, { amount }) => all + amount, 0);

/** What came back of a line goes by pieces, rounded down. */
export const returnedOf = ({ lines }: Pick<ShopOrder, 'lines'>): number =>
  lines.reduce(
    (all, { amount, returned, quantity }) => all + Math.floor((amount * returned) / quantity),
    0,
  );

export class ShopBooks {
  readonly orders: ShopOrder[] = [];
  /** Codes of vouchers, with the order that each was taken with. */
  readonly vouchers = new Map<string, string>();
  vouchersMade = 0;
  readonly #points = new Map<string, number>();

  /** What a member has before the day. */
  opens(memberId: string, points: number): void {
    this.#points.set(memberId, points);
  }

  voucherMade(memberId: string): void {
    this.vouchersMade += 1;
    this.#points.set(memberId, (this.#points.get(memberId) ?? 0) - POINTS_OF_VOUCHER);
  }

  /** What became of an order in money decides what of the points still pays. */
  settle(order: ShopOrder): void {
    order.base = Math.max(order.base, totalOf(order));
    const kept = Math.min(totalOf(order) - returnedOf(order), order.base);
    const paying = Math.floor((order.steps * kept) / order.base);
    order.stepsBack = Math.max(order.stepsBack, order.steps - paying);
  }

  /** What a member must have at the end: one point for each whole yuan that was paid and kept. */
  pointsOf(memberId: string): number {
    const theirs = this.orders.filter((order) => order.memberId === memberId);
    return theirs.reduce((points, order) => {
      const earned = Math.floor((totalOf(order) - returnedOf(order)) / 100);
      return points + earned - (order.steps - order.stepsBack) * POINTS_OF_STEP;
    }, this.#points.get(memberId) ?? 0);
  }

  /** Points that the shop took in the place of money, and others owe it for. */
  taken(): number {
    const atTill = this.orders.reduce((all, one) => all + one.steps - one.stepsBack, 0);
    return atTill * POINTS_OF_STEP + this.vouchersMade * POINTS_OF_VOUCHER;
  }
}
