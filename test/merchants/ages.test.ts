import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  operator,
  type World,
} from '../support/world.ts';
import { addRule, engage } from './grants/granting.ts';
import { doing } from './orders/ordering.ts';
import { buy, points, quote } from './rules/buying.ts';
import { openProgramme, PLAIN } from './rules/life-cycle.ts';
import { deed } from './standing.ts';

const confirm = (
  world: World,
  merchantId: string,
  memberIds: string[],
  { years = 12, as = asMerchant(merchantId), locale = 'en' as 'en' | 'zh-CN' } = {},
) =>
  deed(
    world,
    'confirmMemberAge',
    '... on MemberAgeConfirmed { members } ... on InvalidInput { field }',
    { merchantId, memberIds, years },
    { as, locale },
  );

const seen = (world: World, merchantId: string, memberId: string, as = asMember(memberId)) =>
  world.ask(
    `query ($merchantId: ID!, $memberId: ID!) {
      memberAge(merchantId: $merchantId, memberId: $memberId) { years confirmedAt } }`,
    { merchantId, memberId },
    { as },
  );

const earned = (purchase: { awards: { points: number }[] }) =>
  purchase.awards.map((award) => award.points);

describe.each(engines)('the least age of a programme on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let programmeId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    ({ merchantId, programmeId } = await openProgramme(world, {
      rule: { ...PLAIN, policy: { minimumAge: 12 } },
    }));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('TV12: who has shown no proof of her age earns nothing and reads why; from the proof on she earns', async () => {
    const memberId = await world.member();
    const order = { merchantId, memberId };

    const before = await buy(world, order);
    const asked = await quote(world, order, 'zh-CN');
    const confirmed = await confirm(world, merchantId, [memberId, memberId]);
    const after = await buy(world, order);
    const again = await quote(world, order);

    expect(earned(before)).toEqual([]);
    expect(asked).toMatchObject({
      awards: [],
      notApplied: [
        {
          reasons: [
            {
              code: 'AGE_NOT_CONFIRMED',
              message:
                '须年满 12 周岁，而该商家尚未核验该会员的年龄。请先到该商家核验，之后的消费即可积分。',
            },
          ],
        },
      ],
    });
    expect(confirmed).toEqual({ __typename: 'MemberAgeConfirmed', members: 1 });
    expect(earned(after)).toEqual([100]);
    expect(again.awards).toMatchObject([{ points: 100 }]);
    expect((await points(world, memberId)).wallet.available).toBe(100);
  });

  test('a proof of fewer years does not do; nobody in particular is taken for old enough', async () => {
    const memberId = await world.member();
    await confirm(world, merchantId, [memberId], { years: 11 });

    const young = await quote(world, { merchantId, memberId });

    expect(young.notApplied[0].reasons).toMatchObject([{ code: 'AGE_BELOW_MINIMUM' }]);
    expect(earned(await buy(world, { merchantId, memberId }))).toEqual([]);
    expect((await quote(world, { merchantId })).awards).toMatchObject([{ points: 100 }]);
    await confirm(world, merchantId, [memberId], { years: 60 });
    expect(earned(await buy(world, { merchantId, memberId }))).toEqual([100]);
    // What was said wrongly is taken back, and touches nothing that was earned.
    await confirm(world, merchantId, [memberId], { years: 0 });
    expect(earned(await buy(world, { merchantId, memberId }))).toEqual([]);
    expect((await points(world, memberId)).wallet.available).toBe(100);
  });

  test('an order that is corrected keeps to what was known when it was recorded', async () => {
    const memberId = await world.member();
    const [unseen, other] = [await buy(world, { merchantId, memberId }), await world.merchant()];
    world.clock.advanceDays(1);
    await confirm(world, merchantId, [memberId]);
    const proven = await buy(world, { merchantId, memberId });
    world.clock.advanceDays(1);
    await confirm(world, merchantId, [memberId], { years: 0 });
    const correct = (purchaseId: string) =>
      doing(world, 'correctPurchase', {
        purchaseId,
        reason: 'A zero too few',
        replace: [{ number: 1, with: [{ sku: 'A', amountMinor: 20_000 }] }],
      });

    expect((await correct(unseen.id)).amendment).toMatchObject({ givenPoints: 0 });
    expect((await correct(proven.id)).amendment).toMatchObject({ givenPoints: 100 });
    // Where no programme asks for an age nobody has to show one.
    expect(earned(await buy(world, { merchantId: other, memberId }))).toEqual([100]);
  });

  test('imports and engagements ask for the proof as well', async () => {
    const memberId = await world.member();
    await addRule(world, programmeId, { trigger: 'LECTURE' });
    const importOrder = (row: number) =>
      deed(world, 'importPurchases', '... on PurchasesImported { recorded points }', {
        merchantId,
        purchases: [
          {
            row,
            customer: 'k1',
            orderNumber: `age-${row}`,
            purchasedAt: world.clock.now().toISOString(),
            lines: [{ amountMinor: 10_000 }],
          },
        ],
      });

    const [unseen, lecture] = [await importOrder(1), await engage(world, { merchantId, memberId })];
    const { purchases } = await world.data(
      `{ purchases(filter: { orderNumber: { eq: "age-1" } }, first: 1) { nodes { member { id } } } }`,
    );
    await confirm(world, merchantId, [memberId, purchases.nodes[0].member.id], { as: operator });

    expect(unseen).toMatchObject({ recorded: 1, points: 0 });
    expect(lecture).toMatchObject({
      __typename: 'NothingToGrant',
      reasons: [{ code: 'AGE_NOT_CONFIRMED' }],
    });
    expect(await importOrder(2)).toMatchObject({ recorded: 1, points: 100 });
    expect((await engage(world, { merchantId, memberId })).engagement.grants).toMatchObject([
      { points: 20 },
    ]);
  });

  test('she and the merchant see what was seen, nobody else; what cannot be confirmed is refused', async () => {
    const [memberId, other] = [await world.member(), await world.merchant()];
    await confirm(world, merchantId, [memberId], { years: 18 });

    const own = await seen(world, merchantId, memberId);
    const staff = await seen(world, merchantId, memberId, asMerchant(merchantId));
    const elsewhere = await seen(world, other, memberId);
    const strangers = await Promise.all(
      [asMerchant(other), asMember(await world.member()), anonymous].map((as) =>
        seen(world, merchantId, memberId, as),
      ),
    );
    const refusals = [
      await confirm(world, merchantId, [memberId], { as: asMerchant(other) }),
      await confirm(world, merchantId, [memberId], { years: -1 }),
      await confirm(world, merchantId, [memberId], { years: 121 }),
      await confirm(world, merchantId, []),
      await confirm(
        world,
        merchantId,
        Array.from({ length: 501 }, (_, index) => String(index)),
      ),
      await confirm(world, merchantId, [memberId, 'nobody']),
      await confirm(world, 'nowhere', [memberId], { as: operator }),
    ];

    expect(own.data.memberAge).toMatchObject({ years: 18 });
    expect(staff.data.memberAge).toEqual(own.data.memberAge);
    expect(elsewhere.data.memberAge).toBeNull();
    expect(strangers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      expect.stringMatching(/FORBIDDEN|UNAUTHENTICATED/),
    ]);
    expect(refusals.map(({ fault, code, field }) => [fault ?? code, field])).toEqual([
      ['FORBIDDEN', undefined],
      ['YEARS_NOT_USABLE', 'years'],
      ['YEARS_NOT_USABLE', 'years'],
      ['MEMBERS_NOT_USABLE', 'memberIds'],
      ['MEMBERS_NOT_USABLE', 'memberIds'],
      ['MEMBER_NOT_FOUND', undefined],
      ['MERCHANT_NOT_FOUND', undefined],
    ]);
  });
});
