import type { Day } from '../../../shared/calendar.ts';
import type { PriceClass } from './price.ts';

/** What tells lots of one wallet apart. Points that agree in all of it are one lot. */
export type LotKey = Readonly<{
  unit: string;
  issuerId: string;
  /** The first day on which the points cannot be spent. */
  expiresOn: Day;
  priceClass: PriceClass;
  /** Who put the points into a family's pool; empty outside of pools. */
  contributor: string;
  /** What alone the points are good for; empty: for everything. */
  useScope: string;
}>;

export type LotAmount = Readonly<{ key: LotKey; points: number }>;

/** The key as text, for use in a `Map`. */
export const lotText = (key: LotKey): string =>
  `${key.expiresOn}\n${key.issuerId}\n${key.unit}\n${key.priceClass}\n${key.contributor}\n${key.useScope}`;

/** Points are good until the day before `expiresOn`. */
export const isSpendable = (key: LotKey, today: Day): boolean => today < key.expiresOn;

/** The order of a wallet's lots; inside one expiry and issuer those that are good for one thing only first. */
export function compareLots(a: LotKey, b: LotKey): number {
  return (
    a.expiresOn - b.expiresOn ||
    compareText(a.issuerId, b.issuerId) ||
    compareText(b.useScope, a.useScope) ||
    compareText(a.priceClass, b.priceClass) ||
    compareText(a.contributor, b.contributor)
  );
}

/** By code units, so that every machine and database agrees whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
