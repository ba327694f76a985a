import {
  type Award,
  CONDITION_LISTS,
  type Condition,
  type RuleTerms,
} from '../../rules/domain/terms.ts';
import type { RuleSubject } from './finding.ts';
import { type Fraction, fraction, isAbove, larger, plus, times, ZERO } from './fraction.ts';

/** Above it a rule is not published (L9). */
export const REBATE_MAX = fraction(30, 100);

/** Above it somebody should look at it (L9). */
export const REBATE_REVIEW = fraction(15, 100);

/** A rebate that no bound holds: points for an order however small. */
export type Unbounded = 'UNBOUNDED';

/**
 * The most that a purchase can bring of its price (L9): this rule and all others of the merchant that can
 * hold for the same order, each at its highest, the points at their highest cash-equivalent. Other programmes are
 * taken to meet each other. Null: the rule is not about purchases.
 */
export function highestRebate({
  terms,
  worth,
  beside,
  elsewhere,
}: Pick<RuleSubject, 'terms' | 'worth' | 'beside' | 'elsewhere'>): Fraction | Unbounded | null {
  if (terms.trigger !== 'PURCHASE') return null;
  const here = rebateOf([terms, ...beside.filter((other) => mayMeet(terms, other))], worth);
  if (here === 'UNBOUNDED') return here;
  return elsewhere
    .map((one) =>
      rebateOf(
        one.rules.filter((other) => mayMeet(terms, other)),
        one.worth,
      ),
    )
    .filter((rebate) => rebate !== 'UNBOUNDED')
    .reduce(plus, here);
}

/** What rules of one programme give of the price together. */
function rebateOf(all: readonly RuleTerms[], worth: RuleSubject['worth']): Fraction | Unbounded {
  const rates = all.map(({ award }) => rateOf(award, worth.currency));
  const rate = rates.reduce(larger, ZERO);
  const multiplied = times(rate, plus(fraction(1, 1), multipliers(all)));
  const fixed = fixedOf(all);
  if (fixed === 'UNBOUNDED') return fixed;
  const points = plus(multiplied, fixed);
  return times(points, fraction(worth.minor, worth.points));
}

/** Points for each of the smallest unit. */
const rateOf = (award: Award, currency: string): Fraction =>
  award.kind === 'RATE' && award.rate.currency === currency
    ? fraction(award.rate.points, award.rate.minor)
    : ZERO;

/** What multipliers add to the rate: of one group the best, groups together. */
function multipliers(rules: readonly RuleTerms[]): Fraction {
  const added = rules.flatMap(({ award }) =>
    award.kind === 'MULTIPLIER'
      ? [
          {
            group: award.group,
            value: fraction(
              award.factor.numerator - award.factor.denominator,
              award.factor.denominator,
            ),
          },
        ]
      : [],
  );
  return bestOfGroups(added);
}

/** Points once for an order, over the smallest order that brings them. */
function fixedOf(rules: readonly RuleTerms[]): Fraction | Unbounded {
  const paid = rules.filter(({ award }) => award.kind === 'FIXED');
  if (paid.some(({ condition }) => (condition.minimumMinor ?? 0) < 1)) return 'UNBOUNDED';
  return bestOfGroups(
    paid.flatMap(({ award, condition, caps }) =>
      award.kind === 'FIXED'
        ? [
            {
              group: award.group,
              value: fraction(
                Math.min(award.points, caps.perOrder ?? award.points),
                condition.minimumMinor ?? 1,
              ),
            },
          ]
        : [],
    ),
  );
}

type Grouped = Readonly<{ group: string | null; value: Fraction }>;

function bestOfGroups(values: readonly Grouped[]): Fraction {
  const best = new Map<string | null, Fraction>();
  let sum = ZERO;
  for (const { group, value } of values) {
    if (!isAbove(value, ZERO)) continue;
    // Without a group a rule stands by itself and adds up.
    if (group === null) sum = plus(sum, value);
    else best.set(group, larger(best.get(group) ?? ZERO, value));
  }
  return [...best.values()].reduce(plus, sum);
}

/**
 * Whether an order can exist of which one line fits both rules. Rules for different lines never give more of
 * the price than the better of them.
 */
function mayMeet(left: RuleTerms, right: RuleTerms): boolean {
  if (right.trigger !== 'PURCHASE') return false;
  const one = left.condition;
  const other = right.condition;
  return (
    CONDITION_LISTS.every((list) => haveCommon<string | number>(one[list], other[list])) &&
    (one.isGreen === null || other.isGreen === null || one.isGreen === other.isGreen) &&
    windowsMeet(one, other) &&
    hoursMeet(one, other)
  );
}

const haveCommon = <Value>(one: readonly Value[] | null, other: readonly Value[] | null): boolean =>
  one === null || other === null || one.some((value) => other.includes(value));

function windowsMeet(one: Condition, other: Condition): boolean {
  const from = Math.max(instantOf(one.from, -Infinity), instantOf(other.from, -Infinity));
  const until = Math.min(instantOf(one.until, Infinity), instantOf(other.until, Infinity));
  return from < until;
}

const instantOf = (text: string | null, otherwise: number): number =>
  text === null ? otherwise : Date.parse(text);

/** Hours that go over midnight are taken to meet any others. */
const hoursMeet = ({ hours: one }: Condition, { hours: other }: Condition): boolean =>
  one === null ||
  other === null ||
  one.from > one.until ||
  other.from > other.until ||
  (one.from < other.until && other.from < one.until);
