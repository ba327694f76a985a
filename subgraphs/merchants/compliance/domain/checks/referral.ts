import { blocks, type Check, when } from '../check.ts';
import type { RuleSubject } from '../finding.ts';
import { JOINING_FEE, textCheck } from './texts.ts';

/** What vests the points of a referral: the first order of the invitee is paid and can no longer come back. */
const FIRST_ORDER_SETTLED = 'FIRST_ORDER_SETTLED';

const isReferral = ({ terms }: RuleSubject): boolean =>
  terms.trigger === 'REFERRAL' || terms.referral !== null;

const depth: Check = {
  id: 'REFERRAL_DEPTH',
  rows: ['L1', 'S46'],
  source: 'LAW_PYRAMID_7',
  override: null,
  rule: ({ terms }) =>
    when(
      (terms.referral?.levels ?? 1) > 1,
      blocks('REFERRAL_DEPTH', {
        field: 'referral.levels',
        parameters: { levels: terms.referral?.levels ?? 1 },
      }),
    ),
};

const percentage: Check = {
  id: 'REFERRAL_PERCENTAGE',
  rows: ['L2', 'S46'],
  source: 'LAW_PYRAMID_7',
  override: null,
  rule: (subject) =>
    when(
      isReferral(subject) && subject.terms.award.kind !== 'FIXED',
      blocks('REFERRAL_PERCENTAGE', { field: 'award' }),
    ),
};

const steps: Check = {
  id: 'REFERRAL_STEPS',
  rows: ['L2'],
  source: 'LAW_PYRAMID_7',
  override: null,
  rule: ({ terms }) =>
    when(
      (terms.referral?.steps.length ?? 0) > 0,
      blocks('REFERRAL_STEPS', {
        field: 'referral.steps',
        parameters: { invitees: terms.referral?.steps[0]?.invitees ?? 0 },
      }),
    ),
};

/** L3: before the first order has settled nothing may vest, and days that pass are no order. */
const early: Check = {
  id: 'REFERRAL_EARLY',
  rows: ['L3', 'S46'],
  source: null,
  override: null,
  rule: (subject) => {
    const { vesting } = subject.terms;
    const isSettled = vesting.kind === 'ON_EVENT' && vesting.event === FIRST_ORDER_SETTLED;
    return when(
      isReferral(subject) && !isSettled,
      blocks('REFERRAL_EARLY', {
        field: 'vesting',
        parameters: { event: FIRST_ORDER_SETTLED },
      }),
    );
  },
};

const uncapped: Check = {
  id: 'REFERRAL_UNCAPPED',
  rows: ['L4'],
  source: null,
  override: null,
  rule: (subject) => {
    const { perMember, perMemberPerDay } = subject.terms.caps;
    return when(
      isReferral(subject) && perMember === null && perMemberPerDay === null,
      blocks('REFERRAL_UNCAPPED', { field: 'caps.perMember' }),
    );
  },
};

/** L5: nobody pays or buys for the right to take part, to invite or to be rewarded. */
const paidAccess: Check = {
  id: 'PAID_ACCESS',
  rows: ['L5'],
  source: 'LAW_PYRAMID_7',
  override: null,
  rule: (subject) => {
    const { condition, trigger } = subject.terms;
    const isOpen = isReferral(subject) || trigger === 'REGISTRATION';
    const field = condition.minimumMinor !== null ? 'condition.minimumMinor' : 'condition.tiers';
    return when(
      isOpen && (condition.minimumMinor !== null || condition.tiers !== null),
      blocks('PAID_ACCESS', { field, parameters: { words: field } }),
    );
  },
  text: textCheck('PAID_ACCESS', JOINING_FEE),
};

export const referralChecks: readonly Check[] = [
  depth,
  percentage,
  steps,
  early,
  uncapped,
  paidAccess,
];
