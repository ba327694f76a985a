import type { Worsening, WorseningCode } from './adverse.ts';
import { type Lottery, PLAIN_POLICY, type Policy, type Referral, type RuleTerms } from './terms.ts';

/** What becomes worse in all that is beside how many points there are and when. */
export function policyWorsenings(before: RuleTerms, after: RuleTerms): Worsening[] {
  return [
    ...worse(isLessForReferrals(before.referral, after.referral), 'LESS_FOR_REFERRALS', 'referral'),
    ...worse(isWorseDraw(before.lottery, after.lottery), 'WORSE_DRAW', 'lottery'),
    ...worse(before.appreciation !== after.appreciation, 'OTHER_BUDGET_BASIS', 'appreciation'),
    ...worse(isSharedOtherwise(before, after), 'OTHER_AWARD', 'tierWeights'),
    ...worse(before.answers === 'ANY' && after.answers !== 'ANY', 'TIGHTER_CONDITION', 'answers'),
    ...textWorsenings(before, after),
    ...ofPolicy(before.policy ?? PLAIN_POLICY, after.policy ?? PLAIN_POLICY),
  ];
}

const worse = (isWorse: boolean, code: WorseningCode, field: string): Worsening[] =>
  isWorse ? [{ code, field }] : [];

/** Shares are parts of one budget, so another weight of whichever tier takes from somebody. */
function isSharedOtherwise(before: RuleTerms, after: RuleTerms): boolean {
  const said = ({ tierWeights = [] }: RuleTerms) =>
    JSON.stringify(tierWeights.map(({ tier, weight }) => [tier, weight]).toSorted());
  return said(before) !== said(after);
}

/** A text may take away anything, so another one counts as worse. */
function textWorsenings({ notice: before }: RuleTerms, { notice: after }: RuleTerms): Worsening[] {
  const texts = ['redemption', 'limits', 'terms'] as const;
  return texts.flatMap((name) =>
    worse(
      before[name]?.zh !== after[name]?.zh || before[name]?.en !== after[name]?.en,
      'TEXT_CHANGED',
      `notice.${name}`,
    ),
  );
}

function isLessForReferrals(before: Referral | null, after: Referral | null): boolean {
  if (before === null) return false;
  if (after === null) return true;
  const heads = [...before.steps, ...after.steps].map(({ invitees }) => invitees);
  return (
    after.inviteePoints < before.inviteePoints ||
    after.levels < before.levels ||
    heads.some((count) => pointsFor(after, count) < pointsFor(before, count))
  );
}

/** What the inviter gets when so many came. */
const pointsFor = ({ steps }: Referral, count: number): number =>
  steps
    .filter(({ invitees }) => invitees <= count)
    .reduce((best, { points }) => Math.max(best, points), 0);

function isWorseDraw(before: Lottery | null, after: Lottery | null): boolean {
  if (before === null) return false;
  if (after === null) return true;
  const odds = { was: before.odds, is: after.odds };
  const isUnlikelier =
    odds.was === null || odds.is === null
      ? odds.was !== odds.is
      : BigInt(odds.is.numerator) * BigInt(odds.was.denominator) <
        BigInt(odds.was.numerator) * BigInt(odds.is.denominator);
  return (
    isUnlikelier ||
    after.topPrizeMinor < before.topPrizeMinor ||
    after.entryFeeMinor > before.entryFeeMinor ||
    before.prizes?.zh !== after.prizes?.zh ||
    before.prizes?.en !== after.prizes?.en
  );
}

function ofPolicy(before: Policy, after: Policy): Worsening[] {
  const registered = before.transfer === 'REGISTERED' && after.transfer === 'REGISTERED';
  return [
    // The family and those who were registered are other people: neither has all of the other.
    ...worse(
      before.transfer !== 'NONE' && before.transfer !== after.transfer,
      'NARROWER_TRANSFER',
      'policy.transfer',
    ),
    ...worse(
      registered && (after.transferees ?? Infinity) < (before.transferees ?? Infinity),
      'NARROWER_TRANSFER',
      'policy.transferees',
    ),
    ...worse(
      registered && (after.transfereeWaitDays ?? 0) > (before.transfereeWaitDays ?? 0),
      'NARROWER_TRANSFER',
      'policy.transfereeWaitDays',
    ),
    ...worse(
      (after.firstRedemptionFrom ?? 0) > (before.firstRedemptionFrom ?? 0),
      'HARDER_FIRST_USE',
      'policy.firstRedemptionFrom',
    ),
    ...worse(
      (after.minimumAge ?? 0) > (before.minimumAge ?? 0),
      'HARDER_FIRST_USE',
      'policy.minimumAge',
    ),
    ...worse(after.returnDays < before.returnDays, 'SHORTER_RETURNS', 'policy.returnDays'),
    ...worse(
      before.lapsedLots === 'EXTEND' && after.lapsedLots === 'LAPSE',
      'LAPSED_STAY_LAPSED',
      'policy.lapsedLots',
    ),
  ];
}
