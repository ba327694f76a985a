import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worsened } from '../../../subgraphs/merchants/rules/domain/adverse.ts';
import {
  ANYTHING,
  basicTerms,
  type Condition,
  type Expiry,
  NO_CAPS,
  PLAIN_NOTICE,
  PLAIN_POLICY,
  type RuleTerms,
  type Vesting,
} from '../../../subgraphs/merchants/rules/domain/terms.ts';

const AT = new Date('2026-11-22T00:00:00+08:00');

const basic = basicTerms({
  title: { zh: '积分', en: 'Points' },
  rate: { points: 1, minor: 100, currency: 'CNY' },
  expiryMonths: 12,
});

type Part = Partial<RuleTerms>;

const rate = (points: number, minor: number, more = {}): Part => ({
  award: { kind: 'RATE', rate: { points, minor, currency: 'CNY', ...more }, priority: 0 },
});
const times = (numerator: number, denominator = 1): Part => ({
  award: { kind: 'MULTIPLIER', factor: { numerator, denominator }, group: null },
});
const fixed = (points: number, group: string | null = null): Part => ({
  award: { kind: 'FIXED', points, group },
});
const when = (condition: Partial<Condition>): Part => ({
  condition: { ...ANYTHING, ...condition },
});
const months = (count: number, end: 'DAY' | 'MONTH_END' = 'DAY'): Part => ({
  expiry: { kind: 'MONTHS', months: count, end },
});
const until = (day: string): Part => ({ expiry: { kind: 'ON', day } });
const never: Part = { expiry: { kind: 'NEVER' } };
const vests = (vesting: Vesting): Part => ({ vesting });
const policy = (more: Partial<typeof PLAIN_POLICY>): Part => ({
  policy: { ...PLAIN_POLICY, ...more },
});
const limits = (text: string): Part => ({
  notice: { ...PLAIN_NOTICE, limits: { zh: text, en: text } },
});
const referral = (points: number, invitees = 1): Part => ({
  referral: { levels: 1, inviteePoints: 10, steps: [{ invitees, points }] },
});
const draw = (numerator: number, topPrizeMinor = 100): Part => ({
  lottery: {
    topPrizeMinor,
    entryFeeMinor: 0,
    odds: { numerator, denominator: 100 },
    prizes: null,
  },
});
const registered = (transferees: number, transfereeWaitDays = 60): Part =>
  policy({ transfer: 'REGISTERED', transferees, transfereeWaitDays });

const weights = (standard: number, silver: number): Part => ({
  tierWeights: [
    { tier: 'STANDARD', weight: standard },
    { tier: 'SILVER', weight: silver },
  ],
});

/** From the first to the second is worse, in this way and no other; from the second to the first is not. */
const oneWay: readonly (readonly [string, Part, Part, string])[] = [
  ['a lower rate', rate(2, 100), rate(199, 10_000), 'LOWER_RATE'],
  ['a lower multiplier', times(3, 2), times(4, 3), 'LOWER_FACTOR'],
  ['fewer points', fixed(10), fixed(9), 'FEWER_POINTS'],
  ['fewer categories', {}, when({ categories: ['a'] }), 'TIGHTER_CONDITION'],
  ['one day less', when({ weekdays: [6, 7] }), when({ weekdays: [7] }), 'TIGHTER_CONDITION'],
  ['green goods alone', {}, when({ isGreen: true }), 'TIGHTER_CONDITION'],
  ['fewer hours', {}, when({ hours: { from: 0, until: 1439 } }), 'TIGHTER_CONDITION'],
  [
    'hours over midnight that begin later',
    when({ hours: { from: 1320, until: 60 } }),
    when({ hours: { from: 1380, until: 60 } }),
    'TIGHTER_CONDITION',
  ],
  ['a later beginning', {}, when({ from: '2026-11-22T00:00:00.001+08:00' }), 'TIGHTER_CONDITION'],
  ['an end', {}, when({ until: '2030-01-01T00:00:00Z' }), 'TIGHTER_CONDITION'],
  ['a minimum', {}, when({ minimumMinor: 1 }), 'TIGHTER_CONDITION'],
  ['a cap', {}, { caps: { ...NO_CAPS, perMember: 1_000 } }, 'LOWER_CAP'],
  ['a later use', {}, vests({ kind: 'AFTER_DAYS', days: 1 }), 'LATER_VESTING'],
  ['an event', {}, vests({ kind: 'ON_EVENT', event: 'DELIVERED' }), 'LATER_VESTING'],
  ['fewer months', months(12), months(11), 'SHORTER_EXPIRY'],
  [
    'to the day and not to the end of its month',
    months(12, 'MONTH_END'),
    months(12),
    'SHORTER_EXPIRY',
  ],
  ['an end of what never ended (S17)', never, months(1_200), 'SHORTER_EXPIRY'],
  ['an earlier last day', until('2027-12-31'), until('2027-12-30'), 'SHORTER_EXPIRY'],
  ['one use alone', {}, { useScope: 'reward:1' }, 'NARROWER_USE'],
  [
    'a rate for the tier',
    {},
    { qualifying: { points: 1, minor: 101, currency: 'CNY' } },
    'FEWER_QUALIFYING',
  ],
  ['less for friends', referral(10), referral(9), 'LESS_FOR_REFERRALS'],
  ['more friends for it', referral(10, 2), referral(10, 3), 'LESS_FOR_REFERRALS'],
  ['longer odds', draw(2), draw(1), 'WORSE_DRAW'],
  ['fewer people to give to', registered(8), registered(7), 'NARROWER_TRANSFER'],
  ['a longer wait before giving', registered(8), registered(8, 61), 'NARROWER_TRANSFER'],
  ['giving to nobody', policy({ transfer: 'FAMILY' }), {}, 'NARROWER_TRANSFER'],
  [
    'a first redemption from more points',
    {},
    policy({ firstRedemptionFrom: 1 }),
    'HARDER_FIRST_USE',
  ],
  ['an age', {}, policy({ minimumAge: 14 }), 'HARDER_FIRST_USE'],
  ['fewer days for returns', policy({ returnDays: 8 }), {}, 'SHORTER_RETURNS'],
  ['lapsed points that stay so', {}, policy({ lapsedLots: 'LAPSE' }), 'LAPSED_STAY_LAPSED'],
];

