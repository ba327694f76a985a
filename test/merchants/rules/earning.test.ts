import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { freshKey, openAlliance } from '../../support/world.ts';
import { buy, certify, points, quote } from './buying.ts';
import { openProgramme, PLAIN, published } from './life-cycle.ts';
import { lawfulRule, programmeOf } from './publishing.ts';

describe.each(engines)('earning by rules on $name', (engine) => {
  test('S23: twice the points in the category dress, once for a coat', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const dresses = await lawfulRule(world, merchantId, {
      title: { zh: '连衣裙加倍', en: 'Dresses twice' },
      award: { multiplier: { numerator: 2 } },
      condition: { categories: ['dress'] },
    });
    const line = (category: string) => ({ lines: [{ category, amountMinor: 30_000 }] });
    const order = { merchantId, memberId };

    const dress = await buy(world, { ...order, ...line('dress') });
    const coat = await buy(world, { ...order, ...line('coat') });
    const asked = await quote(world, { merchantId, ...line('coat') }, 'zh-CN');

    expect(dress.awards.map((one: { points: number }) => one.points).toSorted()).toEqual([
      300, 300,
    ]);
    expect(dress.awards).toContainEqual(
      expect.objectContaining({
        rule: { id: dresses, ruleVersion: `${dresses}@v1`, title: 'Dresses twice' },
        lineNumbers: [1],
        isPosted: true,
      }),
    );
    expect(coat.awards).toMatchObject([{ points: 300 }]);
    expect((await points(world, memberId)).wallet.available).toBe(900);
    expect(asked.notApplied).toEqual([
      {
        rule: { id: dresses },
        reasons: [{ code: 'RULE_CATEGORY', message: '没有属于类别 dress 的商品行。' }],
      },
    ]);
  });

  test('S43: a green card on a green line earns half as much again, which the bank owes', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const bank = await world.merchant({
      name: 'Bank',
      industry: 'BANK',
      price: 100,
      programmes: [],
    });
    const certificateNumber = await certify(world, merchantId, 'G');
    await lawfulRule(world, merchantId, {
      award: { multiplier: { numerator: 3, denominator: 2 } },
      condition: { isGreen: true, paymentInstruments: ['GREEN_CARD'] },
      sponsorId: bank,
    });
    const lines = [
      { sku: 'G', amountMinor: 20_000, certificateNumber },
      { sku: 'A', amountMinor: 10_000, certificateNumber },
    ];
    const order = { merchantId, memberId, lines };

    const green = await buy(world, { ...order, paymentInstrument: 'GREEN_CARD' });
    const plain = await buy(world, { ...order, paymentInstrument: 'CARD' });

    const issued = (one: { issuer: { id: string }; points: number; lineNumbers: number[] }) => [
      one.issuer.id,
      one.points,
      one.lineNumbers,
    ];
    expect(new Set(green.awards.map(issued))).toEqual(
      new Set([
        [merchantId, 300, [1, 2]],
        [bank, 100, [1]],
      ]),
    );
    expect(plain.awards.map(issued)).toEqual([[merchantId, 300, [1, 2]]]);

    // All 700 points are redeemed elsewhere: of the claims the bank owes its 100 at its own price.
    const elsewhere = await world.merchant({ name: 'Elsewhere' });
    const rewardId = await world.reward({ merchantId: elsewhere, points: 700 });
    const { redeem } = await world.data(
      `mutation ($input: RedeemInput!) { redeem(input: $input) { ... on RewardRedeemed { redemption {
        claims { debtor { id } points amount { amountMinor } } } } } }`,
      { input: { idempotencyKey: freshKey(), memberId, rewardId } },
    );
    expect(new Set(redeem.redemption.claims)).toEqual(
      new Set([
        { debtor: { id: merchantId }, points: 600, amount: { amountMinor: 480 } },
        { debtor: { id: bank }, points: 100, amount: { amountMinor: 100 } },
      ]),
    );
  });

  test('TV12: rail points by the yuan, more for the young and the old, good for 12 months after 5 days', async () => {
    await using world = await openAlliance(engine);
    const after = { vesting: { days: 5 }, expiry: { months: 12 } };
    const { merchantId, programmeId } = await openProgramme(world, {
      rule: { ...PLAIN, ...after, award: { rate: { points: 5 } } },
    });
    const memberId = await world.member();
    // How old a traveller is the railway sees when it checks who she is: nobody else needs to know it.
    for (const [fare, points] of [
      ['AGED_14_TO_28', 10],
      ['AGED_60_OR_MORE', 15],
    ] as const) {
      const terms = {
        ...PLAIN,
        ...after,
        award: { rate: { points }, priority: 1 },
        condition: { categories: [fare] },
      };
      await published(world, { programmeId, terms });
    }
    const fare = (category: string | null) => ({
      merchantId,
      memberId,
      lines: [{ category, amountMinor: 100_000 }],
    });

    const earned = [];
    for (const category of [null, 'AGED_14_TO_28', 'AGED_60_OR_MORE']) {
      const asked = await quote(world, fare(category));
      const { awards } = await buy(world, fare(category));
      expect(awards).toMatchObject([{ points: asked.awards[0].points, vestsOn: '2026-11-27' }]);
      earned.push(awards[0]);
    }
    const travelled = (await points(world, memberId)).wallet;
    world.clock.advanceDays(5);
    await world.settle();
    const { wallet } = await points(world, memberId);

    expect(earned.map((award) => [award.points, award.expiresOn])).toEqual([
      [5_000, '2027-11-22'],
      [10_000, '2027-11-22'],
      [15_000, '2027-11-22'],
    ]);
    expect(travelled).toMatchObject({ available: 0, pending: 30_000 });
    expect(wallet).toMatchObject({ available: 30_000, pending: 0 });
  });

  test('S6, S17: points live for years, until the end of a month, until a day, or for ever', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({
      industry: 'JEWELLERY',
      programmes: [{ expiryMonths: 36 }],
    });
    const memberId = await world.member();
    await lawfulRule(world, merchantId, {
      award: { points: 10, group: 'b' },
      condition: { minimumMinor: 10_000 },
      expiry: { months: 36, end: 'MONTH_END' },
    });
    await lawfulRule(world, merchantId, {
      award: { points: 20, group: 'c' },
      condition: { minimumMinor: 10_000 },
      expiry: { never: true },
    });
    await lawfulRule(world, merchantId, {
      award: { points: 30, group: 'd' },
      condition: { minimumMinor: 10_000 },
      expiry: { day: '2026-12-31' },
    });

    await buy(world, { merchantId, memberId });

    const { lots } = (await points(world, memberId)).wallet;
    expect(new Set(lots)).toMatchObject(
      new Set([
        { unit: 'ALLIANCE', points: 100, expiresOn: '2029-11-22', issuer: { id: merchantId } },
        { unit: 'ALLIANCE', points: 10, expiresOn: '2029-12-01', issuer: { id: merchantId } },
        { unit: 'ALLIANCE', points: 20, expiresOn: null, issuer: { id: merchantId } },
        { unit: 'ALLIANCE', points: 30, expiresOn: '2027-01-01', issuer: { id: merchantId } },
      ]),
    );
  });

  test('S17: a shorter term holds for later points only; what was bought before it keeps its own', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ programmes: [{ expiryMonths: null }] });
    const memberId = await world.member();
    const key = await programmeOf(world, merchantId);
    const terms = { ...PLAIN, expiry: { months: 24 } };
    const next = await published(world, { programmeId: key, key, terms });
    await buy(world, { merchantId, memberId });

    world.clock.set(next.effectiveAt);
    const last = { merchantId, memberId, purchasedAt: '2026-11-23T02:00:00Z' };
    const before = await buy(world, last);
    const after = await buy(world, { merchantId, memberId });

    const shown = ({ awards }: { awards: Record<string, unknown>[] }) =>
      awards.map(({ points: given, expiresOn, rule }) => [given, expiresOn, rule]);
    const version = (number: number) =>
      expect.objectContaining({ ruleVersion: `${key}@v${number}` });
    expect(next.state).toBe('NOTICE');
    expect(shown(before)).toEqual([[100, null, version(1)]]);
    expect(shown(after)).toEqual([[100, '2028-11-29', version(2)]]);
    const { lots } = (await points(world, memberId)).wallet;
    expect(lots).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ points: 200, expiresOn: null }),
        expect.objectContaining({ points: 100, expiresOn: '2028-11-29' }),
      ]),
    );
  });

  test('S8: a brand gives its own unit beside alliance points, and exchanges them', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({
      programmes: [{}, { unit: 'GEMS', earnPoints: 3, expiryMonths: null }],
    });
    const memberId = await world.member();
    await buy(world, { merchantId, memberId });
    await world.data(
      `mutation ($input: SetConversionRateInput!) { setConversionRate(input: $input) { __typename } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          issuerId: merchantId,
          unit: 'GEMS',
          toUnit: 'ALLIANCE',
          numerator: 1,
          denominator: 4,
          priceMinor: 80,
          pricePoints: 100,
        },
      },
    );

    const { convertPoints } = await world.data(
      `mutation ($input: ConvertPointsInput!) { convertPoints(input: $input) {
        ... on PointsConverted { conversion { taken got } } ... on Refusal { code message } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          memberId,
          unit: 'GEMS',
          points: 201,
          toUnit: 'ALLIANCE',
        },
      },
    );

    expect(convertPoints).toEqual({ conversion: { taken: 200, got: 50 } });
    expect((await points(world, memberId)).wallet.byUnit).toEqual(
      expect.arrayContaining([
        { unit: 'ALLIANCE', available: 150 },
        { unit: 'GEMS', available: 100 },
      ]),
    );
  });

  test('points that count for tiers may be others than those that can be spent', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await lawfulRule(world, merchantId, {
      award: { multiplier: { numerator: 2 } },
      qualifying: { points: 7, per: { amountMinor: 1_000, currency: 'CNY' } },
    });

    const { id, awards } = await buy(world, {
      merchantId,
      memberId,
      lines: [{ sku: 'A', quantity: 2, amountMinor: 10_000 }],
    });
    await world.settle();
    const before = await points(world, memberId);
    await world.data(
      `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) { __typename } }`,
      {
        input: { idempotencyKey: freshKey(), purchaseId: id, lines: [{ number: 1, quantity: 1 }] },
      },
    );
    await world.settle();

    expect(
      new Set(awards.map((one: { qualifyingPoints: number }) => one.qualifyingPoints)),
    ).toEqual(new Set([100, 70]));
    expect(before).toMatchObject({ qualifyingPoints: 170, wallet: { available: 200 } });
    expect(await points(world, memberId)).toMatchObject({
      qualifyingPoints: 85,
      wallet: { available: 100 },
    });
  });
});
