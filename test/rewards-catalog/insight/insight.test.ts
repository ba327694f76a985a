import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { members } from '../../../subgraphs/members/subgraph.ts';
import { choose } from '../../../subgraphs/rewards-catalog/insight/domain/recommend.ts';
import { agree, buyers, withdraw } from '../../merchants/profile/consenting.ts';
import { suspend } from '../../merchants/purchasing.ts';
import { engines } from '../../support/engines.ts';
import {
  analyst,
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  regulator,
  type World,
} from '../../support/world.ts';
import { change } from '../aftersales/asking.ts';
import { donationReward } from '../donations/giving.ts';
import { catalogWith, interruption } from '../interruption.ts';
import { remindersOfMembers } from './reminders.ts';

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

const RECOMMENDATIONS = `query ($id: ID, $personalised: Boolean!) {
  recommendations(memberId: $id, personalised: $personalised) {
    isPersonalised note rewards { reward { id } because } } }`;

const money = (amountMinor: number, currency = 'CNY') => ({ amountMinor, currency });

describe.each(engines)('what redemptions tell, on $name', (engine) => {
  const outage = interruption(members, 'Member', '__resolveReference');
  let world: World;
  let merchantId: string;
  let saver: string;
  beforeAll(async () => {
    world = await openAlliance(engine, {
      at: '2026-01-10T02:00:00Z',
      definitions: catalogWith(outage.definition),
    });
    merchantId = await world.merchant({ industry: 'TELECOM', programmes: [{ earnPoints: 10 }] });
    saver = await world.member();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const savings = async (id: string, from: string, until: string, options = {}) =>
    (await world.data(SAVINGS, { id, from, until }, options)).member.savings;

  const redeemed = async (memberId: string, rewardId: string, quantity = 1) => {
    const answer = await world.redeem({ memberId, rewardId, quantity });
    expect(answer.__typename).toBe('RewardRedeemed');
    return answer.redemption.id;
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
    const pair = await world.reward({
      merchantId,
      cashPrice: money(350),
      cashPart: money(50),
    });
    const inHongKong = await world.merchant({ currency: 'HKD' });
    const abroad = await world.reward({ merchantId: inHongKong, cashPrice: money(70, 'HKD') });
    world.clock.set('2026-12-31T15:59:59Z');
    const two = await redeemed(memberId, pair, 2);
    world.clock.set('2026-12-31T16:00:00Z');
    await redeemed(memberId, pair);
    await redeemed(memberId, abroad);
    await redeemed(memberId, await donationReward(world, merchantId, { cashPrice: money(100) }));

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

    for (const saved of [[money(300)], []]) {
      await change(world, 'returnRedemption', { redemptionId: two, grounds: 'PROVIDER_FAULT' });
      const { total } = await savings(memberId, '2026-12-31', '2026-12-31');
      expect(total).toMatchObject({ redemptions: saved.length, saved });
    }
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
    const { members: all } = await world.data(
      `query ($from: LocalDate!, $until: LocalDate!) { members(first: 20) { nodes {
        savings(from: $from, until: $until) { total { redemptions } } } } }`,
      days,
    );
    expect(all.nodes.length).toBeGreaterThan(1);
    expect(world.statements.filter(({ name }) => name === 'rewards-catalog')).toHaveLength(1);
  });

  describe('of many members', () => {
    let shop: string;
    let tea: string;
    let cup: string;
    let drinkers: string[];
    beforeAll(async () => {
      world.clock.set('2027-02-27T02:00:00Z');
      shop = await world.merchant();
      const lines = Array.from({ length: 13 }, () => ({
        ...{ sku: 'T', quantity: 1, amountMinor: 20_000, category: 'tea' },
      }));
      drinkers = await buyers(world, shop, lines);
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

    type Shown = { reward: { id: string }; because: string };
    const recommended = async (id: string | null, options = {}, personalised = true) =>
      (await world.data(RECOMMENDATIONS, { id, personalised }, options)).recommendations;
    const ids = ({ rewards }: { rewards: Shown[] }) => rewards.map(({ reward }) => reward.id);

    test('rewards are recommended by what a member buys only while she agrees, and each says why', async () => {
      const memberId = String(drinkers[0]);
      const [as, locale] = [asMember(memberId), 'zh-CN'];
      const dear = await world.reward({ merchantId: shop, points: 9_000 });
      const kettle = await world.reward({ merchantId: shop, points: 9_000, category: 'tea' });
      const elsewhere = await world.reward({ merchantId, points: 9_000, category: 'tea' });
      await agree(world, memberId, 'PROFILING');
      await world.settle();

      const hers = await recommended(memberId, { as });
      const plain = await recommended(memberId, { as, locale }, false);

      expect(hers).toMatchObject({ isPersonalised: true, note: null });
      expect(ids(hers).slice(0, 4)).toEqual([tea, kettle, cup, dear]);
      expect(hers.rewards[1].because).toBe('You often buy tea at Shop.');
      expect(hers.rewards[3].because).toBe('You have bought at Shop in the last year.');
      const there = hers.rewards.find(({ reward }: Shown) => reward.id === elsewhere);
      expect(there.because).toContain('One of the newest rewards');
      expect(plain.isPersonalised).toBe(false);
      expect(plain.note).toContain('对所有人相同');
      expect(ids(plain).slice(0, 2)).toEqual([tea, cup]);
      expect(plain.rewards[0].because).toBe('本月和上月至少被兑换 10 次。');
      expect(plain.rewards[1].because).toBe('近期上架或有会员兑换的权益。');
      expect(await recommended(null, { as: anonymous, locale })).toEqual(plain);

      outage.isOut = true;
      const unknown = await recommended(memberId, { as });
      outage.isOut = false;
      expect(unknown.note).toContain('cannot be asked at the moment');
      expect(ids(unknown)).toEqual(ids(plain));

      await withdraw(world, memberId, 'PROFILING');
      const without = await recommended(memberId, { as });
      expect(without).toMatchObject({ isPersonalised: false });
      expect(without.note).toContain('no consent to a profile');
      expect(ids(without)).toEqual(ids(plain));
      const another = { as: asMember(String(drinkers[1])) };
      const { errors } = await world.ask(
        RECOMMENDATIONS,
        { id: memberId, personalised: true },
        another,
      );
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });

    test('nothing is recommended that cannot be redeemed: sold out, delisted, of a merchant that is suspended', async () => {
      const last = await world.reward({ merchantId: shop, points: 10, stock: 1 });
      const gone = await world.reward({ merchantId: shop });
      const closing = await world.merchant({ name: 'Closing' });
      const closed = await world.reward({ merchantId: closing });
      const over = await world.reward({
        merchantId: shop,
        offeredUntil: new Date(world.clock.now().getTime() + 60_000).toISOString(),
      });
      const unwanted = [last, gone, closed, over];
      expect(ids(await recommended(null))).toEqual(expect.arrayContaining(unwanted));
      world.clock.set(new Date(world.clock.now().getTime() + 60_000).toISOString());

      await redeemed(String(drinkers[1]), last);
      await world.data(
        'mutation ($input: DelistRewardInput!) { delistReward(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), rewardId: gone } },
      );
      await suspend(world, closing);

      const left = ids(await recommended(null));
      expect(left).toContain(tea);
      expect(left.filter((id: string) => unwanted.includes(id))).toEqual([]);
    });
  });

  remindersOfMembers(() => ({ engine, world, outage }));
});

test('the order of recommendations is total: fit, redemptions, age; and no taste reaches another merchant', () => {
  const offer = fc.record({
    id: fc.uuid(),
    merchantId: fc.constantFrom('a', 'b', 'c'),
    category: fc.constantFrom('tea', 'cup', null),
    publishedMs: fc.nat(3),
    redemptions: fc.nat(30),
  });
  const taste = fc.record({
    merchantId: fc.constantFrom('a', 'b', 'c'),
    categories: fc.subarray(['tea', 'cup']),
  });
  const fits = ['OFFERED', 'WANTED', 'MERCHANT_BOUGHT_AT', 'CATEGORY_BOUGHT'];
  fc.assert(
    fc.property(
      fc.uniqueArray(offer, { selector: ({ id }) => id }),
      fc.uniqueArray(taste, { selector: ({ merchantId }) => merchantId, maxLength: 2 }),
      (offers, tastes) => {
        const chosen = choose(offers, tastes);
        expect(choose(offers.toReversed(), tastes)).toEqual(chosen);
        expect(chosen.map(({ offer: { id } }) => id).toSorted()).toEqual(
          offers.map(({ id }) => id).toSorted(),
        );
        const known = tastes.map(({ merchantId }) => merchantId);
        for (const { offer: one, reason } of chosen) {
          expect(fits.indexOf(reason.kind) >= 2).toBe(known.includes(one.merchantId));
          if (reason.kind === 'WANTED')
            expect(one.redemptions - reason.redemptions).toBeLessThan(10);
        }
      },
    ),
  );
});
