import type {
  EarningLine,
  EarningOrder,
  EarningRule,
} from '../../../subgraphs/merchants/rules/domain/earning.ts';
import type { Condition } from '../../../subgraphs/merchants/rules/domain/terms.ts';

/*
 * What an order earns, worked out a second time from the sentences of `terms.ts` alone: line by line, in
 * fractions, without any of the engine's code. Slow and plain.
 */

type Fraction = readonly [bigint, bigint];
const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];

const BEIJING_MS = 8 * 3_600_000;

function orderFits(rule: EarningRule, order: EarningOrder): boolean {
  const { condition: c, award } = rule.terms;
  const local = new Date(order.purchasedAt.getTime() + BEIJING_MS);
  const weekday = ((local.getUTCDay() + 6) % 7) + 1;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const asked: [readonly string[] | null, string | null][] = [
    [c.stores, order.storeId],
    [c.channels, order.channel],
    [c.regions, order.region],
    [c.paymentInstruments, order.paymentInstrument],
    [c.tiers, order.tier],
  ];
  if (asked.some(([list, value]) => list !== null && !list.some((one) => one === value)))
    return false;
  if (c.weekdays !== null && !c.weekdays.includes(weekday)) return false;
  if (c.hours !== null) {
    const { from, until } = c.hours;
    const minutes = new Set<number>();
    for (let m = from; m !== until; m = (m + 1) % 1440) minutes.add(m);
    if (!minutes.has(minute)) return false;
  }
  if (c.from !== null && order.purchasedAt < new Date(c.from)) return false;
  if (c.until !== null && order.purchasedAt >= new Date(c.until)) return false;
  if (award.kind === 'RATE' && award.rate.currency !== order.currency) return false;
  return award.kind !== 'MULTIPLIER' || award.factor.numerator > award.factor.denominator;
}

const lineFits = (c: Condition, line: EarningLine): boolean =>
  (c.categories === null || (line.category !== null && c.categories.includes(line.category))) &&
  (c.skus === null || (line.sku !== null && c.skus.includes(line.sku))) &&
  (c.isGreen === null || c.isGreen === line.isGreen);

const amountOf = ({ amountMinor, quantity, returnedQuantity }: EarningLine): bigint =>
  BigInt(amountMinor) - (BigInt(amountMinor) * BigInt(returnedQuantity)) / BigInt(quantity);

/** The points of each rule, by its key. Rules that pay nothing are not in it. */
export function referencePoints(
  order: EarningOrder,
  rules: readonly EarningRule[],
): Map<string, number> {
  const fitting = rules.filter((rule) => orderFits(rule, order));
  const reaches = ({ terms: { condition } }: EarningRule): boolean => {
    const lines = order.lines.filter((line) => lineFits(condition, line));
    const total = lines.reduce((all, line) => all + amountOf(line), 0n);
    const isKept = lines.some((line) => line.quantity > line.returnedQuantity);
    return isKept && (condition.minimumMinor === null || total >= BigInt(condition.minimumMinor));
  };
  const exact = new Map<EarningRule, Fraction>();
  const credit = (rule: EarningRule, part: Fraction) =>
    exact.set(rule, add(exact.get(rule) ?? [0n, 1n], part));

  for (const line of order.lines) {
    for (const programmeId of new Set(rules.map((rule) => rule.programmeId))) {
      const here = fitting.filter(
        (rule) => rule.programmeId === programmeId && lineFits(rule.terms.condition, line),
      );
      const rate = best(here.filter(({ terms }) => terms.award.kind === 'RATE'));
      if (rate === null || rate.terms.award.kind !== 'RATE' || !reaches(rate)) continue;
      const { points, minor } = rate.terms.award.rate;
      const base: Fraction = [amountOf(line) * BigInt(points), BigInt(minor)];
      credit(rate, base);
      const multipliers = here.filter(({ terms }) => terms.award.kind === 'MULTIPLIER');
      for (const rule of winners(multipliers)) {
        if (rule.terms.award.kind !== 'MULTIPLIER' || !reaches(rule)) continue;
        const { numerator, denominator } = rule.terms.award.factor;
        credit(rule, [base[0] * BigInt(numerator - denominator), base[1] * BigInt(denominator)]);
      }
    }
  }
  for (const programmeId of new Set(rules.map((rule) => rule.programmeId))) {
    const basic = rules.find((rule) => rule.ruleKey === programmeId)?.terms.award;
    const currency = basic?.kind === 'RATE' ? basic.rate.currency : order.currency;
    const fixed = fitting.filter(
      ({ programmeId: own, terms: { award, condition } }) =>
        own === programmeId &&
        award.kind === 'FIXED' &&
        (condition.minimumMinor === null || currency === order.currency),
    );
    for (const rule of winners(fixed)) {
      if (rule.terms.award.kind === 'FIXED' && reaches(rule)) {
        credit(rule, [BigInt(rule.terms.award.points), 1n]);
      }
    }
  }
  const points = [...exact].map(([{ ruleKey, terms }, [a, b]]): [string, number] => {
    const whole = Number(a / b);
    return [ruleKey, Math.min(whole, terms.caps.perOrder ?? whole)];
  });
  return new Map(points.filter(([, whole]) => whole > 0));
}

/** The best of each group, and all that are in none. */
const winners = (rules: readonly EarningRule[]): EarningRule[] => {
  const groups = Map.groupBy(rules, ({ ruleKey, terms: { award } }) =>
    award.kind !== 'RATE' && award.group !== null ? `group ${award.group}` : `alone ${ruleKey}`,
  );
  return [...groups.values()].flatMap((group) => best(group) ?? []);
};

/** What comes first by priority, then by what it pays, then by key. */
function best(rules: readonly EarningRule[]): EarningRule | null {
  const worth = ({ terms: { award } }: EarningRule): [number, number] => {
    if (award.kind === 'RATE') return [award.priority, award.rate.points / award.rate.minor];
    return award.kind === 'FIXED'
      ? [0, award.points]
      : [0, award.factor.numerator / award.factor.denominator];
  };
  let found: EarningRule | null = null;
  for (const rule of rules.toSorted((a, b) => (a.ruleKey < b.ruleKey ? -1 : 1))) {
    const [[a1, a2], [b1, b2]] = [worth(rule), found === null ? [-1, 0] : worth(found)];
    if (a1 > b1 || (a1 === b1 && a2 > b2)) found = rule;
  }
  return found;
}
