import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../../shared/graphql/caller.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { change, quoteReturn } from '../aftersales/asking.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { asking, colleague, memberFor, redeemed } from './asking.ts';
import { breakable, isThorough, momentsOf, remedied } from './breaking.ts';
import { lapsesAreMended } from './lapses.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const EXTEND = { kind: 'EXTEND', days: 7 };
const BONUS = { kind: 'BONUS', points: 50, validDays: 90 };

describe.each(engines)('an incident on $name', (engine) => {
  let world: World;
  let ask: ReturnType<typeof asking>;
  const { breaks, definitions } = breakable();
  beforeAll(async () => {
    world = await openAlliance(engine, { at: '2026-11-20T02:00:00Z', definitions });
    ask = asking(world);
  });
  afterAll(async () => {
    expect(await problemsOfBooks(world)).toEqual([]);
    await world[Symbol.asyncDispose]();
  });

  const use = async (merchantId: string, voucherCode: string) =>
    (
      await world.data(
        `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), merchantId, voucherCode } },
        { as: asMerchant(merchantId) },
      )
    ).useVoucher.__typename;

  /**
   * A merchant whose reward a member redeemed two days before the window, and another one in it, twice. Now it is
   * the third day.
   */
  async function scene(
    before: (ids: { merchantId: string; rewardId: string }) => unknown = () => null,
  ) {
    const start = world.clock.now().getTime();
    const later = (ms: number) => new Date(start + ms).toISOString();
    const day = (days: number) => later(days * DAY).slice(0, 10);
    const merchantId = await world.merchant();
    const rewardId = await world.reward({ merchantId, stock: 10, validDays: 30 });
    const early = await memberFor(world, merchantId);
    const busy = await memberFor(world, merchantId, 2);
    const first = await redeemed(world, early, rewardId);
    await before({ merchantId, rewardId });
    world.clock.set(later(2 * DAY + 2 * HOUR));
    const second = await redeemed(world, busy, rewardId);
    const third = await redeemed(world, busy, rewardId);
    world.clock.set(later(3 * DAY));
    const window = { from: later(2 * DAY), until: later(2 * DAY + 6 * HOUR) };
    return { merchantId, rewardId, early, busy, first, second, third, window, day, later };
  }

  type Scene = Awaited<ReturnType<typeof scene>>;

  /** It is known whom it concerned. */
  async function declared({
    merchantId,
    rewardId,
    window,
  }: Pick<Scene, 'merchantId' | 'rewardId' | 'window'>) {
    const input = { merchantId, rewardIds: [rewardId], ...window };
    const { incident } = await ask.declare(input);
    await world.settle();
    return String(incident.id);
  }

  async function applied(incidentId: string, remedy: object) {
    const { incident } = await ask.propose(incidentId, remedy);
    const answer = await ask.apply(incidentId, incident.proposal);
    await world.settle();
    return answer;
  }

  test('S62 concerns whose voucher could be used in its window, and nobody else', async () => {
    let [others, short] = ['', ''];
    const at = await scene(async ({ merchantId, rewardId }) => {
      others = await memberFor(world, merchantId, 4);
      const usedBefore = await ask.voucher(await redeemed(world, others, rewardId));
      expect(await use(merchantId, usedBefore.voucher.code)).toBe('VoucherUsed');
      short = await world.reward({ merchantId, validDays: 2 });
      await redeemed(world, others, short);
    });
    const { merchantId, rewardId } = at;
    await redeemed(world, others, rewardId);
    const usedAfter = await ask.voucher(at.first);
    expect(await use(merchantId, usedAfter.voucher.code)).toBe('VoucherUsed');

    const { incident } = await ask.declare(
      { merchantId, rewardIds: [short, rewardId], ...at.window },
      { as: asMerchant(merchantId), locale: 'zh-CN' },
    );

    expect(incident).toMatchObject({ state: 'LISTING', members: null, cause: '收银系统故障' });
    expect(await ask.preview(incident.id, EXTEND)).toMatchObject({ code: 'INCIDENT_LISTING' });
    await world.settle();
    expect(await ask.incident(incident.id, { as: asMerchant(merchantId) })).toMatchObject({
      state: 'READY',
      members: 2,
      redemptions: 3,
      merchant: { id: merchantId },
    });
    expect(await ask.preview(incident.id, EXTEND)).toMatchObject({ members: 2, vouchers: 2 });
  });

  test('S62 is made good by vouchers that are good for longer, once a second person approves', async () => {
    const at = await scene();
    const id = await declared(at);
    expect((await ask.voucher(at.first)).voucher.validUntil).toBe(at.day(30));
    const { code } = (await ask.voucher(at.third)).voucher;
    expect(await use(at.merchantId, code)).toBe('VoucherUsed');

    const proposed = await ask.propose(id, EXTEND, { as: asMerchant(at.merchantId) });
    expect(proposed.incident).toMatchObject({ state: 'PROPOSED', proposal: 1, remedy: EXTEND });
    expect(await ask.apply(id, 1, { as: asMerchant(at.merchantId) })).toMatchObject({
      __typename: 'SecondPersonNeeded',
    });
    const key = freshKey();
    const answer = await ask.apply(id, 1, { key });
    expect(answer.incident).toMatchObject({ state: 'APPLYING' });
    await world.settle();

    expect(await ask.voucher(at.first, { as: asMember(at.early) })).toMatchObject({
      voucher: { validUntil: at.day(37) },
      remedies: [{ kind: 'EXTEND', ...at.window, validUntil: at.day(37), points: null }],
    });
    expect((await ask.voucher(at.second)).voucher.validUntil).toBe(at.day(39));
    expect(await ask.voucher(at.third)).toMatchObject({
      voucher: { validUntil: at.day(32) },
      remedies: [],
    });
    const progress = { members: 2, refused: 0, vouchers: 2, points: 0 };
    expect(await ask.incident(id)).toMatchObject({ state: 'APPLIED', progress });
    expect(await ask.apply(id, 1, { key })).toMatchObject({ __typename: 'RemedyApplied' });
    expect(await ask.apply(id, 1)).toMatchObject({ code: 'REMEDY_APPLIED_ALREADY' });
    for (const late of [await ask.propose(id, BONUS), await ask.withdraw(id)]) {
      expect(late).toMatchObject({ code: 'REMEDY_APPLIED_ALREADY' });
    }

    // What has lapsed is good for all its new days.
    const again = await declared(at);
    world.clock.set(at.later(40 * DAY));
    await applied(again, { kind: 'EXTEND', days: 10 });
    expect((await ask.voucher(at.first)).voucher.validUntil).toBe(at.day(50));
  });

  test('S62 is made good by points of the merchant, to each member once, at the price of its contract', async () => {
    const at = await scene();
    const id = await declared(at);

    expect(await ask.preview(id, BONUS)).toEqual({
      __typename: 'RemedyPreview',
      members: 2,
      redemptions: 3,
      vouchers: 0,
      lapsedPoints: 0,
      costs: [
        {
          ...{ merchant: { id: at.merchantId }, points: 100, unit: 'ALLIANCE' },
          ...{ owes: { amountMinor: 80, currency: 'CNY' }, pieces: 0, worth: null },
        },
      ],
    });
    expect(await world.wallet(at.busy)).toMatchObject({ available: 0 });
    expect((await applied(id, BONUS)).__typename).toBe('RemedyApplied');

    for (const memberId of [at.early, at.busy]) {
      expect(await world.wallet(memberId)).toMatchObject({ available: 50 });
    }
    expect((await ask.incident(id)).progress).toMatchObject({ members: 2, points: 100 });
    for (const redemptionId of [at.second, at.third]) {
      expect((await ask.voucher(redemptionId, { as: asMember(at.busy) })).remedies).toMatchObject([
        { kind: 'BONUS', points: 50, unit: 'ALLIANCE', cause: 'The tills were down' },
      ]);
    }
  });

  test('S62 makes points good again for a week that lapsed in an outage over midnight, and no others', async () => {
    await lapsesAreMended(world, { declared, applied });
  });

  test('S62 waits with points while the cover of the merchant is used up, and gives them later', async () => {
    const at = await scene();
    const id = await declared(at);
    const cover = (points: number) =>
      world.data(
        'mutation ($input: SetIssuerCoverInput!) { setIssuerCover(input: $input) { __typename } }',
        {
          input: {
            ...{ idempotencyKey: freshKey(), issuerId: at.merchantId, unit: 'ALLIANCE' },
            points,
          },
        },
      );
    await cover(99);
    expect(await ask.preview(id, BONUS)).toMatchObject({ code: 'REMEDY_ABOVE_COVER' });
    await cover(100);
    const { incident } = await ask.propose(id, BONUS);
    await ask.apply(id, incident.proposal);
    await cover(50);

    await world.settle();
    expect(await ask.incident(id)).toMatchObject({ state: 'APPLYING', progress: { points: 50 } });
    await cover(100);
    world.clock.advanceDays(1);
    await world.settle();

    expect(await ask.incident(id)).toMatchObject({
      state: 'APPLIED',
      progress: { members: 2, refused: 0, points: 100 },
    });
  });

  test('S62 is made good by another reward of at least the same price, with stock taken and given back', async () => {
    const at = await scene();
    const { merchantId, rewardId } = at;
    const id = await declared(at);
    const dear = { cashPrice: { amountMinor: 150, currency: 'CNY' } };
    const instead = await world.reward({ merchantId, stock: 5, ...dear, validDays: 60 });
    const remedy = { kind: 'SUBSTITUTE', rewardId: instead };
    expect((await ask.preview(id, remedy)).costs).toMatchObject([
      { pieces: 3, worth: { amountMinor: 450 }, points: 0, owes: null },
    ]);
    const { incident } = await ask.propose(id, remedy);
    await ask.apply(id, incident.proposal);
    expect(await stockOf(world, instead)).toBe(2);
    const { code } = (await ask.voucher(at.third)).voucher;
    expect(await use(merchantId, code)).toBe('VoucherUsed');

    await world.settle();

    expect(await stockOf(world, instead)).toBe(3);
    expect(await stockOf(world, rewardId)).toBe(9);
    expect(await ask.voucher(at.first)).toMatchObject({
      voucher: { validUntil: at.day(63), substitute: { id: instead } },
      remedies: [{ kind: 'SUBSTITUTE', reward: { id: instead } }],
    });
    expect((await ask.voucher(at.third)).voucher.substitute).toBeNull();
    await world.data(
      'mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), redemptionId: at.second } },
    );
    expect(await stockOf(world, instead)).toBe(4);
    expect(await stockOf(world, rewardId)).toBe(9);
  });

  test('S62, S64: what was given instead is what comes back and is exchanged', async () => {
    const at = await scene();
    const { merchantId, rewardId } = at;
    const instead = await world.reward({ merchantId, kind: 'PRODUCT', stock: 9, details: null });
    await applied(await declared(at), { kind: 'SUBSTITUTE', rewardId: instead });
    const { code } = (await ask.voucher(at.third)).voucher;
    expect(await use(merchantId, code)).toBe('VoucherUsed');
    const stocks = async () => [await stockOf(world, rewardId), await stockOf(world, instead)];
    const before = await stocks();
    const input = { redemptionId: at.third, grounds: 'SEVEN_DAYS' };

    expect(await change(world, 'exchangeRedemption', input)).toMatchObject({
      __typename: 'RedemptionExchanged',
    });
    expect(await stocks()).toEqual([before[0], (before[1] ?? 0) - 1]);
    expect(await quoteReturn(world, input)).toMatchObject({
      __typename: 'ReturnQuote',
      points: 100,
    });
    expect(await change(world, 'returnRedemption', input)).toMatchObject({
      return: { status: 'COMPLETED', points: 100 },
    });
  });

  /** After each break it rests; then a worker goes on, and breaks at the next moment. */
  async function workOff(moments: readonly string[]) {
    for (const moment of moments) {
      breaks.add(moment);
      await world.settle();
      expect([...breaks]).toEqual([]);
      world.clock.set(new Date(world.clock.now().getTime() + 300_000).toISOString());
    }
    await world.settle();
  }

  test('S62 is made good once to each, wherever the process dies', async () => {
    await remedied(world, await scene(), (steps) => workOff(momentsOf(steps)));
  });

  // On SQLite, in one process, one would sleep while it waits for the other.
  test.runIf(isThorough && engine.name === 'MariaDB')(
    'S62 is made good once to each, when two processes work at it',
    async () => {
      const at = await scene();
      const { databaseUrl } = world;
      const now = world.clock.now().toISOString();
      await using other = await openAlliance(engine, { at: now, definitions, databaseUrl });
      await remedied(world, at, async () => {
        await Promise.all([world.settle(), other.settle()]);
      });
    },
  );

  test('is refused when it is not over or not told whole, and so is a remedy that is too small, unseen, or no substitute', async () => {
    const at = await scene();
    const id = await declared(at);
    const { merchantId } = at;
    const money = (amountMinor: number) => ({ cashPrice: { amountMinor, currency: 'CNY' } });
    const none: [string, string][] = [
      [await world.reward({ merchantId, ...money(99) }), 'SUBSTITUTE_WORTH_LESS'],
      [at.rewardId, 'SUBSTITUTE_AFFECTED'],
      [await world.reward({ merchantId: await world.merchant() }), 'REWARD_OF_OTHER_MERCHANT'],
      [await world.reward({ merchantId, stock: 2 }), 'SUBSTITUTE_SOLD_OUT'],
      [await world.reward({ merchantId, fulfilHours: 24 }), 'SUBSTITUTE_NOT_AT_ONCE'],
      [await world.reward({ merchantId, duringOrder: { skus: ['A'] } }), 'SUBSTITUTE_NOT_AT_ONCE'],
      ['nowhere', 'REWARD_NOT_FOUND'],
    ];

    for (const kind of ['SERVICE', 'TICKET', 'UPGRADE', 'BILL_OFFSET']) {
      none.push([await world.reward({ merchantId, kind }), 'SUBSTITUTE_NOT_AT_ONCE']);
    }

    for (const [rewardId, code] of none) {
      expect(await ask.propose(id, { kind: 'SUBSTITUTE', rewardId }), code).toMatchObject({ code });
    }
    expect(await ask.incident(id)).toMatchObject({ state: 'READY', proposal: 0 });
    await refusesRemedies(at, id);
    await refusesIncidents(at);
  });

  async function refusesIncidents({ merchantId, rewardId, window, later }: Scene) {
    const other = await world.merchant();
    const good = { merchantId, rewardIds: [rewardId], ...window };
    const wrong: [object, string][] = [
      [{ until: later(3 * DAY + 1) }, 'INCIDENT_IN_FUTURE'],
      [{ until: window.from }, 'INCIDENT_WINDOW_EMPTY'],
      [{ from: later(-364 * DAY) }, 'INCIDENT_WINDOW_TOO_LONG'],
      [{ rewardIds: [] }, 'INCIDENT_REWARDS_COUNT'],
      [{ rewardIds: [rewardId, 'nowhere'] }, 'REWARD_UNKNOWN'],
      [{ merchantId: other }, 'REWARD_OF_OTHER_MERCHANT'],
      [{ cause: { zh: ' ', en: 'x' } }, 'TEXT_NOT_USABLE'],
    ];

    for (const [change, code] of wrong) {
      expect(await ask.declare({ ...good, ...change })).toMatchObject({ code });
    }
    await expect(ask.declare(good, { as: asMerchant(other) })).rejects.toThrow('FORBIDDEN');
    await expect(ask.declare(good, { as: asMember('x') })).rejects.toThrow('FORBIDDEN');
  }

  async function refusesRemedies(at: Scene, id: string) {
    const wrong: [object, string][] = [
      [{ kind: 'EXTEND', days: 6 }, 'REMEDY_NUMBER_OUT_OF_RANGE'],
      [{ ...EXTEND, points: 5 }, 'REMEDY_FIELD_FOREIGN'],
      [{ kind: 'BONUS', points: 10_001 }, 'REMEDY_NUMBER_OUT_OF_RANGE'],
      [{ ...BONUS, validDays: 29 }, 'REMEDY_NUMBER_OUT_OF_RANGE'],
      [{ ...BONUS, unit: 'MILES' }, 'UNIT_NOT_OWN'],
      [{ kind: 'SUBSTITUTE' }, 'REMEDY_REWARD_NEEDED'],
    ];
    for (const [remedy, code] of wrong) {
      expect(await ask.propose(id, remedy), code).toMatchObject({ code });
    }
    expect(await ask.apply(id, 0)).toMatchObject({ code: 'NO_REMEDY_PROPOSED' });
    await ask.propose(id, EXTEND);
    await ask.propose(id, BONUS);
    expect(await ask.apply(id, 1)).toMatchObject({ code: 'REMEDY_CHANGED' });

    const elsewhere = { as: asMerchant(await world.merchant()) };
    expect(await ask.incident(id, elsewhere)).toBeNull();
    expect(await ask.propose(id, EXTEND, elsewhere)).toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    expect(await ask.preview(id, EXTEND, elsewhere)).toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    const lonely = await world.reward({ merchantId: at.merchantId });
    const nobody = await declared({ ...at, rewardId: lonely });
    expect(await ask.propose(nobody, BONUS)).toMatchObject({ code: 'NOBODY_AFFECTED' });
    const all = await world.data(
      'query ($id: ID!) { incidents(first: 5, filter: { merchantId: { eq: $id } }) { nodes { id } } }',
      { id: at.merchantId },
      { as: colleague },
    );
    expect(all.incidents.nodes).toHaveLength(2);
    await withdraws(id, elsewhere);
  }

  async function withdraws(id: string, elsewhere: { as: Caller }) {
    expect(await ask.withdraw(id, elsewhere)).toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    const { incident } = await ask.withdraw(id);
    expect(incident).toMatchObject({ state: 'WITHDRAWN', members: null });
    expect(incident.finishedAt).not.toBeNull();
    await world.settle();
    for (const late of [
      await ask.withdraw(id),
      await ask.propose(id, BONUS),
      await ask.preview(id, EXTEND),
      await ask.apply(id, incident.proposal),
    ]) {
      expect(late).toMatchObject({ code: 'INCIDENT_WITHDRAWN' });
    }
  }
});
