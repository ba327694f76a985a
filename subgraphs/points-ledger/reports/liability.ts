import { type Day, dayOf, NEVER } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import type { Money } from '../domain/price.ts';
import { costRoundedOnce } from './cost.ts';
import type { OpenPoints } from './read-reports.ts';

/** What is told of: everything that was booked by an instant. Of all issuers for null. */
export type LiabilityView = Readonly<{ at: Date; throughSeq: number; issuerId: string | null }>;

/** Points of one issuer and unit that can be spent until some month, and what they cost. */
export type LiabilityRow = Readonly<{
  issuerId: string;
  unit: string;
  /** `2027-03`; null: they never expire. */
  expiryMonth: string | null;
  points: number;
  available: number;
  held: number;
  pending: number;
  lapsed: number;
  /** Rounded once for each currency. */
  amounts: Money[];
}>;

export type BreakageRow = Readonly<{
  issuerId: string;
  unit: string;
  expiryMonth: string | null;
  points: number;
  amounts: Money[];
}>;

/**
 * What issuers owe for points that are open, by issuer, unit and month of expiry. Points whose day has
 * come are open no more, though they are the member's in the books until the run of expiry: they are
 * counted beside, and cost nothing. What is held was good when it was set aside, and can be captured.
 */
export function liabilityRows(open: readonly OpenPoints[], at: Date): LiabilityRow[] {
  const inWallets = open.filter(({ account }) => account !== 'BREAKAGE');
  return byMonth(inWallets).map(({ parts, ...head }) => {
    const good = goodPoints(parts, at);
    const of = (account: OpenPoints['account']) =>
      pointsOf(good.filter((part) => part.account === account));
    return {
      ...head,
      points: pointsOf(good),
      available: of('AVAILABLE'),
      held: of('HELD'),
      pending: of('PENDING'),
      lapsed: pointsOf(parts) - pointsOf(good),
      amounts: costRoundedOnce(good),
    };
  });
}

/** Those that somebody can still spend: what they cost is owed. */
export function goodPoints(open: readonly OpenPoints[], at: Date): OpenPoints[] {
  const today = dayOf(at);
  return open.filter(
    ({ account, expiresOn }) => account === 'HELD' || (account !== 'BREAKAGE' && today < expiresOn),
  );
}

/** What lapsed unspent, less what returns took back, by the month in which it lapsed. */
export const breakageRows = (open: readonly OpenPoints[]): BreakageRow[] =>
  byMonth(open.filter(({ account }) => account === 'BREAKAGE')).map(({ parts, ...head }) => ({
    ...head,
    points: pointsOf(parts),
    amounts: costRoundedOnce(parts),
  }));

const pointsOf = (parts: readonly OpenPoints[]): number => sum(parts.map(({ points }) => points));

/** In the order of issuer, unit and month: that of the statement that read them. */
const byMonth = (open: readonly OpenPoints[]) =>
  Map.groupBy(
    open,
    ({ issuerId, unit, expiresOn }) => `${issuerId}\n${unit}\n${Math.floor(expiresOn / 100)}`,
  )
    .values()
    .flatMap((parts) => {
      const [first] = parts;
      if (first === undefined) return [];
      const { issuerId, unit, expiresOn } = first;
      return [{ issuerId, unit, expiryMonth: monthOf(expiresOn), parts }];
    })
    .toArray();

const monthOf = (day: Day): string | null =>
  day === NEVER ? null : `${String(day).slice(0, 4)}-${String(day).slice(4, 6)}`;
