import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleSubject } from '../../subgraphs/merchants/compliance/domain/finding.ts';
import {
  findingsOf,
  findingsOfTexts,
} from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
import { ANYTHING, type RuleTerms } from '../../subgraphs/merchants/rules/domain/terms.ts';
import { lawfulSentences, unlawfulSentences } from './compliance-sentences.ts';
import { drawTerms, lawfulTerms, referralTerms, ruleSubject } from './compliance-subjects.ts';

const industries = ['RETAIL', 'BANK', 'AIRLINE', 'HOTEL', 'SCENIC_SPOT', 'TELECOM', 'JEWELLERY'];

const text = fc
  .array(fc.constantFrom(...lawfulSentences), { minLength: 1, maxLength: 3 })
  .map((sentences) => ({ zh: sentences.join('\n'), en: 'As stated.' }));

/** At most 10 points for a yuan of 0.01 yuan each, doubled at most: 20 %. */
const award: fc.Arbitrary<Pick<RuleTerms, 'award' | 'condition'>> = fc.oneof(
  fc.integer({ min: 1, max: 1_000 }).map((points) => ({
    award: { kind: 'RATE' as const, rate: { points, minor: 10_000, currency: 'CNY' }, priority: 0 },
    condition: ANYTHING,
  })),
  fc.integer({ min: 1, max: 30 }).map((points) => ({
    award: { kind: 'FIXED' as const, points, group: null },
    condition: { ...ANYTHING, minimumMinor: 100 },
  })),
);

const purchaseRule = fc
  .record({
    award,
    months: fc.integer({ min: 6, max: 120 }),
    advertisement: fc.option(text),
    terms: fc.option(text),
    limits: text,
    categories: fc.option(fc.array(fc.constantFrom('dress', 'coat'), { minLength: 1 })),
    budget: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  })
  .map(
    ({
      award: { award: given, condition },
      months,
      advertisement,
      terms,
      limits,
      ...rest
    }): RuleTerms => ({
      ...lawfulTerms,
      award: given,
      condition: { ...condition, categories: rest.categories },
      caps: { perOrder: null, perMemberPerDay: null, perMember: null, budget: rest.budget },
      expiry: { kind: 'MONTHS', months, end: 'DAY' },
      notice: { ...lawfulTerms.notice, advertisement, terms, limits },
    }),
  );

const doubling: RuleTerms = {
  ...lawfulTerms,
  policy: null,
  award: { kind: 'MULTIPLIER', factor: { numerator: 2, denominator: 1 }, group: 'weekend' },
};

const lawful: fc.Arbitrary<RuleSubject> = fc
  .record({
    terms: fc.oneof(purchaseRule, fc.constant(referralTerms), fc.constant(drawTerms)),
    industry: fc.constantFrom(...industries),
    beside: fc.subarray([doubling, { ...doubling, condition: { ...ANYTHING, weekdays: [6] } }]),
    days: fc.integer({ min: 30, max: 400 }),
  })
  .map(({ terms, industry, beside, days }) =>
    ruleSubject(terms, {
      industry,
      beside: terms.award.kind === 'FIXED' ? [] : beside,
      effectiveAt: new Date(Date.parse('2026-11-22T02:00:00Z') + days * 24 * 60 * 60 * 1000),
    }),
  );

const withTerms = (subject: RuleSubject, terms: Partial<RuleTerms>): RuleSubject => ({
  ...subject,
  terms: { ...subject.terms, ...terms },
});

