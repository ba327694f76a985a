import fc from 'fast-check';
import type {
  EarningOrder,
  EarningRule,
} from '../../../subgraphs/merchants/rules/domain/earning.ts';
import {
  ANYTHING,
  type Award,
  basicTerms,
  type Caps,
  type Condition,
} from '../../../subgraphs/merchants/rules/domain/terms.ts';

/** Few values, so that rules and orders often meet. */
const category = fc.constantFrom('dress', 'coat', 'food');
const sku = fc.constantFrom('A', 'B', 'C');
const listOf = (value: fc.Arbitrary<string>) =>
  fc.option(fc.uniqueArray(value, { minLength: 1, maxLength: 2 }), { freq: 1, nil: null });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 1, nil: null });
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

const condition: fc.Arbitrary<Condition> = fc.record({
  categories: listOf(category),
  skus: rarely(fc.uniqueArray(sku, { minLength: 1, maxLength: 2 })),
  isGreen: rarely(fc.boolean()),
  stores: rarely(fc.constantFrom(['S1'], ['S1', 'S2'])),
  channels: rarely(fc.constantFrom(['ONLINE'], ['STORE'])),
  regions: rarely(fc.constant(['310000'])),
  paymentInstruments: rarely(fc.constant(['GREEN_CARD'])),
  tiers: rarely(fc.constantFrom(['GOLD'], ['SILVER', 'GOLD'])),
  weekdays: rarely(fc.constantFrom([1, 2, 3], [7])),
  hours: rarely(fc.constantFrom({ from: 0, until: 720 }, { from: 1_320, until: 120 })),
  from: rarely(fc.constant('2026-11-20T00:00:00Z')),
  until: rarely(fc.constant('2026-11-25T00:00:00Z')),
  minimumMinor: sometimes(fc.integer({ min: 1, max: 40_000 })),
});

const points = fc.integer({ min: 1, max: 50 });
const group = fc.constantFrom(null, 'g1', 'g2');
const award: fc.Arbitrary<Award> = fc.oneof(
  fc.record({
    kind: fc.constant('RATE' as const),
    rate: fc.record({
      points,
      minor: fc.constantFrom(1, 3, 7, 100, 999),
      currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'EUR'),
    }),
    priority: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('MULTIPLIER' as const),
    factor: fc.record({
      numerator: fc.integer({ min: 1, max: 9 }),
      denominator: fc.integer({ min: 1, max: 4 }),
    }),
    group,
  }),
  fc.record({ kind: fc.constant('FIXED' as const), points, group }),
);

const caps: fc.Arbitrary<Caps> = fc.record({
  perOrder: rarely(fc.integer({ min: 1, max: 500 })),
  perMemberPerDay: fc.constant(null),
  perMember: fc.constant(null),
  budget: fc.constant(null),
});

/** Up to eight rules of one or two programmes, each programme with a basic rule more often than not. */
export const randomRules: fc.Arbitrary<EarningRule[]> = fc
  .tuple(
    fc.constantFrom(['p1'], ['p1', 'p2']),
    fc.array(fc.record({ programme: fc.constantFrom('p1', 'p2'), condition, award, caps }), {
      maxLength: 7,
    }),
    fc.record({ points, minor: fc.constantFrom(3, 100), currency: fc.constant('CNY') }),
  )
  .map(([basic, others, rate]) => [
    ...basic.map((programmeId) => ruleOf(programmeId, programmeId, { rate })),
    ...others.map(({ programme, ...terms }, index) => ruleOf(`r${index}`, programme, terms)),
  ]);

type Given = Readonly<{
  rate?: Readonly<{ points: number; minor: number; currency: string }>;
  award?: Award;
  condition?: Partial<Condition>;
  caps?: Caps;
}>;

/** A rule of one yuan one point without conditions, or with what is said of it. */
export function ruleOf(ruleKey: string, programmeId: string, given: Given = {}): EarningRule {
  const { rate = { points: 1, minor: 100, currency: 'CNY' }, condition: said, ...rest } = given;
  const basic = basicTerms({ title: { zh: ruleKey, en: ruleKey }, rate, expiryMonths: 12 });
  const terms = { ...basic, ...rest, condition: { ...ANYTHING, ...said } };
  return { id: `id-${ruleKey}`, ruleKey, version: 1, programmeId, terms };
}

const line = fc.record({
  sku: sometimes(sku),
  category: sometimes(category),
  quantity: fc.integer({ min: 1, max: 4 }),
  amountMinor: fc.integer({ min: 0, max: 30_000 }),
  isGreen: fc.boolean(),
});

export const randomOrder: fc.Arbitrary<EarningOrder> = fc
  .record({
    currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'EUR'),
    storeId: fc.constantFrom(null, 'S1', 'S2'),
    channel: fc.constantFrom(null, 'ONLINE', 'STORE'),
    region: fc.constantFrom(null, '310000'),
    paymentInstrument: fc.constantFrom(null, 'GREEN_CARD'),
    tier: fc.constantFrom('STANDARD', 'SILVER', 'GOLD'),
    purchasedAt: fc.date({
      min: new Date('2026-11-18T00:00:00Z'),
      max: new Date('2026-11-28T00:00:00Z'),
      noInvalidDate: true,
    }),
    recordedAt: fc.constant(new Date('2026-11-28T00:00:00Z')),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  })
  .map((order) => ({
    ...order,
    lines: order.lines.map((one, index) => ({ ...one, number: index + 1, returnedQuantity: 0 })),
  }));
