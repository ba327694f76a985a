import { minuteOf, weekdayOf } from '../../../../shared/calendar.ts';
import {
  type EarningLine,
  type EarningOrder,
  type EarningRule,
  type OrderFacts,
  type PeerFact,
  type Reason,
  reason,
} from './earning.ts';
import { lifeOf } from './points-life.ts';
import type { Condition, RuleTerms } from './terms.ts';

/** Which lines of an order a rule is for, whatever else is in the basket, and what stands against it. */
export type Fit<Rule extends EarningRule = EarningRule> = Readonly<{
  rule: Rule;
  /** The lines that fit; none when `reasons` has any. */
  lines: readonly EarningLine[];
  /** All conditions that do not hold, each for itself. */
  reasons: readonly Reason[];
  /** Whether all that is said of orders holds, be there lines for it or not. */
  fitsOrder: boolean;
  /** What has to be known before it can be told whether it fits. */
  waitsFor: readonly PeerFact[];
}>;

/** Looks at one rule by itself. The minimum is not looked at: it does not decide between rules. */
export function fitOf<Rule extends EarningRule>(rule: Rule, order: EarningOrder): Fit<Rule> {
  const { terms } = rule;
  const { condition } = terms;
  const reasons = [...againstTerms(terms, order), ...againstOrder(condition, order)];
  if (rule.mayIssue === false) reasons.unshift(...(rule.whyNot ?? [reason('ISSUER_NOT_ELIGIBLE')]));
  const fitsOrder = reasons.length === 0;
  const isTierUnknown = condition.tiers !== null && order.tier === null;
  const possible = order.lines.filter((line) => fitsApartFromGreen(condition, line));
  const isGreenUnknown =
    condition.isGreen !== null && possible.some((line) => line.isGreen === null);
  const lines = possible.filter((line) => fitsGreen(condition, line));
  if (lines.length === 0 && !isGreenUnknown) reasons.push(...againstLines(condition, order.lines));
  if (reasons.length > 0) return { rule, lines: [], reasons, fitsOrder, waitsFor: [] };
  const waitsFor: PeerFact[] = [
    ...(isTierUnknown ? (['TIER'] as const) : []),
    ...(isGreenUnknown ? (['GREEN'] as const) : []),
  ];
  return { rule, lines, reasons, fitsOrder, waitsFor };
}

/** The lines that a condition is for. */
export const fittingLines = (
  condition: Condition,
  lines: readonly EarningLine[],
): readonly EarningLine[] =>
  condition.categories === null && condition.skus === null && condition.isGreen === null
    ? lines
    : lines.filter((line) => fitsApartFromGreen(condition, line) && fitsGreen(condition, line));

const fitsApartFromGreen = ({ categories, skus }: Condition, line: EarningLine): boolean =>
  isIn(categories, line.category) && isIn(skus, line.sku);

const fitsGreen = ({ isGreen }: Condition, line: EarningLine): boolean =>
  isGreen === null || line.isGreen === isGreen;

const isIn = (list: readonly string[] | null, value: string | null): boolean =>
  list === null || (value !== null && list.includes(value));

/** What speaks against a rule before any of its conditions is looked at. */
function againstTerms({ award, vesting, expiry }: RuleTerms, order: OrderFacts): Reason[] {
  const reasons: Reason[] = [];
  if (award.kind === 'RATE' && award.rate.currency !== order.currency) {
    const { currency } = order;
    reasons.push(reason('RULE_OTHER_CURRENCY', { rateCurrency: award.rate.currency, currency }));
  }
  if (award.kind === 'MULTIPLIER' && award.factor.numerator <= award.factor.denominator) {
    reasons.push(reason('RULE_ADDS_NOTHING'));
  }
  const life = lifeOf({ vesting, expiry }, order.recordedAt);
  if (life.isOver) reasons.push(reason('RULE_POINTS_LAPSED'));
  return reasons;
}

function againstOrder(condition: Condition, order: OrderFacts): Reason[] {
  const reasons: Reason[] = [];
  const oneOf = (code: string, list: readonly string[] | null, value: string | null) => {
    if (isIn(list, value)) return;
    reasons.push(reason(code, { required: (list ?? []).join(', '), actual: value ?? '' }));
  };
  oneOf('RULE_STORE', condition.stores, order.storeId);
  oneOf('RULE_CHANNEL', condition.channels, order.channel);
  oneOf('RULE_REGION', condition.regions, order.region);
  oneOf('RULE_PAYMENT', condition.paymentInstruments, order.paymentInstrument);
  if (order.tier !== null) oneOf('RULE_TIER', condition.tiers, order.tier);
  reasons.push(...againstTime(condition, order.purchasedAt));
  return reasons;
}

function againstTime({ weekdays, hours, from, until }: Condition, at: Date): Reason[] {
  const reasons: Reason[] = [];
  if (from !== null && at.getTime() < Date.parse(from)) {
    reasons.push(reason('RULE_NOT_BEGUN', { from }));
  }
  if (until !== null && at.getTime() >= Date.parse(until)) {
    reasons.push(reason('RULE_OVER', { until }));
  }
  if (weekdays !== null && !weekdays.includes(weekdayOf(at))) {
    reasons.push(reason('RULE_WEEKDAY', { required: weekdays.join(', '), actual: weekdayOf(at) }));
  }
  if (hours !== null && !isWithin(hours, minuteOf(at))) {
    const { from: first, until: end } = hours;
    reasons.push(reason('RULE_HOURS', { from: clockText(first), until: clockText(end) }));
  }
  return reasons;
}

/** Hours that end before they begin go over midnight. */
const isWithin = ({ from, until }: Readonly<{ from: number; until: number }>, minute: number) =>
  from <= until ? minute >= from && minute < until : minute >= from || minute < until;

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** No line fits: each condition that no line meets, or that none meets all of them together. */
function againstLines(condition: Condition, lines: readonly EarningLine[]): Reason[] {
  const reasons: Reason[] = [];
  const { categories, skus, isGreen } = condition;
  if (!lines.some((line) => isIn(categories, line.category))) {
    reasons.push(reason('RULE_CATEGORY', { required: (categories ?? []).join(', ') }));
  }
  if (!lines.some((line) => isIn(skus, line.sku))) {
    reasons.push(reason('RULE_SKU', { required: (skus ?? []).join(', ') }));
  }
  if (!lines.some((line) => fitsGreen(condition, line))) {
    reasons.push(reason(isGreen === false ? 'RULE_NOT_GREEN_ONLY' : 'RULE_GREEN'));
  }
  return reasons.length > 0 ? reasons : [reason('RULE_NO_LINE')];
}
