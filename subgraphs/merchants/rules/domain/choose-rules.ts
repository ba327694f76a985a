import {
  type EarningOrder,
  type EarningRule,
  type PeerFact,
  type Reason,
  reason,
} from './earning.ts';
import { type Fit, fitOf } from './fitting.ts';
import type { Award } from './terms.ts';

/** A rule that pays for lines of an order, by their numbers. */
export type Payer<Rule extends EarningRule = EarningRule> = Readonly<{
  rule: Rule;
  lines: readonly number[];
}>;

/** Which rules pay for which lines of an order, which have to wait, and which do not pay and why. */
export type Choice<Rule extends EarningRule = EarningRule> = Readonly<{
  payers: readonly Payer<Rule>[];
  waiting: readonly Readonly<{ rule: Rule; facts: readonly PeerFact[] }>[];
  refused: readonly Readonly<{ rule: Rule; reasons: readonly Reason[] }>[];
}>;

/**
 * Decides which rules pay for which lines. What decides about a line is the line itself and the facts of the
 * order, never what else is in the basket; so no rule ever pays more when some of it comes back. For the same
 * reason a minimum does not pass a line on to another rule: it only decides whether the chosen one pays.
 */
export function chooseRules<Rule extends EarningRule>(
  order: EarningOrder,
  rules: readonly Rule[],
): Choice<Rule> {
  const open = new Opened<Rule>();
  const currencies = currenciesOf(rules);
  for (const rule of rules) open.take(fitOf(rule, order), against(rule, order, currencies));
  const isRate = ({ rule }: Fit<Rule>) => rule.terms.award.kind === 'RATE';
  const sets = [...Map.groupBy(open.fits, ({ rule }) => setOf(rule)).values()];
  const rateSets = sets.filter(([first]) => first !== undefined && isRate(first));
  for (const set of rateSets) open.decide(set);
  for (const set of sets) {
    if (!rateSets.includes(set)) open.decide(open.withRates(set));
  }
  return open;
}

/** What `minimumMinor` counts is the currency of the programme. */
const currenciesOf = (rules: readonly EarningRule[]): ReadonlyMap<string, string> =>
  new Map(
    rules.flatMap(({ ruleKey, programmeId, terms: { award } }) =>
      ruleKey === programmeId && award.kind === 'RATE' ? [[programmeId, award.rate.currency]] : [],
    ),
  );

function against(
  { programmeId, terms }: EarningRule,
  { currency }: EarningOrder,
  currencies: ReadonlyMap<string, string>,
): Reason[] {
  const rateCurrency = currencies.get(programmeId) ?? currency;
  if (terms.award.kind !== 'FIXED' || terms.condition.minimumMinor === null) return [];
  return rateCurrency === currency
    ? []
    : [reason('RULE_OTHER_CURRENCY', { rateCurrency, currency })];
}

/** Of the rules of one set at most one pays for a line. */
function setOf({ id, programmeId, terms: { award } }: EarningRule): string {
  if (award.kind === 'RATE') return JSON.stringify(['RATE', programmeId]);
  return JSON.stringify(award.group === null ? [id] : [award.kind, programmeId, award.group]);
}

/** The better rule of a set comes first; of two that are equally good always the same. */
function byPreference({ rule: a }: Fit, { rule: b }: Fit): number {
  const difference = compare(b.terms.award, a.terms.award);
  return difference !== 0 ? difference : a.ruleKey < b.ruleKey ? -1 : 1;
}

function compare(a: Award, b: Award): number {
  if (a.kind === 'RATE' && b.kind === 'RATE') {
    return (
      a.priority - b.priority || ratio(a.rate.points, a.rate.minor, b.rate.points, b.rate.minor)
    );
  }
  if (a.kind === 'MULTIPLIER' && b.kind === 'MULTIPLIER') {
    const [x, y] = [a.factor, b.factor];
    return ratio(x.numerator, x.denominator, y.numerator, y.denominator);
  }
  return a.kind === 'FIXED' && b.kind === 'FIXED' ? a.points - b.points : 0;
}

