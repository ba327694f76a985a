import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type {
  EarnRateInput,
  RuleAwardInput,
  RuleConditionInput,
  RuleExpiryInput,
  RuleNoticeInput,
  RulePolicyInput,
  RuleTermsInput,
  RuleVestingInput,
} from '../../schema.generated.ts';
import {
  type Award,
  type Condition,
  type Expiry,
  type LocalizedText,
  type Notice,
  PLAIN_POLICY,
  type Policy,
  type Rate,
  type RuleTerms,
  type Vesting,
} from '../domain/terms.ts';

/** What the terms of an input stand for: their title when they have none, and whether they are a basic rule's. */
export type TermsFrame = Readonly<{
  /** Of the input, such as `terms`. */
  field: string;
  title: LocalizedText;
  isBasic: boolean;
}>;

/** The terms that an input states. What is left out is null. Whether they can be used is not looked at. */
export function termsOf(input: RuleTermsInput, frame: TermsFrame): RuleTerms | InvalidInput {
  const { field } = frame;
  const award = awardOf(input.award);
  if (award === null) return invalidInput('AWARD_NOT_ONE', `${field}.award`);
  const expiry = expiryOf(input.expiry);
  if (expiry === null) return invalidInput('EXPIRY_NOT_ONE', `${field}.expiry`);
  const vesting = vestingOf(input.vesting);
  if (vesting === null) return invalidInput('VESTING_NOT_ONE', `${field}.vesting`);
  const { policy = null } = input;
  if (policy !== null && !frame.isBasic) {
    return invalidInput('POLICY_NOT_BASIC', `${field}.policy`);
  }
  return {
    title: trimmed(input.title) ?? frame.title,
    trigger: input.trigger,
    award,
    condition: conditionOf(input.condition),
    caps: {
      perOrder: input.caps.perOrder ?? null,
      perMemberPerDay: input.caps.perMemberPerDay ?? null,
      perMember: input.caps.perMember ?? null,
      budget: input.caps.budget ?? null,
    },
    sponsorId: input.sponsorId ?? null,
    vesting,
    expiry,
    useScope: input.useScope ?? null,
    qualifying: input.qualifying == null ? null : rateOf(input.qualifying),
    answers: input.answers,
    referral: referralOf(input.referral),
    lottery: lotteryOf(input.lottery),
    appreciation: input.appreciation ?? null,
    ...(input.tierWeights && { tierWeights: input.tierWeights }),
    notice: noticeOf(input.notice),
    policy: frame.isBasic ? policyOf(policy) : null,
  };
}

const rateOf = ({ points, per }: EarnRateInput): Rate => ({
  points,
  minor: per.amountMinor,
  currency: per.currency,
});

function awardOf({ rate, priority, multiplier, points, group }: RuleAwardInput): Award | null {
  const given = [rate, multiplier, points].filter((one) => one != null);
  if (given.length !== 1) return null;
  if (rate != null) return { kind: 'RATE', rate: rateOf(rate), priority };
  if (multiplier != null) {
    return { kind: 'MULTIPLIER', factor: multiplier, group: group ?? null };
  }
  return points == null ? null : { kind: 'FIXED', points, group: group ?? null };
}

function expiryOf({ months, end, day, never }: RuleExpiryInput): Expiry | null {
  const given = [months, day, never ? true : null].filter((one) => one != null);
  if (given.length !== 1) return null;
  if (months != null) return { kind: 'MONTHS', months, end };
  return day == null ? { kind: 'NEVER' } : { kind: 'ON', day };
}

function vestingOf({ days, event }: RuleVestingInput): Vesting | null {
  if (days != null && event != null) return null;
  if (days != null && days !== 0) return { kind: 'AFTER_DAYS', days };
  return event == null ? { kind: 'AT_ONCE' } : { kind: 'ON_EVENT', event };
}

const conditionOf = (input: RuleConditionInput): Condition => ({
  categories: input.categories ?? null,
  skus: input.skus ?? null,
  isGreen: input.isGreen ?? null,
  stores: input.stores ?? null,
  channels: input.channels ?? null,
  regions: input.regions ?? null,
  paymentInstruments: input.paymentInstruments ?? null,
  tiers: input.tiers ?? null,
  weekdays: input.weekdays ?? null,
  hours: input.hours ?? null,
  from: input.from?.toISOString() ?? null,
  until: input.until?.toISOString() ?? null,
  minimumMinor: input.minimumMinor ?? null,
});

const referralOf = (input: RuleTermsInput['referral']): RuleTerms['referral'] =>
  input == null
    ? null
    : { levels: input.levels, inviteePoints: input.inviteePoints, steps: input.steps };

const lotteryOf = (input: RuleTermsInput['lottery']): RuleTerms['lottery'] =>
  input == null
    ? null
    : {
        topPrizeMinor: input.topPrizeMinor,
        entryFeeMinor: input.entryFeeMinor,
        odds: input.odds ?? null,
        prizes: trimmed(input.prizes),
      };

/** Texts without blanks around them; those that are left out as null. */
export const noticeOf = (input: RuleNoticeInput): Notice => ({
  advertisement: trimmed(input.advertisement),
  advertisedRebate: input.advertisedRebate ?? null,
  redemption: trimmed(input.redemption),
  limits: trimmed(input.limits),
  terms: trimmed(input.terms),
  complaints: input.complaints?.trim() ?? null,
});

/** What is plain when it is left out. */
export const policyOf = (input: RulePolicyInput | null): Policy =>
  input === null
    ? PLAIN_POLICY
    : {
        transfer: input.transfer,
        transferees: input.transferees ?? null,
        transfereeWaitDays: input.transfereeWaitDays ?? null,
        firstRedemptionFrom: input.firstRedemptionFrom ?? null,
        minimumAge: input.minimumAge ?? null,
        returnDays: input.returnDays,
        lapsedLots: input.lapsedLots,
      };

const trimmed = (text: LocalizedText | null | undefined): LocalizedText | null =>
  text == null ? null : { zh: text.zh.trim(), en: text.en.trim() };
