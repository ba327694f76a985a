import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRising, preferencesOf } from '../../../subgraphs/merchants/profile/domain/profile.ts';
import { inTens } from '../../../subgraphs/merchants/profile/domain/segment.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, openAlliance, regulator, type World } from '../../support/world.ts';
import { quote } from '../rules/buying.ts';
import { openProgramme, PLAIN, published } from '../rules/life-cycle.ts';
import { agreeAll, askAsService, buyGoods, profilesOf, withdraw } from './consenting.ts';

describe('what is reckoned', () => {
  test.each([
    // recent orders and money, earlier orders and money, whether that is rising
    [3, 300, 2, 200, true],
    [3, 299, 2, 200, false],
    [2, 900, 1, 100, false],
    [3, 900, 3, 100, false],
    [9, 900, 0, 0, false],
    [3, Number.MAX_SAFE_INTEGER, 2, 6_004_799_503_160_660, true],
    [3, Number.MAX_SAFE_INTEGER, 2, 6_004_799_503_160_661, false],
  ])('S25: %i orders for %i after %i for %i: %s', (...given) => {
    const [recentOrders, recentMinor, earlierOrders, earlierMinor, expected] = given;

    expect(isRising({ recentOrders, recentMinor, earlierOrders, earlierMinor })).toBe(expected);
  });

  test('S22: of each kind the five that were bought most often, in two orders at least', () => {
    const of = (preferred: string, orders: number) => ({
      kind: 'SIZE' as const,
      preferred,
      orders,
    });
    const bought = [
      of('S', 2),
      of('M', 9),
      of('L', 1),
      ...['f', 'e', 'd', 'c'].map((s) => of(s, 3)),
    ];
    const coat = { kind: 'CATEGORY' as const, preferred: 'coat', orders: 2 };

    expect(preferencesOf([...bought, coat]).map(({ preferred }) => preferred)).toEqual([
      ...['coat', 'M', 'c', 'd', 'e', 'f'],
    ]);
  });

  test('a group is told in whole tens, and nothing of fewer than ten', () => {
    expect([0, 9, 10, 19, 20, 101].map(inTens)).toEqual([null, null, 10, 10, 20, 100]);
  });
});

describe.each(engines)('members with rising activity on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let [rising, steady, silver] = ['', '', ''];

  /** So many orders of 100.00 yuan, so many days ago. */
  async function bought(memberId: string, orders: number, daysAgo: number, amountMinor = 10_000) {
    const at = world.clock.now().getTime() - daysAgo * 86_400_000;
    const purchasedAt = new Date(at).toISOString();
    for (let n = 0; n < orders; n += 1) {
      await buyGoods(world, { memberId, merchantId, purchasedAt }, { amountMinor });
    }
  }

  beforeAll(async () => {
    world = await openAlliance(engine);
    const programme = await openProgramme(world);
    merchantId = programme.merchantId;
    await published(world, {
      programmeId: programme.programmeId,
      terms: {
        ...PLAIN,
        award: { multiplier: { numerator: 2 } },
        condition: { tiers: ['SILVER', 'GOLD'] },
      },
    });
    [rising, steady, silver] = [await world.member(), await world.member(), await world.member()];
    await bought(rising, 2, 90);
    await bought(rising, 3, 89);
    await bought(steady, 3, 179);
    await bought(steady, 3, 1);
    // Earned at another merchant, so that nothing but her tier tells her apart here.
    const elsewhere = await world.merchant();
    await buyGoods(world, { memberId: silver, merchantId: elsewhere }, { amountMinor: 500_000 });
    await agreeAll(world, [rising, steady, silver], 'PROFILING');
    await world.settle();
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  const LISTED = `members { member { id } profiles { merchant { id } orders activity { isRising
    recentOrders recentAmount { amountMinor } earlierOrders earlierAmount { amountMinor } explanation } } } next`;

  const told = async (args = '', as?: ReturnType<typeof asMember>) => {
    const { data, errors } = await world.ask(
      `{ risingMembers${args} { ${LISTED} } }`,
      {},
      as && { as },
    );
    return errors === undefined ? data.risingMembers : { fault: errors[0]?.extensions.code };
  };

  test('S25: who buys half as much again is told, with every figure of it and the rule', async () => {
    expect(await told()).toEqual({
      members: [
        {
          member: { id: rising },
          profiles: [
            {
              merchant: { id: merchantId },
              orders: 5,
              activity: {
                isRising: true,
                recentOrders: 3,
                recentAmount: { amountMinor: 30_000 },
                earlierOrders: 2,
                earlierAmount: { amountMinor: 20_000 },
                explanation:
                  '3 orders for 300.00 CNY in the last 90 days, 2 for 200.00 CNY in the 90 days before. Rising means at least 3 orders in the last 90 days, and half as much again as in the 90 days before, both in orders and in money; of who bought nothing then it is not said.',
              },
            },
          ],
        },
      ],
      next: null,
    });
    const [own] = await profilesOf(world, steady, { as: asMember(steady), locale: 'zh-CN' });
    expect(own.activity).toMatchObject({
      isRising: false,
      explanation: expect.stringMatching(
        /^最近 90 天下单 3 次，共 300.00 CNY；此前 90 天下单 3 次/,
      ),
    });
  });

  test('it is told in pages, to the operator and to other subgraphs, and to nobody else', async () => {
    const { members, next } = await told('(first: 1)');
    expect([members.length, next]).toEqual([1, rising]);
    expect(await told(`(first: 1, after: "${rising}")`)).toEqual({ members: [], next: null });
    const service = await askAsService(world, '{ risingMembers { members { member { id } } } }');
    expect(service.risingMembers.members).toEqual([{ member: { id: rising } }]);
    for (const as of [asMerchant(merchantId), asMember(rising), regulator]) {
      expect(await told('', as)).toEqual({ fault: 'FORBIDDEN' });
    }
  });

  test('S25: the same order earns the same for everybody but for the published benefit of a tier', async () => {
    const line = fc.record({
      sku: fc.constantFrom('A', 'B'),
      category: fc.constantFrom('dress', 'coat'),
      quantity: fc.integer({ min: 1, max: 3 }),
      amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
        const asked = async (memberId: string) =>
          await quote(world, { merchantId, memberId, lines });
        const [high, low, tiered] = [await asked(rising), await asked(steady), await asked(silver)];

        expect(high).toEqual(low);
        const benefit = low.notApplied[0].rule.id;
        type Award = { rule: { id: string }; points: number };
        const others = tiered.awards.filter((award: Award) => award.rule.id !== benefit);
        const paid = tiered.awards.find((award: Award) => award.rule.id === benefit);
        expect(others).toEqual(low.awards);
        expect(paid.points).toBe(low.awards[0].points);
      }),
      { numRuns: 6 },
    );
  });

  test('who takes her consent back is told no more, at once', async () => {
    await withdraw(world, rising, 'PROFILING');

    expect(await told()).toEqual({ members: [], next: null });
  });
});
