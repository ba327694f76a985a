import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buyers } from '../../merchants/profile/consenting.ts';
import { engines } from '../../support/engines.ts';
import {
  analyst,
  asMember,
  asMerchant,
  openAlliance,
  regulator,
  type World,
} from '../../support/world.ts';

const SAVINGS = `query ($id: ID!, $from: LocalDate!, $until: LocalDate!) { member(id: $id) {
  savings(from: $from, until: $until) {
    total { from until redemptions saved { amountMinor currency } }
    years { from until saved { amountMinor } }
    months { from until redemptions saved { amountMinor currency } } } } }`;

const STATISTICS = `query ($id: ID!, $from: LocalDate!, $until: LocalDate!, $by: [StatisticsKey!]!) {
  redemptionStatistics(merchantId: $id, from: $from, until: $until, by: $by) {
    isSuppressed groups { reward { id } category month members redemptions pieces } } }`;

const DEMAND = `query ($id: ID!) { stockAndDemand(merchantId: $id) {
  reward { id stock } pieces daysLeft } }`;

const money = (amountMinor: number, currency = 'CNY') => ({ amountMinor, currency });

describe.each(engines)('what redemptions tell, on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let saver: string;
  beforeAll(async () => {
    world = await openAlliance(engine, { at: '2026-01-10T02:00:00Z' });
    merchantId = await world.merchant({ industry: 'TELECOM', programmes: [{ earnPoints: 10 }] });
    saver = await world.member();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const savings = async (id: string, from: string, until: string, options = {}) =>
    (await world.data(SAVINGS, { id, from, until }, options)).member.savings;

  const redeemed = async (memberId: string, rewardId: string, quantity = 1) => {
    const { __typename } = await world.redeem({ memberId, rewardId, quantity });
    expect(__typename).toBe('RewardRedeemed');
  };

  test('S10, TV6: twelve bills of 100.00 with 10.00 redeemed each cost 90.00 a month, 120.00 less in the year', async () => {
    const bill = { kind: 'BILL_CREDIT', points: 1_000, cashPrice: money(1_000) };
    const rewardId = await world.reward({ merchantId, ...bill });
    for (let month = 1; month <= 12; month += 1) {
      world.clock.set(`2026-${String(month).padStart(2, '0')}-15T02:00:00Z`);
      await world.purchase({ merchantId, memberId: saver, amountMinor: 10_000 });
      await redeemed(saver, rewardId);
    }

    const shown = await savings(saver, '2026-01-01', '2026-12-31', { as: asMember(saver) });

    expect(shown.total).toEqual({
      ...{ from: '2026-01-01', until: '2026-12-31', redemptions: 12 },
      saved: [money(12_000)],
    });
    expect(shown.years).toMatchObject([{ from: '2026-01-01', saved: [{ amountMinor: 12_000 }] }]);
    expect(shown.months).toHaveLength(12);
    for (const { redemptions, saved } of shown.months) {
      const net = 10_000 - saved[0].amountMinor;
      expect({ redemptions, net }).toEqual({ redemptions: 1, net: 9_000 });
    }
  });

  test('S10: a month begins in Shanghai, currencies stay apart, and a donation saves nothing', async () => {
    const memberId = await world.member();
    world.clock.set('2026-12-20T02:00:00Z');
    await world.purchase({ merchantId, memberId, amountMinor: 100_000 });
    const pair = await world.reward({ merchantId, cashPrice: money(300) });
    const abroad = await world.reward({ merchantId, cashPrice: money(70, 'HKD') });
    world.clock.set('2026-12-31T15:59:59Z');
    await redeemed(memberId, pair, 2);
    world.clock.set('2026-12-31T16:00:00Z');
    await redeemed(memberId, pair);
    await redeemed(memberId, abroad);
    await redeemed(memberId, await world.reward({ merchantId, kind: 'DONATION' }));

    const shown = await savings(memberId, '2026-12-30', '2027-01-05');

    expect(shown.total.saved).toEqual([money(900), money(70, 'HKD')]);
    expect(shown.months).toEqual([
      { from: '2026-12-30', until: '2026-12-31', redemptions: 1, saved: [money(600)] },
      {
        ...{ from: '2027-01-01', until: '2027-01-05', redemptions: 2 },
        saved: [money(300), money(70, 'HKD')],
      },
    ]);
    expect(shown.years.map(({ from }: { from: string }) => from)).toEqual([
      '2026-12-30',
      '2027-01-01',
    ]);
    expect((await savings(memberId, '2026-12-31', '2026-12-31')).total.saved).toEqual([money(600)]);
    expect((await savings(memberId, '2026-12-01', '2026-12-30')).total.saved).toEqual([]);
  });

  test('S10: what a member saved is for herself and the operator; a list of members takes one statement', async () => {
    const days = { from: '2026-01-01', until: '2026-12-31' };
    for (const as of [asMember('another'), asMerchant(merchantId), regulator]) {
      const query = `query ($id: ID!, $from: LocalDate!, $until: LocalDate!) {
        redemptions(filter: { memberId: { eq: $id } }, first: 5) { nodes {
          member { savings(from: $from, until: $until) { total { redemptions } } } } } }`;
      const { data, errors } = await world.ask(query, { id: saver, ...days }, { as });
      const seen = data.redemptions.nodes.map(({ member }: { member: unknown }) => member);
      expect(seen.every((member: { savings: unknown } | null) => member?.savings == null)).toBe(
        true,
      );
      if (seen.length > 0) expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const { errors } = await world.ask(
      SAVINGS,
      { id: saver, from: '2026-02-01', until: '2026-01-31' },
      { locale: 'zh-CN' },
    );
    expect(errors?.[0]?.message).toContain('不得早于起始日');

    world.statements.length = 0;
    const { members } = await world.data(
      `query ($from: LocalDate!, $until: LocalDate!) { members(first: 20) { nodes {
        savings(from: $from, until: $until) { total { redemptions } } } } }`,
      days,
    );
    expect(members.nodes.length).toBeGreaterThan(1);
    expect(world.statements.filter(({ name }) => name === 'rewards-catalog')).toHaveLength(1);
  });

  describe('statistics', () => {
    let shop: string;
    let tea: string;
    let cup: string;
    beforeAll(async () => {
      world.clock.set('2027-02-27T02:00:00Z');
      shop = await world.merchant();
      const lines = Array.from({ length: 13 }, () => ({
        ...{ sku: 'T', quantity: 1, amountMinor: 20_000, category: 'tea' },
      }));
      const drinkers = await buyers(world, shop, lines);
      tea = await world.reward({ merchantId: shop, points: 100, stock: 60, category: 'tea' });
      cup = await world.reward({ merchantId: shop, points: 10, stock: 90, category: 'cup' });
      for (const [index, memberId] of drinkers.entries()) {
        if (index === 3) world.clock.set('2027-03-01T02:00:00Z');
        await redeemed(memberId, tea, index === 12 ? 3 : 1);
        if (index < 9) await redeemed(memberId, cup, 5);
      }
    });

    const statistics = async (by: readonly string[], asked = {}, options = {}) =>
      (
        await world.data(
          STATISTICS,
          { id: shop, from: '2027-02-11', until: '2027-03-11', by, ...asked },
          options,
        )
      ).redemptionStatistics;

    test('S24: counts are whole tens, and groups of fewer than ten members are left out', async () => {
      const of = (counts: object) => ({ reward: null, category: null, month: null, ...counts });
      const ten = { members: 10, redemptions: 10, pieces: 10 };

      expect(await statistics([])).toEqual({
        isSuppressed: false,
        groups: [of({ members: 10, redemptions: 20, pieces: 60 })],
      });
      expect(await statistics(['REWARD'], {}, { as: asMerchant(shop) })).toEqual({
        isSuppressed: true,
        groups: [of({ ...ten, reward: { id: tea } })],
      });
      expect(await statistics(['CATEGORY'], {}, { as: analyst })).toEqual({
        isSuppressed: true,
        groups: [of({ ...ten, category: 'tea' })],
      });
      expect(await statistics(['MONTH', 'REWARD'])).toEqual({
        isSuppressed: true,
        groups: [of({ ...ten, reward: { id: tea }, month: '2027-03-01' })],
      });
      expect(await statistics([], { from: '2027-02-01', until: '2027-02-01' })).toEqual({
        isSuppressed: true,
        groups: [],
      });
      expect(await statistics(['REWARD'], { from: '2026-01-01', until: '2026-12-01' })).toEqual({
        isSuppressed: false,
        groups: [],
      });
    });

    test('S24: a merchant asks about itself, whole months, each key once', async () => {
      const ask = (asked: object, as = asMerchant(shop)) =>
        world.ask(
          STATISTICS,
          { id: shop, from: '2027-02-01', until: '2027-02-01', by: [], ...asked },
          { as },
        );

      const answers = await Promise.all([
        ask({ id: merchantId }),
        ask({}, asMember(saver)),
        ask({ from: '2025-02-01' }),
        ask({ by: ['MONTH', 'MONTH'] }),
      ]);

      expect(
        answers.map(({ errors }) => errors?.[0]?.extensions.reason ?? errors?.[0]?.extensions.code),
      ).toEqual(['FORBIDDEN', 'FORBIDDEN', 'STATISTICS_PERIOD_NOT_USABLE', 'KEYS_REPEATED']);
    });

    test('S24: buyers see which stock runs out first, and nothing of what few redeemed', async () => {
      const { stockAndDemand } = await world.data(DEMAND, { id: shop }, { as: asMerchant(shop) });

      expect(stockAndDemand).toEqual([
        { reward: { id: tea, stock: 45 }, pieces: 10, daysLeft: 135 },
        { reward: { id: cup, stock: 45 }, pieces: null, daysLeft: null },
      ]);
      const { errors } = await world.ask(DEMAND, { id: shop }, { as: asMerchant(merchantId) });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });
  });
});
