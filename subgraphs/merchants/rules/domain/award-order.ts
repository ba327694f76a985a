import { type Choice, chooseRules, type Payer } from './choose-rules.ts';
import {
  type EarningLine,
  type EarningOrder,
  type EarningRule,
  keptAmount,
  type Reason,
  reason,
} from './earning.ts';
import { fittingLines } from './fitting.ts';
import type { Rate } from './terms.ts';

/** What one order may award over all rules: nine hundred thousand such orders fit into a wallet. */
export const ORDER_POINTS_MAX = 10_000_000_000;

/** What one rule earns by itself, before it is known what is left under its caps. */
export type Earned<Rule extends EarningRule = EarningRule> = Payer<Rule> &
  Readonly<{
    points: number;
    /** Points that count for tiers, where the rule has a rate of its own for them; null: as many. */
    qualifying: number | null;
    /** Why it is nothing, or less. */
    reasons: readonly Reason[];
  }>;

export type OrderAward<Rule extends EarningRule = EarningRule> = Readonly<{
  earned: readonly Earned<Rule>[];
  waiting: Choice<Rule>['waiting'];
  refused: Choice<Rule>['refused'];
}>;

/** What an order earns by rules, or null when all of it together is more than `ORDER_POINTS_MAX`. */
export function awardOrder<Rule extends EarningRule>(
  order: EarningOrder,
  rules: readonly Rule[],
): OrderAward<Rule> | null {
  const { payers, waiting, refused } = chooseRules(order, rules);
  const earned = earnedBy(payers, order);
  return earned === null ? null : { earned, waiting, refused };
}

/**
 * What rules earn with what has not come back of the lines that they pay for: exact, each rule rounded down
 * once over the whole order (S1, S9). Null when it is more than `ORDER_POINTS_MAX`.
 */
export function earnedBy<Rule extends EarningRule>(
  payers: readonly Payer<Rule>[],
  { lines, currency }: Pick<EarningOrder, 'lines' | 'currency'>,
): Earned<Rule>[] | null {
  const basket = new Basket({ lines, currency }, payers);
  const earned: Earned<Rule>[] = [];
  let all = 0n;
  for (const payer of payers) {
    const { perOrder } = payer.rule.terms.caps;
    const missing = basket.missing(payer.rule);
    const exact = missing === null ? basket.pointsOf(payer) : 0n;
    const points = perOrder !== null && exact > BigInt(perOrder) ? BigInt(perOrder) : exact;
    const qualifying = basket.qualifyingOf(payer, currency);
    all += points > (qualifying ?? 0n) ? points : (qualifying ?? 0n);
    if (all > BigInt(ORDER_POINTS_MAX)) return null;
    const reasons: Reason[] = missing === null ? [] : [missing];
    if (missing === null && exact === 0n) reasons.push(reason('RULE_ROUNDED_AWAY'));
    if (points < exact) reasons.push(cutBy('perOrder', exact - points));
    earned.push({
      ...payer,
      points: Number(points),
      qualifying: qualifying === null ? null : Number(qualifying),
      reasons,
    });
  }
  return earned;
}

/** A bound in the way of points. */
export const cutBy = (cap: CapName, points: number | bigint): Reason =>
  reason('RULE_CAP', { cap, points: Number(points) });

/** The bounds of a rule, in the order in which they cut what it gives. */
export const CAP_NAMES = ['perOrder', 'perMemberPerDay', 'perMember', 'budget'] as const;
export type CapName = (typeof CAP_NAMES)[number];

/** An order as far as its amounts decide how much rules pay. */
class Basket {
  readonly #lines: readonly EarningLine[];
  readonly #currency: string;
  readonly #amounts: ReadonlyMap<number, number>;
  readonly #payers: readonly Payer[];

  constructor(
    { lines, currency }: Pick<EarningOrder, 'lines' | 'currency'>,
    payers: readonly Payer[],
  ) {
    this.#lines = lines;
    this.#currency = currency;
    this.#amounts = new Map(lines.map((line) => [line.number, keptAmount(line)]));
    this.#payers = payers;
  }

  /** Why a rule pays nothing for what is there, or null. */
  missing({ terms: { award, condition } }: EarningRule): Reason | null {
    const { minimumMinor } = condition;
    if (minimumMinor === null && award.kind !== 'FIXED') return null;
    const fitting = fittingLines(condition, this.#lines);
    const isAnyKept = fitting.some((line) => line.quantity > line.returnedQuantity);
    if (award.kind === 'FIXED' && !isAnyKept) return reason('RULE_NO_LINE');
    if (minimumMinor === null) return null;
    const amount = this.#sum(fitting.map(({ number }) => number));
    if (amount >= BigInt(minimumMinor)) return null;
    return reason('RULE_MINIMUM', {
      minimum: minimumMinor,
      actual: Number(amount),
      currency: this.#currency,
    });
  }

  /** What a rule pays for its lines, its minimum apart. */
  pointsOf({ rule, lines }: Payer): bigint {
    const { award } = rule.terms;
    switch (award.kind) {
      case 'FIXED':
        return BigInt(award.points);
      case 'RATE':
        return floor(this.#at(award.rate, lines));
      case 'MULTIPLIER': {
        const { numerator, denominator } = award.factor;
        const extra: Exact = [BigInt(numerator - denominator), BigInt(denominator)];
        return floor(times(this.#byRates(rule.programmeId, lines), extra));
      }
    }
  }

  qualifyingOf({ rule, lines }: Payer, currency: string): bigint | null {
    const { qualifying } = rule.terms;
    if (qualifying === null) return null;
    if (qualifying.currency !== currency || this.missing(rule) !== null) return 0n;
    return floor(this.#at(qualifying, lines));
  }

  /** What the rates of a programme pay for lines, not rounded. */
  #byRates(programmeId: string, lines: readonly number[]): Exact {
    const asked = new Set(lines);
    let all: Exact = [0n, 1n];
    for (const { rule, lines: paid } of this.#payers) {
      const { award } = rule.terms;
      if (rule.programmeId !== programmeId || award.kind !== 'RATE') continue;
      const both = paid.filter((number) => asked.has(number));
      if (both.length > 0 && this.missing(rule) === null)
        all = plus(all, this.#at(award.rate, both));
    }
    return all;
  }

  #at({ points, minor }: Rate, lines: readonly number[]): Exact {
    return [this.#sum(lines) * BigInt(points), BigInt(minor)];
  }

  #sum(lines: readonly number[]): bigint {
    let total = 0;
    // Within `TOTAL_MAX`, far below the range of safe integers.
    for (const number of lines) total += this.#amounts.get(number) ?? 0;
    return BigInt(total);
  }
}

/** A numerator and a denominator. */
type Exact = readonly [bigint, bigint];

const plus = ([a, b]: Exact, [c, d]: Exact): Exact =>
  b === d ? [a + c, b] : [a * d + c * b, b * d];
const times = ([a, b]: Exact, [c, d]: Exact): Exact => [a * c, b * d];
const floor = ([a, b]: Exact): bigint => a / b;
