import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonText } from '../../../subgraphs/merchants/queries/award-texts.ts';
import { awardOrder, earnedBy } from '../../../subgraphs/merchants/rules/domain/award-order.ts';
import { NO_BOUNDS, withinRoom } from '../../../subgraphs/merchants/rules/domain/caps.ts';
import type {
  EarningLine,
  EarningOrder,
  EarningRule,
} from '../../../subgraphs/merchants/rules/domain/earning.ts';
import { type KeptAward, revokedBy } from '../../../subgraphs/merchants/rules/domain/revoke.ts';
import { randomOrder, randomRules, ruleOf } from './random-rules.ts';
import { referencePoints } from './reference.ts';

/** What an order earns, or a fault of the test: random orders are far below any bound. */
function awarded(order: EarningOrder, rules: readonly EarningRule[]) {
  const outcome = awardOrder(order, rules);
  if (outcome === null) throw new Error('more than an order may earn');
  return outcome;
}

const pointsByRule = (order: EarningOrder, rules: readonly EarningRule[]): Map<string, number> =>
  new Map(
    awarded(order, rules)
      .earned.filter(({ points }) => points > 0)
      .map(({ rule, points }) => [rule.ruleKey, points]),
  );

/** The order after some pieces have come back: `pieces` of each line, as far as there are so many. */
const afterReturnOf = (order: EarningOrder, pieces: readonly number[]): EarningOrder => ({
  ...order,
  lines: order.lines.map((line, index) => ({
    ...line,
    returnedQuantity: Math.min(line.quantity, pieces[index] ?? 0),
  })),
});

const pieces = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 });