/** What cannot be compared is worse in either direction. */
const bothWays: readonly (readonly [string, Part, Part, string])[] = [
  ['other weights of tiers', weights(1, 2), weights(1, 3), 'OTHER_AWARD'],
  ['weights in place of equal shares', {}, weights(1, 2), 'OTHER_AWARD'],
  [
    'an event in place of a day',
    vests({ kind: 'AFTER_DAYS', days: 1_000 }),
    vests({ kind: 'ON_EVENT', event: 'DELIVERED' }),
    'LATER_VESTING',
  ],
  ['months that end before a day', until('2027-12-31'), months(13), 'SHORTER_EXPIRY'],
  ['another currency', {}, rate(1, 100, { currency: 'EUR' }), 'LOWER_RATE'],
  ['another kind of award', {}, times(2), 'OTHER_AWARD'],
  ['another group', fixed(10, 'a'), fixed(10, 'b'), 'STACKS_OTHERWISE'],
  ['another occasion', {}, { trigger: 'SURVEY' }, 'OTHER_OCCASION'],
  [
    'other categories',
    when({ categories: ['a'] }),
    when({ categories: ['b'] }),
    'TIGHTER_CONDITION',
  ],
  [
    'another event',
    vests({ kind: 'ON_EVENT', event: 'A' }),
    vests({ kind: 'ON_EVENT', event: 'B' }),
    'LATER_VESTING',
  ],
  ['another use', { useScope: 'a' }, { useScope: 'b' }, 'NARROWER_USE'],
  ['another text', limits('一'), limits('二'), 'TEXT_CHANGED'],
  [
    'family or friends',
    policy({ transfer: 'FAMILY' }),
    policy({ transfer: 'REGISTERED' }),
    'NARROWER_TRANSFER',
  ],
];

const codes = (before: Part, after: Part) => [
  ...new Set(
    worsened({ ...basic, ...before }, { ...basic, ...after }, AT).map(({ code }) => String(code)),
  ),
];

describe('what a change takes from members', () => {
  test.each(oneWay)('%s', (_, before, after, code) => {
    expect(codes(before, after)).toContain(code);
    expect(codes(after, before)).not.toContain(code);
  });

  test.each(bothWays)('%s', (_, before, after, code) => {
    expect(codes(before, after)).toContain(code);
    expect(codes(after, before)).toContain(code);
  });

  test('a rate is compared exactly, however close', () => {
    const [a, b] = [rate(999_999_998, 999_999_999), rate(999_999_999, 1_000_000_000)];

    expect(codes(a, b)).toEqual([]);
    expect(codes(b, a)).toEqual(['LOWER_RATE']);
  });

  test('a beginning that is over when the version takes effect makes no difference', () => {
    expect(codes({}, when({ from: '2026-11-21T16:00:00Z' }))).toEqual([]);
  });

  test('nothing is worse than itself, and of two lives of points at least one is not shorter', () => {
    const life: fc.Arbitrary<Expiry> = fc.oneof(
      fc.constant<Expiry>({ kind: 'NEVER' }),
      fc.record({
        kind: fc.constant('MONTHS' as const),
        months: fc.integer({ min: 1, max: 60 }),
        end: fc.constantFrom('DAY' as const, 'MONTH_END' as const),
      }),
    );
    fc.assert(
      fc.property(life, life, (one, other) => {
        expect(codes({ expiry: one }, { expiry: one })).toEqual([]);
        const both = [
          ...codes({ expiry: one }, { expiry: other }),
          ...codes({ expiry: other }, { expiry: one }),
        ];
        expect(both.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
