import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  regulator,
} from '../support/world.ts';
import { memberWithPoints, problemsOfBooks, stockOf } from './stocks.ts';

const REDEMPTION = `query ($id: ID!) { redemption(id: $id) {
  id status quantity points unit requestedAt completedAt
  reward { id title cashPrice { amountMinor currency } } member { id }
  voucher { code validUntil usedAt } } }`;

describe.each(engines)('redeem on $name', (engine) => {
  test('S2, TV2: with 8,000 points a reward for 10,000 is refused, 2,000 are missing', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 8_000);
    const cashPrice = { amountMinor: 100_000, currency: 'CNY' };
    const rewardId = await world.reward({ merchantId, points: 10_000, cashPrice, stock: 5 });

    const answer = await world.redeem({ memberId, rewardId });

    expect(answer).toMatchObject({
      __typename: 'InsufficientPoints',
      code: 'INSUFFICIENT_POINTS',
      available: 8_000,
      missing: 2_000,
    });
    expect(await world.wallet(memberId)).toEqual({ available: 8_000, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(5);
  });

  test('S2: with 10,000 points the reward for 10,000 leaves none, and one voucher', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 10_000);
    const rewardId = await world.reward({ merchantId, points: 10_000 });

    const answer = await world.redeem({ memberId, rewardId });

    expect(answer).toMatchObject({
      __typename: 'RewardRedeemed',
      redemption: { status: 'COMPLETED' },
    });
    const { redemption } = await world.data(REDEMPTION, { id: answer.redemption.id });
    expect(redemption.voucher.code).toMatch(/^[2-9A-HJKMNP-Z]{16}$/);
    expect(await world.wallet(memberId)).toEqual({ available: 0, held: 0, debt: 0 });
  });

  test.each([
    // what, kind, points, cash in fen, and what one point is worth in yuan
    ['S5, TV3: a coupon of 800 yuan', 'VOUCHER', 8_000, 80_000, 0.1],
    ['S3, TV4: a cleaning of jewellery worth 500 yuan', 'SERVICE', 20_000, 50_000, 0.025],
    ['S11, TV8: a data pack of 10 GB', 'DATA_PACK', 800, 5_000, 0.0625],
  ])('%s takes all points and says what it costs in money', async (_, kind, points, fen, worth) => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, points);
    const cashPrice = { amountMinor: fen, currency: 'CNY' };
    const rewardId = await world.reward({ merchantId, kind, points, cashPrice, stock: 1 });

    const answer = await world.redeem({ memberId, rewardId }, { as: asMember(memberId) });

    const { redemption } = await world.data(REDEMPTION, { id: answer.redemption.id });
    expect(redemption).toMatchObject({ status: 'COMPLETED', points, reward: { cashPrice } });
    expect(redemption.reward.cashPrice.amountMinor / 100 / points).toBeCloseTo(worth, 10);
    expect(await world.wallet(memberId)).toEqual({ available: 0, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(0);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('points of several issuers pay at a third merchant', async () => {
    await using world = await openAlliance(engine);
    const [a, b, c] = [await world.merchant(), await world.merchant(), await world.merchant()];
    const memberId = await world.member();
    await world.purchase({ merchantId: a, memberId, amountMinor: 10_000 });
    await world.purchase({ merchantId: b, memberId, amountMinor: 10_000 });
    const rewardId = await world.reward({ merchantId: c, points: 200 });

    const { redemption } = await world.redeem({ memberId, rewardId });

    const found = await world.data(
      'query ($id: ID!) { redemption(id: $id) { burns { points issuer { id } } } }',
      { id: redemption.id },
    );
    expect(
      found.redemption.burns.map((burn: { issuer: { id: string } }) => burn.issuer.id).toSorted(),
    ).toEqual([a, b].toSorted());
  });

  test('a repeated key answers the same redemption, worded for whoever asks', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const [taken, refused] = [freshKey(), freshKey()];

    const first = await world.redeem({ memberId, rewardId, idempotencyKey: taken });
    const no = await world.redeem({ memberId, rewardId, idempotencyKey: refused });
    await world.purchase({ merchantId, memberId, amountMinor: 10_000 });

    expect(await world.redeem({ memberId, rewardId, idempotencyKey: taken })).toEqual(first);
    expect(no).toMatchObject({ __typename: 'InsufficientPoints', missing: 100 });
    expect(no.message).toContain('need 100 more');
    const chinese = await world.redeem(
      { memberId, rewardId, idempotencyKey: refused },
      { locale: 'zh-CN' },
    );
    expect(chinese).toMatchObject({ code: 'INSUFFICIENT_POINTS', available: 0, missing: 100 });
    expect(chinese.message).toContain('还差 100 积分');
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('a key with other input is a fault', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 300);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const idempotencyKey = freshKey();
    await world.redeem({ memberId, rewardId, idempotencyKey });

    const { errors } = await world.ask(
      'mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }',
      { input: { memberId, rewardId, quantity: 2, idempotencyKey } },
    );

    expect(errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await world.wallet(memberId)).available).toBe(200);
  });

  test('what cannot be redeemed is refused, and nothing changes', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 1_000);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 2 });
    const dear = await world.reward({ merchantId, points: 2 ** 52, stock: 9 });
    const gone = await world.reward({ merchantId, points: 100, stock: 9 });
    await world.data(
      'mutation ($input: DelistRewardInput!) { delistReward(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), rewardId: gone } },
    );

    const cases: [Record<string, unknown>, string, string][] = [
      [{ rewardId: 'nothing' }, 'NotFound', 'REWARD_NOT_FOUND'],
      [{ memberId: 'nobody' }, 'NotFound', 'MEMBER_NOT_FOUND'],
      [{ quantity: 0 }, 'InvalidInput', 'QUANTITY_OUT_OF_RANGE'],
      [{ quantity: -1 }, 'InvalidInput', 'QUANTITY_OUT_OF_RANGE'],
      [{ quantity: 101 }, 'InvalidInput', 'QUANTITY_OUT_OF_RANGE'],
      [{ rewardId: dear, quantity: 3 }, 'InvalidInput', 'PRICE_TOO_LARGE'],
      [{ rewardId: gone }, 'RewardNotAvailable', 'REWARD_DELISTED'],
      [{ quantity: 3 }, 'SoldOut', 'SOLD_OUT'],
    ];
    for (const [change, __typename, code] of cases) {
      const answer = await world.redeem({ memberId, rewardId, ...change });
      expect(answer, code).toMatchObject({ __typename, code });
      expect(answer.message).not.toBe(code);
    }
    expect(await world.wallet(memberId)).toEqual({ available: 1_000, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(2);
    for (const quantity of [1.5, 2 ** 60, '1']) {
      const { errors } = await world.ask(
        'mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), memberId, rewardId, quantity } },
      );
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  test('S57: a reward that is sold out is refused', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 1_000);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 0 });

    const answer = await world.redeem({ memberId, rewardId });

    expect(answer).toMatchObject({ __typename: 'SoldOut', code: 'SOLD_OUT' });
    expect((await world.wallet(memberId)).available).toBe(1_000);
  });

  test('a suspended merchant accepts no points, but its earlier answers stand', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 200);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const idempotencyKey = freshKey();
    const earlier = await world.redeem({ memberId, rewardId, idempotencyKey });
    await world.data(
      'mutation ($input: SuspendMerchantInput!) { suspendMerchant(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), merchantId, reason: 'insolvent' } },
    );

    const answer = await world.redeem({ memberId, rewardId });

    expect(answer).toMatchObject({ __typename: 'RewardNotAvailable', code: 'MERCHANT_SUSPENDED' });
    expect(await world.redeem({ memberId, rewardId, idempotencyKey })).toEqual(earlier);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('nobody redeems with the points of another member', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const other = await world.member();

    for (const id of [memberId, 'nobody']) {
      const { errors } = await world.ask(
        'mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), memberId: id, rewardId } },
        { as: asMember(other) },
      );
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('a redemption is seen by its member, its merchant and those who see all; the code by fewer', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const { redemption } = await world.redeem({ memberId, rewardId });
    const [otherMember, otherMerchant] = [await world.member(), await world.merchant()];
    const seen = async (as: ReturnType<typeof asMember>) =>
      (await world.data(REDEMPTION, { id: redemption.id }, { as })).redemption;

    expect((await seen(asMember(memberId))).voucher.code).toBeTruthy();
    expect((await seen(operator)).voucher.code).toBeTruthy();
    for (const as of [asMerchant(merchantId), regulator]) {
      const { voucher } = await seen(as);
      expect(voucher).toEqual({ code: null, validUntil: expect.any(String), usedAt: null });
    }
    expect(await seen(asMember(otherMember))).toBeNull();
    expect(await seen(asMerchant(otherMerchant))).toBeNull();
  });

  test('a redemption is told to the other subgraphs when it is placed and when it is completed, once each', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const { redemption } = await world.redeem({ memberId, rewardId });
    await world.redeem({ memberId, rewardId });

    const answer = await world.embedded.transport('rewards-catalog', {
      query: '{ rewardsCatalogFeed(after: 0, first: 10) { kind payload } }',
      call: {
        caller: { ...regulator, roles: ['SERVICE'] },
        locale: 'en',
        requestId: 'test',
        deadline: null,
      },
    });

    const events = answer.data?.rewardsCatalogFeed as { kind: string; payload: string }[];
    const placed = { redemptionId: redemption.id, memberId, merchantId, rewardId, quantity: 1 };
    const completedAt = world.clock.now().toISOString();
    expect(events.map(({ kind, payload }) => [kind, JSON.parse(payload)])).toEqual([
      ['redemption.placed', placed],
      ['redemption.completed', { ...placed, points: 100, unit: 'ALLIANCE', completedAt }],
    ]);
  });

  test('S38: who is under a case, or was merged into another account, is told so, and keeps what she has', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 300);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 5 });
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { statement(first: 1) { nodes { id } } } } }',
      { id: memberId },
      { as: asMember(memberId) },
    );
    const decide = async (name: string, input: object, subject: string, answer: string) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const data = await world.data(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`,
        { input: { idempotencyKey: freshKey(), ...input } },
        { as: { ...operator, subject } },
      );
      return data[name];
    };
    const ofCase = '... on PointsCaseChanged { case { id } }';
    const opened = await decide(
      'freezePoints',
      {
        ...{ memberId, reasonCode: 'FABRICATED_PURCHASES', reason: 'The till was closed.' },
        ...{ basis: 'Points are for purchases.', evidenceHash: 'e'.repeat(64), days: 20 },
        ...{ evidenceNote: 'folder 1', accrualIds: [member.wallet.statement.nodes[0].id] },
      },
      'operator:one',
      ofCase,
    );
    const caseId = opened.case.id;
    await decide('approveFreeze', { caseId }, 'operator:two', ofCase);
    expect(await world.redeem({ memberId, rewardId })).toMatchObject({
      ...{ __typename: 'RewardNotAvailable', code: 'WALLET_FROZEN' },
      message: expect.stringContaining('how to appeal'),
    });

    await decide('liftFreeze', { caseId, note: 'It was open.' }, 'operator:two', ofCase);
    const into = await world.member();
    const ofMerge = '... on PointsMergeChanged { merge { id state } }';
    const { merge } = await decide(
      'proposeMerge',
      { fromMemberId: memberId, intoMemberId: into, reason: 'Twice.', evidence: 'her papers' },
      'operator:one',
      ofMerge,
    );
    await decide('approveMerge', { mergeId: merge.id }, 'operator:two', ofMerge);
    expect(await world.redeem({ memberId, rewardId })).toMatchObject({
      ...{ __typename: 'RewardNotAvailable', code: 'WALLET_MERGED' },
    });
    expect(await world.redeem({ memberId: into, rewardId })).toMatchObject({
      __typename: 'RewardRedeemed',
    });
    expect(await stockOf(world, rewardId)).toBe(4);
  });
});