const ratio = (a: number, aOf: number, b: number, bOf: number): number =>
  Number(BigInt(a) * BigInt(bOf) - BigInt(b) * BigInt(aOf));

/** A choice that is being made. */
class Opened<Rule extends EarningRule> implements Choice<Rule> {
  readonly fits: Fit<Rule>[] = [];
  readonly payers: Payer<Rule>[] = [];
  readonly waiting: { rule: Rule; facts: readonly PeerFact[] }[] = [];
  readonly refused: { rule: Rule; reasons: readonly Reason[] }[] = [];

  take(fit: Fit<Rule>, further: readonly Reason[]): void {
    const reasons = [...fit.reasons, ...further];
    // What cannot be for this order takes no part. A fixed award of a group is chosen without the lines.
    const isOut = !fit.fitsOrder || further.length > 0 || fit.rule.terms.award.kind !== 'FIXED';
    if (reasons.length > 0 && isOut) this.refused.push({ rule: fit.rule, reasons });
    else this.fits.push(fit);
  }

  decide(set: readonly Fit<Rule>[]): void {
    const facts = [...new Set(set.flatMap(({ waitsFor }) => waitsFor))];
    if (facts.length > 0) {
      for (const { rule } of set) this.waiting.push({ rule, facts });
      return;
    }
    const ordered = set.length > 1 ? set.toSorted(byPreference) : set;
    if (ordered[0]?.rule.terms.award.kind === 'FIXED') this.#decideFixed(ordered);
    else this.#decideByLine(ordered);
  }

  /** The first one pays, if there are lines for it. */
  #decideFixed([first, ...others]: readonly Fit<Rule>[]): void {
    if (first === undefined) return;
    const { rule, lines, reasons } = first;
    if (reasons.length > 0) this.refused.push({ rule, reasons });
    else this.payers.push({ rule, lines: lines.map(({ number }) => number) });
    for (const other of others) {
      this.refused.push({ rule: other.rule, reasons: [preceded(rule)] });
    }
  }

  /** Each line is paid for by the first one that it fits. */
  #decideByLine(ordered: readonly Fit<Rule>[]): void {
    const taken = new Map<number, Rule>();
    for (const { rule, lines } of ordered) {
      const free = taken.size === 0 ? lines : lines.filter(({ number }) => !taken.has(number));
      if (free.length > 0) this.payers.push({ rule, lines: free.map(({ number }) => number) });
      else {
        const by = lines.map(({ number }) => taken.get(number)).find((one) => one !== undefined);
        this.refused.push({ rule, reasons: [preceded(by)] });
      }
      for (const { number } of free) taken.set(number, rule);
    }
  }

  /** The fits of a set of multipliers with those lines alone for which a rate pays. */
  withRates(set: readonly Fit<Rule>[]): Fit<Rule>[] {
    return set.flatMap((fit) => {
      const { rule } = fit;
      if (rule.terms.award.kind !== 'MULTIPLIER') return [fit];
      const isRate = (other: Rule) =>
        other.programmeId === rule.programmeId && other.terms.award.kind === 'RATE';
      const facts = this.waiting.find((one) => isRate(one.rule))?.facts ?? [];
      if (facts.length > 0) return [{ ...fit, waitsFor: [...fit.waitsFor, ...facts] }];
      const paid = new Set(this.payers.flatMap((payer) => (isRate(payer.rule) ? payer.lines : [])));
      const lines = fit.lines.filter(({ number }) => paid.has(number));
      if (lines.length > 0 || fit.waitsFor.length > 0) return [{ ...fit, lines }];
      this.refused.push({ rule, reasons: [reason('RULE_NO_RATE')] });
      return [];
    });
  }
}

const preceded = (by: EarningRule | undefined): Reason =>
  reason('RULE_PRECEDED', { zh: by?.terms.title.zh ?? '', en: by?.terms.title.en ?? '' });
