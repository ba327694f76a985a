import { addMonths, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import { policyWorsenings } from './adverse-policy.ts';
import {
  type Award,
  type Caps,
  CONDITION_LISTS,
  type Condition,
  type Expiry,
  type Rate,
  type Ratio,
  type RuleTerms,
  type Vesting,
} from './terms.ts';

/** A thing that a new version makes worse for members: what it is, and where in the terms. */
export type Worsening = Readonly<{ code: WorseningCode; field: string }>;

export const WORSENINGS = [
  'LOWER_RATE',
  'LOWER_FACTOR',
  'FEWER_POINTS',
  'OTHER_AWARD',
  'STACKS_OTHERWISE',
  'OTHER_OCCASION',
  'TIGHTER_CONDITION',
  'LOWER_CAP',
  'LATER_VESTING',
  'SHORTER_EXPIRY',
  'NARROWER_USE',
  'FEWER_QUALIFYING',
  'LESS_FOR_REFERRALS',
  'WORSE_DRAW',
  'OTHER_BUDGET_BASIS',
  'TEXT_CHANGED',
  'NARROWER_TRANSFER',
  'HARDER_FIRST_USE',
  'SHORTER_RETURNS',
  'LAPSED_STAY_LAPSED',
  'RULE_ENDS',
] as const;

export type WorseningCode = (typeof WORSENINGS)[number];

/**
 * What becomes worse for members from one version to the next one, for points that are earned from `effectiveAt`
 * on: none are touched that are earned already. Fractions are compared exactly. What cannot be compared, such as
 * another text or another currency, counts as worse: a doubt is settled in the member's favour (R5).
 */
export function worsened(before: RuleTerms, after: RuleTerms, effectiveAt: Date): Worsening[] {
  return [
    ...awardWorsenings(before, after),
    ...conditionWorsenings(before.condition, after.condition, effectiveAt),
    ...capWorsenings(before.caps, after.caps),
    ...worse(isLaterVesting(before.vesting, after.vesting), 'LATER_VESTING', 'vesting'),
    ...worse(isShorterExpiry(before.expiry, after.expiry, effectiveAt), 'SHORTER_EXPIRY', 'expiry'),
    ...worse(
      after.useScope !== null && after.useScope !== before.useScope,
      'NARROWER_USE',
      'useScope',
    ),
    ...policyWorsenings(before, after),
  ];
}

const worse = (isWorse: boolean, code: WorseningCode, field: string): Worsening[] =>
  isWorse ? [{ code, field }] : [];

/** Whether `a` is below `b`, without a rounding. */
const isBelow = (a: Ratio, b: Ratio): boolean =>
  BigInt(a.numerator) * BigInt(b.denominator) < BigInt(b.numerator) * BigInt(a.denominator);

const ratioOf = ({ points, minor }: Rate): Ratio => ({ numerator: points, denominator: minor });

const isLowerRate = (after: Rate, before: Rate): boolean =>
  after.currency !== before.currency || isBelow(ratioOf(after), ratioOf(before));

function awardWorsenings(before: RuleTerms, after: RuleTerms): Worsening[] {
  return [
    ...amountWorsenings(before.award, after.award),
    ...worse(before.trigger !== after.trigger, 'OTHER_OCCASION', 'trigger'),
    ...worse(isLessQualifying(before, after), 'FEWER_QUALIFYING', 'qualifying'),
  ];
}

function amountWorsenings(before: Award, after: Award): Worsening[] {
  if (before.kind === 'RATE' && after.kind === 'RATE') {
    return [
      ...worse(isLowerRate(after.rate, before.rate), 'LOWER_RATE', 'award.rate'),
      ...worse(before.priority !== after.priority, 'STACKS_OTHERWISE', 'award.priority'),
    ];
  }
  if (before.kind === 'MULTIPLIER' && after.kind === 'MULTIPLIER') {
    return [
      ...worse(isBelow(after.factor, before.factor), 'LOWER_FACTOR', 'award.factor'),
      ...worse(before.group !== after.group, 'STACKS_OTHERWISE', 'award.group'),
    ];
  }
  if (before.kind === 'FIXED' && after.kind === 'FIXED') {
    return [
      ...worse(after.points < before.points, 'FEWER_POINTS', 'award.points'),
      ...worse(before.group !== after.group, 'STACKS_OTHERWISE', 'award.group'),
    ];
  }
  return [{ code: 'OTHER_AWARD', field: 'award' }];
}

/** Null: as many qualifying points as redeemable ones, which compares with a rate only when it is one. */
function isLessQualifying(before: RuleTerms, after: RuleTerms): boolean {
  if (before.qualifying === null && after.qualifying === null) return false;
  const was = before.qualifying ?? (before.award.kind === 'RATE' ? before.award.rate : null);
  const is = after.qualifying ?? (after.award.kind === 'RATE' ? after.award.rate : null);
  return was === null || is === null || isLowerRate(is, was);
}

function conditionWorsenings(before: Condition, after: Condition, effectiveAt: Date): Worsening[] {
  const tighter = (isWorse: boolean, field: string) =>
    worse(isWorse, 'TIGHTER_CONDITION', `condition.${field}`);
  const begin = (from: string | null) => (from === null ? -Infinity : Date.parse(from));
  const end = (until: string | null) => (until === null ? Infinity : Date.parse(until));
  return [
    ...CONDITION_LISTS.flatMap((name) => tighter(!hasAll(after[name], before[name]), name)),
    ...tighter(after.isGreen !== null && after.isGreen !== before.isGreen, 'isGreen'),
    ...tighter(!hasAllMinutes(after.hours, before.hours), 'hours'),
    // What lies before its effect makes no difference to either version.
    ...tighter(begin(after.from) > Math.max(begin(before.from), effectiveAt.getTime()), 'from'),
    ...tighter(end(after.until) < end(before.until), 'until'),
    ...tighter((after.minimumMinor ?? 0) > (before.minimumMinor ?? 0), 'minimumMinor'),
  ];
}

type Listed = readonly (string | number)[] | null;

/** Whether a list still has all that another one had. Null: everything. */
const hasAll = (list: Listed, wanted: Listed): boolean =>
  list === null || (wanted?.every((value) => list.includes(value)) ?? false);

/** Looked at minute by minute: hours may go over midnight. */
function hasAllMinutes(hours: Condition['hours'], wanted: Condition['hours']): boolean {
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    if (isWithin(wanted, minute) && !isWithin(hours, minute)) return false;
  }
  return true;
}

