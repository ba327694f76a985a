import { dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import {
  checkKey,
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../../shared/graphql/refusals.ts';
import type {
  Award,
  Condition,
  LocalizedText,
  Notice,
  Policy,
  Rate,
  Ratio,
  RuleTerms,
  Trigger,
} from './terms.ts';

/** Of either side of a rate or a fraction: with the bound of an order it keeps every product in range. */
const TERM_MAX = 1_000_000_000;
const MONTHS_MAX = 1_200;
const DAYS_MAX = 1_000;
const PRIORITY_MAX = 1_000;
const LIST_MAX = 200;
const CODE_MAX = 64;
const TITLE_MAX = 100;
const TEXT_MAX = 2_000;
const COMPLAINTS_MAX = 500;
const STEPS_MAX = 20;
const WEIGHT_MAX = 1_000;

/**
 * What nothing in the alliance sets off yet: a rule for it would promise members points that never come. What the
 * law forbids is none of these, so that such a draft is answered with the law.
 */
const NEVER_SET_OFF: ReadonlySet<Trigger> = new Set(['BIRTHDAY', 'REGISTRATION', 'INCIDENT']);

type Found = InvalidInput | null;

/**
 * The first thing for which terms cannot be used at all, whatever the law says of them, or null. `field` is the
 * path of the terms in the input; `at` is now: nothing is promised until a day that is over.
 */
export function defectOfTerms(terms: RuleTerms, field: string, at: Date): Found {
  return (
    checkLocalized(`${field}.title`, terms.title, TITLE_MAX) ??
    (NEVER_SET_OFF.has(terms.trigger)
      ? invalidInput('TRIGGER_NEVER_SET_OFF', `${field}.trigger`)
      : null) ??
    checkAward(`${field}.award`, terms.award) ??
    checkCondition(`${field}.condition`, terms.condition) ??
    (isOver(terms, at) ? invalidInput('WINDOW_OVER', `${field}.condition.until`) : null) ??
    checkCaps(`${field}.caps`, terms.caps) ??
    checkLife(field, terms, at) ??
    (terms.useScope === null ? null : checkKey(`${field}.useScope`, terms.useScope, CODE_MAX)) ??
    (terms.qualifying === null ? null : checkRate(`${field}.qualifying`, terms.qualifying)) ??
    checkReferral(`${field}.referral`, terms.referral) ??
    checkLottery(`${field}.lottery`, terms.lottery) ??
    checkWeights(`${field}.tierWeights`, terms) ??
    checkNotice(`${field}.notice`, terms.notice) ??
    (terms.policy === null ? null : checkPolicy(`${field}.policy`, terms.policy))
  );
}

/** Whether a rule would be over before it begins. An appreciation is about a period that is over. */
export const isOver = ({ trigger, condition: { until } }: RuleTerms, at: Date): boolean =>
  trigger !== 'APPRECIATION' && until !== null && Date.parse(until) <= at.getTime();

/** The first found of many, so that a list is looked at no further than needed. */
function first<Item>(items: readonly Item[], check: (item: Item, index: number) => Found): Found {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== null) return found;
  }
  return null;
}

const checkLocalized = (field: string, { zh, en }: LocalizedText, max: number): Found =>
  checkText(`${field}.zh`, zh, max) ?? checkText(`${field}.en`, en, max);

const checkRange = (field: string, value: number, min: number, max: number): Found =>
  value >= min && value <= max ? null : invalidInput('OUT_OF_BOUNDS', field, { min, max });

const checkTerm = (field: string, value: number): Found =>
  checkPositive(field, value) ??
  (value <= TERM_MAX ? null : invalidInput('TERM_TOO_LARGE', field, { max: TERM_MAX }));

const checkRate = (field: string, { points, minor, currency }: Rate): Found =>
  checkTerm(`${field}.points`, points) ??
  checkTerm(`${field}.per.amountMinor`, minor) ??
  (/^[A-Z]{3}$/.test(currency)
    ? null
    : invalidInput('CURRENCY_NOT_USABLE', `${field}.per.currency`));

const checkRatio = (field: string, { numerator, denominator }: Ratio): Found =>
  checkTerm(`${field}.numerator`, numerator) ?? checkTerm(`${field}.denominator`, denominator);

function checkAward(field: string, award: Award): Found {
  if (award.kind === 'RATE') {
    return (
      checkRate(`${field}.rate`, award.rate) ??
      checkRange(`${field}.priority`, award.priority, 0, PRIORITY_MAX)
    );
  }
  const group = award.group === null ? null : checkKey(`${field}.group`, award.group, CODE_MAX);
  if (award.kind === 'FIXED') return checkTerm(`${field}.points`, award.points) ?? group;
  const { numerator, denominator } = award.factor;
  return (
    checkRatio(`${field}.multiplier`, award.factor) ??
    (numerator > denominator ? null : invalidInput('FACTOR_TOO_SMALL', `${field}.multiplier`)) ??
    group
  );
}

const CODES = [
  'categories',
  'skus',
  'stores',
  'channels',
  'regions',
  'paymentInstruments',
  'tiers',
] as const;

