import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';

/** Why goods came back: without a reason, because of a defect, or because the merchant agrees to it. */
export type ReturnGrounds = 'CHANGED_MIND' | 'DEFECT' | 'MERCHANT_CONSENT';

/** What no window ever closes: a defect has its own law (消费者权益保护法 24), and who agrees agrees. */
export const ALWAYS_POSSIBLE: readonly ReturnGrounds[] = ['DEFECT', 'MERCHANT_CONSENT'];

/**
 * Goods that were not bought in a shop come back without a reason for so many days from their receipt
 * (消费者权益保护法 25). No programme shortens it.
 */
export const DISTANCE_DAYS = 7;

const SHOP = 'STORE';

/** Until when an order can be brought back without a reason. */
export type ReturnWindow = Readonly<{
  days: number;
  /** Included. */
  lastDay: Day;
}>;

/** What a window follows from. */
export type SoldGoods = Readonly<{
  channel: string | null;
  purchasedAt: Date;
  deliveredAt: Date | null;
  /** When something dearer took the place of goods for the last time. */
  upgradedAt: Date | null;
  /** The days that the merchant's programmes stated when it was bought; 0: as the law says. */
  stated: readonly number[];
}>;

/**
 * The longest of the stated windows, in days after the one on which the member got the goods: delivered, upgraded,
 * or else bought. Null: no end is known, because nobody stated one, or because nothing says when goods were
 * received that were not bought in a shop.
 */
export function returnWindow(sold: SoldGoods): ReturnWindow | null {
  const { channel, purchasedAt, deliveredAt, upgradedAt } = sold;
  const stated = Math.max(0, ...sold.stated);
  if (stated === 0) return null;
  const isSent = channel !== null && channel !== SHOP;
  if (isSent && deliveredAt === null) return null;
  // A shop is taken for granted only where the order says so.
  const days = channel === SHOP ? stated : Math.max(stated, DISTANCE_DAYS);
  const got = [purchasedAt, deliveredAt, upgradedAt].flatMap((at) =>
    at === null ? [] : dayOf(at),
  );
  return { days, lastDay: addDays(Math.max(...got), days) };
}

/** Whether goods may still come back without a reason at an instant. */
export const isOpen = (window: ReturnWindow | null, at: Date): boolean =>
  window === null || dayOf(at) <= window.lastDay;
