import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canMeet,
  overlaps,
  type PlacedRule,
} from '../../../subgraphs/merchants/rules/domain/overlap.ts';
import {
  ANYTHING,
  type Award,
  basicTerms,
  type Condition,
} from '../../../subgraphs/merchants/rules/domain/terms.ts';

/*
 * A small universe: every bound in time lies on a grid of six hours on the calendar of the books, so two rules
 * meet at some time when they meet at some point of the grid.
 */
const STEP_MS = 6 * 60 * 60 * 1000;
const START = Date.parse('2026-11-22T00:00:00+08:00');
const STEPS = 4 * 12;
const grid = Array.from({ length: STEPS }, (_, index) => START + index * STEP_MS);
const at = (step: number) => new Date(START + step * STEP_MS);

const terms = (condition: Condition, award?: Award) => ({
  ...basicTerms({
    title: { zh: '积分', en: 'Points' },
    rate: { points: 1, minor: 100, currency: 'CNY' },
    expiryMonths: 12,
  }),
  ...(award && { award }),
  condition,
});

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }));
const step = fc.integer({ min: 0, max: STEPS - 1 });
const sixHours = fc.constantFrom(0, 360, 720, 1080);

const conditions: fc.Arbitrary<Condition> = fc
  .record({
    categories: some(['dress', 'coat']),
    skus: some(['A', 'B']),
    isGreen: fc.option(fc.boolean()),
    tiers: some(['GOLD', 'SILVER']),
    weekdays: some([1, 2, 3, 4, 5, 6, 7]),
    hours: fc.option(
      fc.record({ from: sixHours, until: sixHours }).filter(({ from, until }) => from !== until),
    ),
    window: fc.record({
      from: fc.option(step),
      length: fc.option(fc.integer({ min: 1, max: 20 })),
    }),
  })
  .map(({ window: { from, length }, ...rest }) => ({
    ...ANYTHING,
    ...rest,
    from: from === null ? null : at(from).toISOString(),
    until: from === null || length === null ? null : at(from + length).toISOString(),
  }));

const placed: fc.Arbitrary<PlacedRule> = fc
  .record({ condition: conditions, from: step, length: fc.option(fc.integer({ min: 1, max: 30 })) })
  .map(({ condition, from, length }) => ({
    terms: terms(condition),
    from: at(from),
    until: length === null ? null : at(from + length),
  }));

type Line = Readonly<{ category: string; sku: string; isGreen: boolean; tier: string }>;

const lines: Line[] = ['dress', 'coat'].flatMap((category) =>
  ['A', 'B'].flatMap((sku) =>
    [true, false].flatMap((isGreen) =>
      ['GOLD', 'SILVER'].map((tier) => ({ category, sku, isGreen, tier })),
    ),
  ),
);

/** Whether a rule is about a line that is bought at an instant: written anew, by the words of the terms. */
function isAbout({ terms: { condition: c }, from, until }: PlacedRule, line: Line, time: number) {
  const local = new Date(time + 8 * 60 * 60 * 1000);
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const isInHours =
    c.hours === null ||
    (c.hours.from < c.hours.until
      ? minute >= c.hours.from && minute < c.hours.until
      : minute >= c.hours.from || minute < c.hours.until);
  return (
    time >= from.getTime() &&
    (until === null || time < until.getTime()) &&
    (c.from === null || time >= Date.parse(c.from)) &&
    (c.until === null || time < Date.parse(c.until)) &&
    (c.weekdays === null || c.weekdays.includes(weekday)) &&
    isInHours &&
    (c.categories === null || c.categories.includes(line.category)) &&
    (c.skus === null || c.skus.includes(line.sku)) &&
    (c.tiers === null || c.tiers.includes(line.tier)) &&
    (c.isGreen === null || c.isGreen === line.isGreen)
  );
}

describe('rules that overlap', () => {
  test('two rules can meet exactly when some line at some time is about both', () => {
    fc.assert(
      fc.property(placed, placed, (a, b) => {
        // Beyond the grid both go on for ever, or not: a week after its end shows it.
        const later = Array.from({ length: 60 }, (_, index) => START + (STEPS + index) * STEP_MS);
        const found = [...grid, ...later].some((time) =>
          lines.some((line) => isAbout(a, line, time) && isAbout(b, line, time)),
        );

        expect(canMeet(a, b)).toBe(found);
        expect(canMeet(b, a)).toBe(found);
      }),
      { numRuns: 500 },
    );
  });

  const rate = (priority: number, currency = 'CNY'): Award => ({
    kind: 'RATE',
    rate: { points: 1, minor: 100, currency },
    priority,
  });
  const times = (group: string | null): Award => ({
    kind: 'MULTIPLIER',
    factor: { numerator: 2, denominator: 1 },
    group,
  });
  const fixed = (group: string | null): Award => ({ kind: 'FIXED', points: 10, group });

  test.each<[string, Award, Award, boolean]>([
    ['rates of one priority', rate(0), rate(0), true],
    ['rates of two priorities', rate(0), rate(1), false],
    ['rates of two currencies', rate(0), rate(0, 'EUR'), false],
    ['multipliers without a group', times(null), times(null), true],
    ['a multiplier and a fixed bonus without a group', times(null), fixed(null), true],
    ['multipliers of one group: the better is paid', times('a'), times('a'), false],
    ['multipliers of two groups: both are paid', times('a'), times('b'), false],
    ['one with a group and one without', times('a'), times(null), false],
    ['a rate and a multiplier of it', rate(0), times(null), false],
  ])('%s', (_, a, b, expected) => {
    const [one, other] = [a, b].map((award) => ({
      terms: terms(ANYTHING, award),
      from: at(0),
      until: null,
    })) as [PlacedRule, PlacedRule]; // Two go in, so two come out.

    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });

  test('rules on two occasions never overlap', () => {
    const bonus = { ...terms(ANYTHING, fixed(null)), trigger: 'BIRTHDAY' as const };
    const place = { from: at(0), until: null };

    expect(
      overlaps({ terms: bonus, ...place }, { terms: terms(ANYTHING, fixed(null)), ...place }),
    ).toBe(false);
  });
});