function isWithin(hours: Condition['hours'], minute: number): boolean {
  if (hours === null) return true;
  const { from, until } = hours;
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

function capWorsenings(before: Caps, after: Caps): Worsening[] {
  const names = ['perOrder', 'perMemberPerDay', 'perMember', 'budget'] as const;
  return names.flatMap((name) =>
    worse((after[name] ?? Infinity) < (before[name] ?? Infinity), 'LOWER_CAP', `caps.${name}`),
  );
}

/** An event may never come, so it is later than any day, and no event is sooner than another. */
function isLaterVesting(before: Vesting, after: Vesting): boolean {
  if (before.kind === 'ON_EVENT' && after.kind === 'ON_EVENT') return before.event !== after.event;
  if (before.kind === 'ON_EVENT') return after.kind !== 'AT_ONCE';
  if (after.kind === 'ON_EVENT') return true;
  return daysOf(after) > daysOf(before);
}

const daysOf = (vesting: Exclude<Vesting, { kind: 'ON_EVENT' }>): number =>
  vesting.kind === 'AT_ONCE' ? 0 : vesting.days;

/** Of points that are earned on any day from `effectiveAt` on. */
function isShorterExpiry(before: Expiry, after: Expiry, effectiveAt: Date): boolean {
  if (after.kind === 'NEVER') return false;
  if (before.kind === 'NEVER') return true;
  if (before.kind === 'MONTHS') {
    // A fixed day comes ever sooner after the day of earning.
    return after.kind === 'ON' || monthsRank(after) < monthsRank(before);
  }
  if (after.kind === 'ON') return parseIsoDay(after.day) < parseIsoDay(before.day);
  // Points that are earned first lapse first. The fixed day is the last good one, the other the first bad one.
  return addMonths(dayOf(effectiveAt), after.months) <= parseIsoDay(before.day);
}

/** To the end of a month is longer than to the day, and not longer than one month more. */
const monthsRank = ({ months, end }: Extract<Expiry, { kind: 'MONTHS' }>): number =>
  2 * months + (end === 'MONTH_END' ? 1 : 0);