/** What makes any lawful rule unlawful, and the check that has to say so. */
const spoilers: readonly (readonly [string, (subject: RuleSubject) => RuleSubject])[] = [
  ['GROWS_WITH_TIME', (subject) => withTerms(subject, { trigger: 'TIME_PASSED' })],
  ['PROHIBITED_BENEFIT', (subject) => withTerms(subject, { appreciation: 'PROFIT' })],
  ['FAVOURABLE_ANSWER', (subject) => withTerms(subject, { answers: 'FAVOURABLE' })],
  [
    'REFERRAL_DEPTH',
    (subject) => withTerms(subject, { referral: { levels: 3, inviteePoints: 0, steps: [] } }),
  ],
  [
    'REFERRAL_STEPS',
    (subject) =>
      withTerms(subject, {
        referral: { levels: 1, inviteePoints: 0, steps: [{ invitees: 5, points: 1 }] },
      }),
  ],
  [
    'REFERRAL_PERCENTAGE',
    (subject) => withTerms(subject, { trigger: 'REFERRAL', award: doubling.award }),
  ],
  [
    'REBATE_TOO_HIGH',
    (subject) =>
      withTerms(subject, {
        trigger: 'PURCHASE',
        award: { kind: 'RATE', rate: { points: 31, minor: 100, currency: 'CNY' }, priority: 0 },
      }),
  ],
  [
    'BUDGET_MISSING',
    (subject) =>
      withTerms(subject, { trigger: 'BIRTHDAY', caps: { ...subject.terms.caps, budget: null } }),
  ],
  [
    'PAID_ENTRY',
    (subject) =>
      withTerms(subject, {
        lottery: { topPrizeMinor: 1, entryFeeMinor: 1, odds: null, prizes: null },
      }),
  ],
  [
    'RETROACTIVE',
    (subject) => ({ ...subject, effectiveAt: new Date(subject.publishedAt.getTime() - 1) }),
  ],
  [
    'SIGN_UP_POINTS',
    (subject) =>
      withTerms(subject, {
        trigger: 'CARD_ISSUED',
        award: { kind: 'FIXED', points: 1, group: null },
      }),
  ],
];

test('a lawful rule is never stopped', () => {
  fc.assert(
    fc.property(lawful, (subject) => {
      expect(findingsOf(subject).filter(({ severity }) => severity === 'BLOCKS')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('whatever unlawful is added to a lawful rule stops it, by its own check', () => {
  fc.assert(
    fc.property(lawful, fc.constantFrom(...spoilers), (subject, [check, spoil]) => {
      const found = findingsOf(spoil(subject)).filter(({ severity }) => severity === 'BLOCKS');
      expect(found.map(({ check: id }) => id)).toContain(check);
    }),
    { numRuns: 200 },
  );
});

const checksOf = (words: string): string[] =>
  findingsOfTexts([{ field: 'text', text: words }], { about: 'POINTS' }).map(({ check }) => check);

test('an unlawful sentence is found among any number of lawful ones', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...unlawfulSentences),
      fc.subarray([...lawfulSentences]),
      fc.nat(),
      ([sentence, check], others, place) => {
        const lines = others.toSpliced(place % (others.length + 1), 0, sentence);
        expect(checksOf(lines.join('\n'))).toEqual(checksOf(sentence));
        expect(checksOf(sentence)).toContain(check);
      },
    ),
    { numRuns: 200 },
  );
});

/** Ways to write a Chinese sentence that read the same. */
const disguises: readonly ((text: string) => string)[] = [
  (sentence) => [...sentence].join(' '),
  (sentence) => [...sentence].join('\u200b'),
  (sentence) =>
    sentence.replaceAll(/[!-~]/g, (unit) =>
      String.fromCodePoint((unit.codePointAt(0) ?? 0) + 0xfee0),
    ),
  (sentence) => [...sentence].join('·'),
];

test('blanks, invisible characters, marks and full width hide nothing', () => {
  const chinese = unlawfulSentences.filter(([sentence]) => /\p{Script=Han}/u.test(sentence));
  fc.assert(
    fc.property(
      fc.constantFrom(...chinese),
      fc.constantFrom(...disguises),
      ([sentence, check], disguise) => {
        expect(checksOf(disguise(sentence))).toContain(check);
      },
    ),
    { numRuns: 200 },
  );
});