describe('what an order earns by rules', () => {
  test('is what the sentences of the terms say, for 10,000 random orders and rule sets', () => {
    fc.assert(
      fc.property(randomOrder, randomRules, (order, rules) => {
        expect(pointsByRule(order, rules)).toEqual(referencePoints(order, rules));
      }),
      { numRuns: 10_000 },
    );
  });

  test('each rule pays, waits or says why not; no line has two rates of one programme', () => {
    fc.assert(
      fc.property(randomOrder, randomRules, (order, rules) => {
        const { earned, waiting, refused } = awarded(order, rules);
        const told = [...earned, ...waiting, ...refused].map(({ rule }) => rule.id);
        expect(told.toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
        expect(refused.every(({ reasons }) => reasons.length > 0)).toBe(true);
        expect(earned.every(({ points, reasons }) => points > 0 || reasons.length > 0)).toBe(true);
        const paid = earned
          .filter(({ rule }) => rule.terms.award.kind === 'RATE')
          .flatMap(({ rule, lines }) => lines.map((number) => `${rule.programmeId} ${number}`));
        expect(new Set(paid).size).toBe(paid.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('no rule earns more when some of the order comes back', () => {
    fc.assert(
      fc.property(randomOrder, randomRules, pieces, (order, rules, back) => {
        const { earned } = awarded(order, rules);
        const rest = earnedBy(earned, afterReturnOf(order, back));
        for (const [index, { points }] of earned.entries()) {
          expect(rest?.[index]?.points).toBeLessThanOrEqual(points);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

type Award = KeptAward & { causeLine: null };

/** Gives back in steps what `steps` say; answers what is left of the points of each rule. */
function afterSteps(
  order: EarningOrder,
  rules: readonly EarningRule[],
  room: number | null,
  steps: readonly (readonly number[])[],
): Map<string, number> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  let awards: Award[] = awarded(order, rules).earned.map((earned) => {
    const given = withinRoom(earned, { ...NO_BOUNDS, budget: room });
    return {
      ruleId: given.rule.id,
      points: given.points,
      reversedPoints: 0,
      room: given.room,
      lineNumbers: given.lines,
      isLate: false,
      causeLine: null,
    };
  });
  let lines: readonly EarningLine[] = order.lines;
  for (const step of steps) {
    const after = lines.map((line, index) => ({
      ...line,
      returnedQuantity: Math.min(line.quantity, line.returnedQuantity + (step[index] ?? 0)),
    }));
    const revoked = revokedBy({ currency: order.currency, awards, lines, after }, byId);
    awards = awards.map((award, index) => ({
      ...award,
      reversedPoints: award.reversedPoints + (revoked[index]?.points ?? 0),
    }));
    lines = after;
  }
  const left = awards.map((award): [string, number] => [
    byId.get(award.ruleId)?.ruleKey ?? '',
    award.points - award.reversedPoints,
  ]);
  return new Map(left.filter(([, points]) => points > 0));
}

describe('what returns take back', () => {
  test('whatever the steps, what is left is what the order would earn without what came back', () => {
    const setting = fc.tuple(
      randomOrder,
      randomRules,
      fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }),
      fc.array(pieces, { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(setting, ([order, rules, room, steps]) => {
        const back = order.lines.map((_, index) =>
          steps.reduce((all, step) => all + (step[index] ?? 0), 0),
        );
        const kept = referencePoints(afterReturnOf(order, back), rules);
        const expected = [...kept].map(([key, points]): [string, number] => [
          key,
          Math.min(points, room ?? points),
        ]);

        const left = afterSteps(order, rules, room, steps);

        expect(left).toEqual(new Map(expected.filter(([, points]) => points > 0)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('whole lines that came back leave what the order would earn had they never been in it', () => {
    fc.assert(
      fc.property(randomOrder, randomRules, pieces, (order, rules, chosen) => {
        const all = order.lines.map(({ quantity }, index) =>
          (chosen[index] ?? 0) > 1 ? quantity : 0,
        );
        const lines = order.lines.filter((_, index) => all[index] === 0);
        const without = lines.length === 0 ? new Map() : pointsByRule({ ...order, lines }, rules);

        expect(afterSteps(order, rules, null, [all])).toEqual(without);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('why a rule does not pay', () => {
  const order: EarningOrder = {
    currency: 'CNY',
    storeId: 'S1',
    channel: null,
    region: null,
    paymentInstrument: 'CASH',
    tier: 'SILVER',
    // A Sunday, 10:00 in Beijing.
    purchasedAt: new Date('2026-11-22T02:00:00Z'),
    recordedAt: new Date('2026-11-22T02:00:00Z'),
    lines: [
      {
        number: 1,
        sku: 'A',
        category: 'coat',
        quantity: 1,
        returnedQuantity: 0,
        amountMinor: 10_000,
        isGreen: false,
      },
    ],
  };

  test.each([
    [{ stores: ['S2'] }, 'RULE_STORE', { required: 'S2', actual: 'S1' }],
    [{ channels: ['ONLINE'] }, 'RULE_CHANNEL', { required: 'ONLINE', actual: '' }],
    [{ regions: ['310000'] }, 'RULE_REGION', { required: '310000', actual: '' }],
    [
      { paymentInstruments: ['GREEN_CARD'] },
      'RULE_PAYMENT',
      { required: 'GREEN_CARD', actual: 'CASH' },
    ],
    [{ tiers: ['GOLD'] }, 'RULE_TIER', { required: 'GOLD', actual: 'SILVER' }],
    [{ weekdays: [1, 2] }, 'RULE_WEEKDAY', { required: '1, 2', actual: 7 }],
    [{ hours: { from: 0, until: 600 } }, 'RULE_HOURS', { from: '00:00', until: '10:00' }],
    [{ from: '2026-11-22T02:00:01Z' }, 'RULE_NOT_BEGUN', { from: '2026-11-22T02:00:01Z' }],
    [{ until: '2026-11-22T02:00:00Z' }, 'RULE_OVER', { until: '2026-11-22T02:00:00Z' }],
    [{ categories: ['dress'] }, 'RULE_CATEGORY', { required: 'dress' }],
    [{ skus: ['B'] }, 'RULE_SKU', { required: 'B' }],
    [{ isGreen: true }, 'RULE_GREEN', {}],
  ])('%j: %s', (condition, code, parameters) => {
    const extra = ruleOf('extra', 'p1', {
      condition,
      award: { kind: 'MULTIPLIER', factor: { numerator: 2, denominator: 1 }, group: null },
    });

    const { refused } = awarded(order, [ruleOf('p1', 'p1'), extra]);

    expect(refused).toMatchObject([
      { rule: { ruleKey: 'extra' }, reasons: [{ code, parameters }] },
    ]);
  });

  test('times are told on the clock of the books, in the language of whoever asks', () => {
    const begins = { code: 'RULE_NOT_BEGUN', parameters: { from: '2026-12-31T16:00:00Z' } };
    const over = { code: 'RULE_OVER', parameters: { until: '2026-12-01T00:00:00+08:00' } };

    expect(reasonText(begins, 'zh-CN')).toBe('活动自北京时间 2027-01-01 00:00 开始。');
    expect(reasonText(over, 'en')).toBe('The campaign was over at 2026-12-01 00:00, Beijing time.');
  });

  test('amounts are told as members say them, in the unit of their currency', () => {
    const minimum = (currency: string) => ({
      code: 'RULE_MINIMUM' as const,
      parameters: { minimum: 20_000, actual: 12_345, currency },
    });

    expect(reasonText(minimum('CNY'), 'zh-CN')).toBe(
      '适用商品须满 200 元，现为 123.45 元，还差 76.55 元。',
    );
    expect(reasonText(minimum('JPY'), 'en')).toContain('have to come to JPY 20,000');
  });

  test('every condition that does not hold is named, not the first one alone', () => {
    const extra = ruleOf('extra', 'p1', { condition: { tiers: ['GOLD'], categories: ['dress'] } });

    const { refused } = awarded(order, [extra]);

    expect(refused[0]?.reasons.map(({ code }) => code)).toEqual(['RULE_TIER', 'RULE_CATEGORY']);
  });

  test('a minimum that is not reached is told with what is missing, and passes no line on', () => {
    const better = ruleOf('better', 'p1', {
      condition: { minimumMinor: 20_000 },
      award: { kind: 'RATE', priority: 1, rate: { points: 3, minor: 100, currency: 'CNY' } },
    });

    const { earned, refused } = awarded(order, [ruleOf('p1', 'p1'), better]);

    expect(earned).toMatchObject([
      {
        rule: { ruleKey: 'better' },
        points: 0,
        reasons: [
          {
            code: 'RULE_MINIMUM',
            parameters: { minimum: 20_000, actual: 10_000, currency: 'CNY' },
          },
        ],
      },
    ]);
    expect(refused).toMatchObject([
      { rule: { ruleKey: 'p1' }, reasons: [{ code: 'RULE_PRECEDED' }] },
    ]);
  });

  test('what is not known makes a rule wait with those that it competes with, and no other', () => {
    const unknown = { ...order, lines: order.lines.map((line) => ({ ...line, isGreen: null })) };
    const green = ruleOf('green', 'p1', {
      condition: { isGreen: true },
      award: { kind: 'MULTIPLIER', factor: { numerator: 3, denominator: 2 }, group: 'g' },
    });
    const rival = ruleOf('rival', 'p1', {
      award: { kind: 'MULTIPLIER', factor: { numerator: 2, denominator: 1 }, group: 'g' },
    });

    const { earned, waiting } = awarded(unknown, [ruleOf('p1', 'p1'), green, rival]);

    expect(earned.map(({ rule }) => rule.ruleKey)).toEqual(['p1']);
    expect(waiting).toMatchObject([
      { rule: { ruleKey: 'green' }, facts: ['GREEN'] },
      { rule: { ruleKey: 'rival' }, facts: ['GREEN'] },
    ]);
  });

  test('caps cut in one order, and each says how much', () => {
    const [earned] = awarded(order, [ruleOf('p1', 'p1')]).earned;
    if (earned === undefined) throw new Error('the basic rule pays');

    const given = withinRoom(earned, { perMemberPerDay: 90, perMember: 100, budget: 40 });

    expect(given).toMatchObject({ points: 40, room: 40 });
    expect(given.reasons).toEqual([
      { code: 'RULE_CAP', parameters: { cap: 'perMemberPerDay', points: 10 } },
      { code: 'RULE_CAP', parameters: { cap: 'budget', points: 50 } },
    ]);
  });

  test('an order that would earn more than an order may is none', () => {
    const rate = { points: 1_000_000_000, minor: 1, currency: 'CNY' };
    expect(awardOrder(order, [ruleOf('p1', 'p1', { rate })])).toBeNull();
  });
});
