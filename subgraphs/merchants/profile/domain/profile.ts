import { fraction, multiplyHalfUp } from '../../../../shared/quantities.ts';

/** What is known of the taste of a member (S22). */
export type PreferenceKind = 'CATEGORY' | 'SIZE' | 'COLOUR';
export const PREFERENCE_KINDS = ['CATEGORY', 'SIZE', 'COLOUR'] as const;

/** Something that a member bought, and in how many orders of the year. */
export type Preference = Readonly<{ kind: PreferenceKind; preferred: string; orders: number }>;

/**
 * What a member bought at one merchant, returns taken off, in the smallest unit of `currency`. An order of which
 * nothing was kept is none.
 */
export type Activity = Readonly<{
  currency: string;
  /** In the last `DAYS.year` days, and what was paid for them. */
  orders: number;
  minor: number;
  /** In the last `DAYS.recent` days, and in as many days before those. */
  recentOrders: number;
  recentMinor: number;
  earlierOrders: number;
  earlierMinor: number;
}>;

/** How far back a profile looks. A day is 24 hours. What is older is not in it. */
export const DAYS = { year: 365, recent: 90 } as const;

/** A preference is what was bought in so many orders; so many of a kind are kept. */
export const PREFERENCES = { ordersLeast: 2, most: 5 } as const;

/** What an order comes to on average, halves up. */
export const averageOf = ({ orders, minor }: Activity): number =>
  multiplyHalfUp(minor, fraction(1, orders));

/** Rising means at least so many orders lately, and so many times as much as before, as a fraction. */
export const RISING = { ordersLeast: 3, times: { numerator: 3, denominator: 2 } } as const;

/**
 * Whether a member buys more than before (S25): at least three orders lately, at least one before, and half as
 * much again both in orders and in money. Nothing else is looked at.
 */
export function isRising(activity: Omit<Activity, 'orders' | 'minor' | 'currency'>): boolean {
  const { recentOrders, recentMinor, earlierOrders, earlierMinor } = activity;
  return (
    earlierOrders > 0 &&
    recentOrders >= RISING.ordersLeast &&
    isHalfAgain(recentOrders, earlierOrders) &&
    isHalfAgain(recentMinor, earlierMinor)
  );
}

const isHalfAgain = (now: number, before: number): boolean =>
  BigInt(now) * BigInt(RISING.times.denominator) >= BigInt(before) * BigInt(RISING.times.numerator);

/** Of each kind those that were bought most often; equal ones in the order of their names. */
export const preferencesOf = (bought: readonly Preference[]): Preference[] =>
  PREFERENCE_KINDS.flatMap((kind) =>
    bought
      .filter((one) => one.kind === kind && one.orders >= PREFERENCES.ordersLeast)
      .toSorted(
        (a, b) =>
          b.orders - a.orders ||
          Number(a.preferred > b.preferred) - Number(a.preferred < b.preferred),
      )
      .slice(0, PREFERENCES.most),
  );
