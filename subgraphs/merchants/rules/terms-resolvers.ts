import type { Resolvers } from '../schema.generated.ts';
import type { Rate } from './domain/terms.ts';

const shownRate = ({ points, minor, currency }: Rate) => ({
  points,
  per: { amountMinor: minor, currency },
});

/** The terms of a rule as types of the contract: those with variants are one type with fields that are null. */
export const termsTypes = {
  RuleTerms: {
    sponsor: ({ sponsorId }, _, { loaders }) =>
      sponsorId === null ? null : loaders.merchantById.load(sponsorId),
    qualifying: ({ qualifying }) => (qualifying === null ? null : shownRate(qualifying)),
    tierWeights: ({ tierWeights }) => (tierWeights === undefined ? null : [...tierWeights]),
    referral: ({ referral }) => referral && { ...referral, steps: [...referral.steps] },
  },
  RuleAward: {
    rate: (award) => (award.kind === 'RATE' ? shownRate(award.rate) : null),
    priority: (award) => (award.kind === 'RATE' ? award.priority : null),
    multiplier: (award) => (award.kind === 'MULTIPLIER' ? award.factor : null),
    points: (award) => (award.kind === 'FIXED' ? award.points : null),
    group: (award) => (award.kind === 'RATE' ? null : award.group),
  },
  RuleVesting: {
    days: (vesting) => (vesting.kind === 'AFTER_DAYS' ? vesting.days : null),
    event: (vesting) => (vesting.kind === 'ON_EVENT' ? vesting.event : null),
  },
  RuleExpiry: {
    months: (expiry) => (expiry.kind === 'MONTHS' ? expiry.months : null),
    end: (expiry) => (expiry.kind === 'MONTHS' ? expiry.end : null),
    day: (expiry) => (expiry.kind === 'ON' ? expiry.day : null),
  },
} satisfies Partial<Resolvers>;