function checkCondition(field: string, condition: Condition): Found {
  const { weekdays, hours, from, until, minimumMinor } = condition;
  return (
    first(CODES, (name) => checkCodes(`${field}.${name}`, condition[name])) ??
    checkLength(`${field}.weekdays`, weekdays) ??
    first(weekdays ?? [], (day, index) => checkRange(`${field}.weekdays.${index}`, day, 1, 7)) ??
    (hours === null
      ? null
      : (checkRange(`${field}.hours.from`, hours.from, 0, 1_439) ??
        checkRange(`${field}.hours.until`, hours.until, 0, 1_440) ??
        (hours.from === hours.until ? invalidInput('HOURS_EMPTY', `${field}.hours`) : null))) ??
    (from !== null && until !== null && Date.parse(from) >= Date.parse(until)
      ? invalidInput('WINDOW_EMPTY', `${field}.until`)
      : null) ??
    (minimumMinor === null ? null : checkPositive(`${field}.minimumMinor`, minimumMinor))
  );
}

/** A list that leaves nothing in would make a rule that never pays. */
function checkLength(field: string, list: readonly unknown[] | null): Found {
  if (list === null || (list.length > 0 && list.length <= LIST_MAX)) return null;
  return invalidInput('LIST_NOT_USABLE', field, { max: LIST_MAX });
}

const checkCodes = (field: string, list: readonly string[] | null): Found =>
  checkLength(field, list) ??
  first(list ?? [], (code, index) => checkKey(`${field}.${index}`, code, CODE_MAX));

const checkCaps = (field: string, caps: RuleTerms['caps']): Found =>
  first(Object.entries(caps), ([name, cap]) =>
    cap === null ? null : checkPositive(`${field}.${name}`, cap),
  );

function checkLife(field: string, { vesting, expiry }: RuleTerms, at: Date): Found {
  const ofVesting =
    vesting.kind === 'AFTER_DAYS'
      ? checkRange(`${field}.vesting.days`, vesting.days, 1, DAYS_MAX)
      : vesting.kind === 'ON_EVENT'
        ? checkKey(`${field}.vesting.event`, vesting.event, CODE_MAX)
        : null;
  if (ofVesting !== null || expiry.kind === 'NEVER') return ofVesting;
  if (expiry.kind === 'MONTHS') {
    return checkRange(`${field}.expiry.months`, expiry.months, 1, MONTHS_MAX);
  }
  return parseIsoDay(expiry.day) >= dayOf(at)
    ? null
    : invalidInput('EXPIRY_IN_PAST', `${field}.expiry.day`);
}

function checkReferral(field: string, referral: RuleTerms['referral']): Found {
  if (referral === null) return null;
  const { levels, inviteePoints, steps } = referral;
  return (
    checkRange(`${field}.levels`, levels, 1, 100) ??
    checkRange(`${field}.inviteePoints`, inviteePoints, 0, TERM_MAX) ??
    (steps.length > STEPS_MAX
      ? invalidInput('LIST_NOT_USABLE', `${field}.steps`, { max: STEPS_MAX })
      : null) ??
    first(
      steps,
      ({ invitees, points }, index) =>
        checkTerm(`${field}.steps.${index}.invitees`, invitees) ??
        checkTerm(`${field}.steps.${index}.points`, points),
    )
  );
}

function checkLottery(field: string, lottery: RuleTerms['lottery']): Found {
  if (lottery === null) return null;
  const { topPrizeMinor, entryFeeMinor, odds, prizes } = lottery;
  return (
    checkTerm(`${field}.topPrizeMinor`, topPrizeMinor) ??
    checkRange(`${field}.entryFeeMinor`, entryFeeMinor, 0, TERM_MAX) ??
    (odds === null ? null : checkRatio(`${field}.odds`, odds)) ??
    (prizes === null ? null : checkLocalized(`${field}.prizes`, prizes, TEXT_MAX))
  );
}

/** Weights are an appreciation's, and for each tier that may take part there is one. */
function checkWeights(field: string, { trigger, condition, tierWeights }: RuleTerms): Found {
  if (tierWeights === undefined) return null;
  const weighed = new Set(tierWeights.map(({ tier }) => tier));
  const named = new Set(condition.tiers);
  const isUsable =
    trigger === 'APPRECIATION' &&
    weighed.size === tierWeights.length &&
    weighed.size > 0 &&
    weighed.symmetricDifference(named).size === 0 &&
    tierWeights.every(({ weight }) => weight >= 1 && weight <= WEIGHT_MAX);
  return isUsable ? null : invalidInput('TIER_WEIGHTS_NOT_USABLE', field, { max: WEIGHT_MAX });
}

const checkNotice = (field: string, notice: Notice): Found =>
  first(['advertisement', 'redemption', 'limits', 'terms'] as const, (name) => {
    const text = notice[name];
    return text === null ? null : checkLocalized(`${field}.${name}`, text, TEXT_MAX);
  }) ??
  (notice.advertisedRebate === null
    ? null
    : checkRatio(`${field}.advertisedRebate`, notice.advertisedRebate)) ??
  (notice.complaints === null
    ? null
    : checkText(`${field}.complaints`, notice.complaints, COMPLAINTS_MAX));

const checkPolicy = (field: string, policy: Policy): Found =>
  checkRange(`${field}.returnDays`, policy.returnDays, 0, DAYS_MAX) ??
  first(
    ['transferees', 'transfereeWaitDays', 'firstRedemptionFrom', 'minimumAge'] as const,
    (name) =>
      policy[name] === null ? null : checkRange(`${field}.${name}`, policy[name], 0, TERM_MAX),
  );
