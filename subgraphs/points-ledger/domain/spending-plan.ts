import type { Day } from '../../../shared/calendar.ts';
import { splitByLargestRemainder, sum } from '../../../shared/quantities.ts';
import { compareLots, compareText, isSpendable, type LotAmount, type LotKey } from './lot.ts';

export type SpendingOrder = Readonly<{
  /** How many of the wanted points there are: all, or what is available. */
  taken: number;
  available: number;
  missing: number;
  /** In the order of spending. */
  draws: readonly LotAmount[];
}>;

/**
 * Which lots pay, and so which issuers: the earliest expiry first; among lots of one expiry all
 * issuers alike, in proportion to what each has there (largest remainder, issuers in the order of
 * their ids); of one issuer, in a family's pool, all who put some there alike; then one lot after the other,
 * those that are good for this only first. Expired lots never pay, and those that are good for one thing only when that is among `scopes` (S21). `lots` are of one unit.
 */
export function planSpending(
  lots: readonly LotAmount[],
  points: number,
  today: Day,
  scopes: readonly string[] = [],
): SpendingOrder {
  const good = lots
    .filter(({ key, points: left }) => left > 0 && isSpendable(key, today) && pays(key, scopes))
    .toSorted((a, b) => compareLots(a.key, b.key));
  const available = sum(good.map((lot) => lot.points));
  const taken = Math.min(points, available);
  const draws: LotAmount[] = [];
  let open = taken;
  for (const sameExpiry of Map.groupBy(good, ({ key }) => key.expiresOn).values()) {
    if (open === 0) break;
    const amount = Math.min(open, sum(sameExpiry.map((lot) => lot.points)));
    draws.push(...drawPrecisely(sameExpiry, amount));
    open -= amount;
  }
  return { taken, available, missing: points - taken, draws };
}

/** Which lots can be spent for anything. */
export const spendableLots = (lots: readonly LotAmount[], today: Day): LotAmount[] =>
  lots.filter(({ key }) => isSpendable(key, today) && pays(key, []));

/** How many of the points of some lots can be spent for anything. */
export const spendable = (lots: readonly LotAmount[], today: Day): number =>
  sum(spendableLots(lots, today).map(({ points }) => points));

const pays = ({ useScope }: LotKey, scopes: readonly string[]): boolean =>
  useScope === '' || scopes.includes(useScope);

/** Draws `amount` from lots of one expiry, in proportion over the issuers. */
function drawPrecisely(lots: readonly LotAmount[], amount: number): LotAmount[] {
  const byIssuer = [...Map.groupBy(lots, ({ key }) => key.issuerId)].toSorted(([a], [b]) =>
    compareText(a, b),
  );
  const parts = splitByLargestRemainder(
    amount,
    byIssuer.map(([, own]) => sum(own.map((lot) => lot.points))),
  );
  return byIssuer.flatMap(([, own], index) => drawEvenly(own, parts[index] ?? 0));
}

/** Draws from lots of one issuer and expiry; in a family's pool from all who put some there, in proportion. */
function drawEvenly(lots: readonly LotAmount[], amount: number): LotAmount[] {
  const byContributor = [...Map.groupBy(lots, ({ key }) => key.contributor)].toSorted(([a], [b]) =>
    compareText(a, b),
  );
  const parts = splitByLargestRemainder(
    amount,
    byContributor.map(([, own]) => sum(own.map((lot) => lot.points))),
  );
  return byContributor.flatMap(([, own], index) => drawInOrder(own, parts[index] ?? 0));
}

/** Draws `amount` from one lot after the other. */
export function drawInOrder(lots: readonly LotAmount[], amount: number): LotAmount[] {
  const draws: LotAmount[] = [];
  let open = amount;
  for (const { key, points } of lots) {
    const drawn = Math.min(open, points);
    if (drawn > 0) draws.push({ key, points: drawn });
    open -= drawn;
  }
  return draws;
}
