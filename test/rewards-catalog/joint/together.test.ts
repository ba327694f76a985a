import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { shareReturn } from '../../../subgraphs/rewards-catalog/joint/domain/share.ts';
import { engines } from '../../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  type World,
} from '../../support/world.ts';
import { change } from '../aftersales/asking.ts';
import { catalogWith, interruption } from '../interruption.ts';
import { problemsOfBooks, stockOf } from '../stocks.ts';
import { act } from './families.ts';
import { poolCases } from './pool-cases.ts';
import { accept, decline, membersWith, seenBy, together, wallets } from './together.ts';

describe.each(engines)('redeeming together on $name', (engine) => {
  const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
  let world: World;
  let shop: string;
  let rewardId: string;
  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    shop = await world.merchant();
    rewardId = await world.reward({
      ...{ merchantId: shop, points: 1_000, stock: 100 },
      afterSales: { faultCompensationPercent: 10 },
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  // First, as the others let time pass.
  poolCases(() => world);

  /** Ann with 700 and Bob with 500, who are to pay 600 and 400. */
  async function started(more: Record<string, unknown> = {}, reward = rewardId) {
    const [ann = '', bob = ''] = await membersWith(world, shop, [700, 500]);
    const parts = [
      { memberId: ann, points: 600 },
      { memberId: bob, points: 400 },
    ];
    const answer = await together(world, reward, parts, more);
    return { ann, bob, parts, answer, id: String(answer.jointRedemption?.id) };
  }

  test('S47: two members pay a part each, all of it is burnt when both have accepted, and one voucher comes of it', async () => {
    const stock = await stockOf(world, rewardId);
    const { ann, bob, answer, id } = await started();
    expect(answer).toMatchObject({ __typename: 'JointRedemptionStarted' });
    expect(answer.jointRedemption).toMatchObject({ status: 'WAITING', members: 2, accepted: 1 });
    expect(await wallets(world, [ann, bob])).toEqual([
      [100, 600],
      [500, 0],
    ]);
    expect(await stockOf(world, rewardId)).toBe(stock);

    const accepted = await accept(world, id, bob);

    expect(accepted.jointRedemption).toMatchObject({
      ...{ status: 'COMPLETED', accepted: 2, initiatorName: 'A**', reason: null },
      redemption: { id, status: 'COMPLETED', burns: [{ points: 400 }], voucher: { code: null } },
      parts: [{ member: { id: bob }, points: 400, status: 'ACCEPTED' }],
    });
    expect(await wallets(world, [ann, bob])).toEqual([
      [100, 0],
      [100, 0],
    ]);
    expect(await stockOf(world, rewardId)).toBe(Number(stock) - 1);
    const hers = await seenBy(world, id, asMember(ann));
    expect(hers.redemption).toMatchObject({ burns: [{ points: 600 }] });
    expect(hers.redemption.voucher.code).toEqual(expect.any(String));
    const { parts } = await seenBy(world, id, operator);
    expect(parts.map(({ points }: { points: number }) => points)).toEqual([600, 400]);
    const { redemption } = await world.data(
      `query ($id: ID!) { redemption(id: $id) { points payment burns { points }
        timeline { kind } } }`,
      { id },
    );
    expect(redemption).toMatchObject({ points: 1_000, payment: 'JOINT' });
    expect(redemption.burns.map(({ points }: { points: number }) => points)).toEqual([1_000]);
    expect(redemption.timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['REQUESTED', 'POINTS_HELD', 'FULFILLED', 'COMPLETED'],
    ]);
  });

  test('S47: when one does not accept in time, the points of both are released and nothing is taken', async () => {
    const stock = await stockOf(world, rewardId);
    const { ann, bob, id } = await started({ validHours: 2 });
    const [cleo = ''] = await membersWith(world, shop, [0]);
    world.clock.set(new Date(world.clock.now().getTime() + 2 * 60 * 60 * 1000).toISOString());

    expect(await accept(world, id, bob)).toMatchObject({ code: 'JOINT_EXPIRED' });
    await world.settle();

    expect(await wallets(world, [ann, bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
    expect(await stockOf(world, rewardId)).toBe(stock);
    expect(await seenBy(world, id, asMember(ann))).toMatchObject({
      ...{ status: 'CANCELLED', redemption: null },
      reason: expect.stringContaining('Not all accepted in time'),
    });
    expect(await seenBy(world, id, asMember(cleo))).toBeNull();
  });

  test('S47: when one declines, or who started it takes it back, all is released, and it is told', async () => {
    const one = await started();
    const key = freshKey();
    const said = await decline(world, one.id, one.bob, { idempotencyKey: key });
    expect(said.jointRedemption).toMatchObject({ status: 'CANCELLED' });
    expect(await wallets(world, [one.ann, one.bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
    expect((await seenBy(world, one.id, asMember(one.ann))).parts[1]).toMatchObject({
      status: 'DECLINED',
    });
    expect(await accept(world, one.id, one.bob)).toMatchObject({
      ...{ __typename: 'JointNotOpen', code: 'JOINT_DECLINED' },
    });
    expect(await decline(world, one.id, one.bob, { idempotencyKey: key })).toEqual(said);

    const other = await started();
    await decline(world, other.id, other.ann);
    expect(await accept(world, other.id, other.bob)).toMatchObject({ code: 'JOINT_WITHDRAWN' });
    expect(await wallets(world, [other.ann, other.bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
  });

  test('S47: who has too few points learns how many alone, and may accept once she has them', async () => {
    const [ann = '', bob = ''] = await membersWith(world, shop, [600, 399]);
    const parts = [
      { memberId: ann, points: 600 },
      { memberId: bob, points: 400 },
    ];
    const { jointRedemption } = await together(world, rewardId, parts);
    const { id } = jointRedemption;
    const key = freshKey();

    const short = { __typename: 'InsufficientPoints', available: 399, missing: 1 };
    expect(await accept(world, id, bob, { idempotencyKey: key })).toMatchObject(short);
    const hers = await seenBy(world, id, asMember(ann));
    expect(hers).toMatchObject({ status: 'WAITING', accepted: 1, reason: null });
    expect(hers.parts[1]).toMatchObject({ status: 'INVITED' });
    await world.purchase({ merchantId: shop, memberId: bob, amountMinor: 100 });
    expect(await accept(world, id, bob, { idempotencyKey: key })).toMatchObject(short);
    expect(await accept(world, id, bob)).toMatchObject({ __typename: 'JointRedemptionAccepted' });
    expect(await wallets(world, [ann, bob])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('S47: who starts it without the points is refused, and nobody is invited', async () => {
    const [ann = '', bob = ''] = await membersWith(world, shop, [599, 400]);
    const parts = [
      { memberId: ann, points: 600 },
      { memberId: bob, points: 400 },
    ];
    const key = { idempotencyKey: freshKey() };

    const refused = await together(world, rewardId, parts, key);

    expect(refused).toMatchObject({ __typename: 'InsufficientPoints', missing: 1 });
    expect(await together(world, rewardId, parts, key)).toEqual(refused);
    const listed = await world.data(
      '{ jointRedemptions(first: 5) { nodes { id } } }',
      {},
      { as: asMember(bob) },
    );
    expect(listed.jointRedemptions.nodes).toEqual([]);
  });

  test('S47: parts that are wrong are refused by what is wrong with them', async () => {
    const [ann = '', bob = ''] = await membersWith(world, shop, [700, 500]);
    const hers = { memberId: ann, points: 600 };
    const his = { memberId: bob, points: 400 };
    const codeOf = async (parts: { memberId: string; points: number }[], more = {}) =>
      (await act(world, 'redeemTogether', ann, { rewardId, parts, ...more })).code;

    expect(await codeOf([hers])).toBe('JOINT_SIZE');
    expect(await codeOf([hers, { ...his, points: 399 }])).toBe('JOINT_SUM');
    expect(await codeOf([hers, { memberId: ann, points: 400 }])).toBe('JOINT_MEMBER_TWICE');
    expect(
      await codeOf([
        { ...his, points: 600 },
        { memberId: 'x', points: 400 },
      ]),
    ).toBe('JOINT_WITHOUT_HER');
    expect(await codeOf([hers, { ...his, points: 0 }])).toBe('AMOUNT_NOT_POSITIVE');
    expect(await codeOf([hers, { memberId: 'nobody', points: 400 }])).toBe('JOINT_NOT_INVITABLE');
    expect(await codeOf([hers, his], { validHours: 73 })).toBe('JOINT_HOURS');
    expect(await wallets(world, [ann, bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
  });

  test('S47: accepting twice, what is somebody else’s, and what is over are refused', async () => {
    const { ann, bob, id } = await started();
    const [cleo = ''] = await membersWith(world, shop, [500]);

    expect(await accept(world, id, cleo)).toMatchObject({ code: 'JOINT_NOT_FOUND' });
    expect(await decline(world, id, cleo)).toMatchObject({ code: 'JOINT_NOT_FOUND' });
    expect(await accept(world, id, ann)).toMatchObject({ code: 'JOINT_ACCEPTED_ALREADY' });
    const { errors } = await world.ask(
      `mutation ($input: AcceptJointRedemptionInput!) { acceptJointRedemption(input: $input) {
        __typename } }`,
      { input: { idempotencyKey: freshKey(), memberId: bob, jointRedemptionId: id } },
      { as: asMember(cleo) },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const both = await Promise.all([accept(world, id, bob), accept(world, id, bob)]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual([
      ...['JointNotOpen', 'JointRedemptionAccepted'],
    ]);
    expect(await decline(world, id, bob)).toMatchObject({ code: 'JOINT_PLACED' });
    expect(await wallets(world, [ann, bob])).toEqual([
      [100, 0],
      [100, 0],
    ]);
    expect(await seenBy(world, id, asMember(cleo))).toBeNull();
  });

  test('S47: what is gone when all have accepted gives all points back', async () => {
    const last = await world.reward({ merchantId: shop, points: 1_000, stock: 1 });
    const one = await started({}, last);
    const other = await started({}, last);

    expect((await accept(world, one.id, one.bob)).jointRedemption.status).toBe('COMPLETED');
    expect((await accept(world, other.id, other.bob)).jointRedemption).toMatchObject({
      ...{ status: 'CANCELLED', reason: expect.stringContaining('not so many left') },
    });
    expect(await wallets(world, [other.ann, other.bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
    expect(await stockOf(world, last)).toBe(0);
  });

  test('S47: the limit of a reward holds for each of those who pay', async () => {
    const rare = await world.reward({ merchantId: shop, points: 1_000, limitInAll: 1 });
    const { bob, id } = await started({}, rare);
    const [cleo = ''] = await membersWith(world, shop, [700]);
    await accept(world, id, bob);
    const parts = [
      { memberId: cleo, points: 600 },
      { memberId: bob, points: 400 },
    ];

    const { jointRedemption } = await together(world, rare, parts);

    expect(await accept(world, jointRedemption.id, bob)).toMatchObject({
      ...{ __typename: 'LimitReached', code: 'LIMIT_IN_ALL' },
    });
  });

  test('S47: nobody is pestered: so many wait at once, and who does not want to be asked is not', async () => {
    const { ann, bob, parts, id } = await started();
    await decline(world, id, bob, { neverAgain: true });
    expect(await together(world, rewardId, parts)).toMatchObject({
      ...{ __typename: 'NotInvitable', code: 'JOINT_NOT_INVITABLE' },
    });
    const cheap = await world.reward({ merchantId: shop, points: 100 });
    const [cleo = ''] = await membersWith(world, shop, [0]);
    const small = [ann, cleo].map((memberId) => ({ memberId, points: 50 }));
    for (let sent = 0; sent < 5; sent += 1) {
      expect((await together(world, cheap, small)).__typename).toBe('JointRedemptionStarted');
    }
    expect(await together(world, cheap, small)).toMatchObject({
      ...{ __typename: 'LimitReached', code: 'JOINT_TOO_MANY_OPEN' },
    });
  });

  test('S47: while the ledger is out of reach nothing is lost: what was accepted is finished afterwards', async () => {
    const { ann, bob, id } = await started();
    ledger.isOut = true;
    const key = { idempotencyKey: freshKey() };
    const accepted = await accept(world, id, bob, key);
    expect(accepted.jointRedemption).toMatchObject({ status: 'WAITING', accepted: 2 });
    expect(await wallets(world, [ann, bob])).toEqual([
      [100, 600],
      [500, 0],
    ]);
    ledger.isOut = false;
    await world.settle();
    expect(await seenBy(world, id, asMember(bob))).toMatchObject({ status: 'COMPLETED' });
    expect((await accept(world, id, bob, key)).__typename).toBe('JointRedemptionAccepted');
  });

  test('S47: when one part cannot be burnt any more, the other is not burnt either', async () => {
    const handed = await world.reward({
      ...{ merchantId: shop, points: 1_000, stock: 5, fulfilHours: 48 },
    });
    const { ann, bob, id } = await started({ validHours: 1 }, handed);
    const at = world.clock.now().getTime();
    const minutesOn = (minutes: number) => new Date(at + minutes * 60_000).toISOString();
    world.clock.set(minutesOn(50));
    expect((await accept(world, id, bob)).jointRedemption.status).toBe('PENDING');
    world.clock.set(minutesOn(60));
    ledger.isOut = true;
    await change(world, 'fulfilRedemption', { redemptionId: id }, { as: asMerchant(shop) });
    // Hers is held for 1 + 48 + 24 hours from the start, his from when he accepted.
    world.clock.set(minutesOn(73 * 60 + 10));
    ledger.isOut = false;
    await world.settle();

    expect(await seenBy(world, id, asMember(bob))).toMatchObject({ status: 'CANCELLED' });
    expect(await wallets(world, [ann, bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);
    expect(await stockOf(world, handed)).toBe(5);
  });

  test('S47: of accepting and declining at the same instant one happens, for both', async () => {
    const all = await Promise.all(Array.from({ length: 2 }, () => started()));
    await Promise.all(
      all.flatMap(({ ann, bob, id }, index) => [
        accept(world, id, bob),
        decline(world, id, index % 2 === 0 ? ann : bob),
      ]),
    );
    await world.settle();

    for (const { ann, bob, id } of all) {
      const { status } = await seenBy(world, id, operator);
      expect(['COMPLETED', 'CANCELLED']).toContain(status);
      const left = status === 'COMPLETED' ? [100, 100] : [700, 500];
      expect(await wallets(world, [ann, bob])).toEqual(left.map((points) => [points, 0]));
    }
  });

  test('S47: what is cancelled or returned goes back to each, in the share that she paid', async () => {
    const { ann, bob, id } = await started();
    await accept(world, id, bob);
    await change(world, 'cancelRedemption', { redemptionId: id }, { as: asMember(ann) });
    expect(await seenBy(world, id, asMember(bob))).toMatchObject({ status: 'CANCELLED' });
    expect(await wallets(world, [ann, bob])).toEqual([
      [700, 0],
      [500, 0],
    ]);

    const [cleo = '', dora = ''] = await membersWith(world, shop, [1_001, 999]);
    const parts = [
      { memberId: cleo, points: 1_001 },
      { memberId: dora, points: 999 },
    ];
    const joint = await together(world, rewardId, parts, { quantity: 2 });
    await accept(world, joint.jointRedemption.id, dora);
    const back = await change(
      world,
      'returnRedemption',
      { redemptionId: joint.jointRedemption.id, grounds: 'PROVIDER_FAULT' },
      { as: asMerchant(shop) },
    );
    expect(back.return).toMatchObject({ status: 'COMPLETED', points: 1_000 });
    // 500.5 and 499.5 of 1,000, and 50.05 and 49.95 of the 100 that the shop adds.
    expect(await wallets(world, [cleo, dora])).toEqual([
      [501 + 50, 0],
      [499 + 50, 0],
    ]);
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});

test('what comes back of parts adds up, and nobody gets back more than she paid', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(parts, fc.array(fc.nat(), { maxLength: 8 }), (paid, returns) => {
      let now = paid.map((points) => ({ points, returned: 0 }));
      for (const wanted of [...returns, Number.MAX_SAFE_INTEGER]) {
        const left = now.reduce((all, { points, returned }) => all + points - returned, 0);
        const points = Math.min(wanted, left);
        const shares = shareReturn(now, { points, compensation: wanted % 1_000 });
        const total = (of: 'points' | 'compensation') =>
          shares.reduce((all, share) => all + share[of], 0);
        expect(total('points')).toBe(points);
        expect(total('compensation')).toBe(wanted % 1_000);
        now = now.map((part, index) => ({
          ...part,
          returned: part.returned + (shares[index]?.points ?? 0),
        }));
        expect(now.every(({ points, returned }) => returned <= points)).toBe(true);
      }
      expect(now.every(({ points, returned }) => returned === points)).toBe(true);
    }),
  );
});
