import { describe, expect, test } from 'vitest';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { createRewardsCatalog } from '../../subgraphs/rewards-catalog/subgraph.ts';
import { plantPoison, removePoison } from '../points-ledger/poison.ts';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance } from '../support/world.ts';
import { catalogWith, interruption } from './interruption.ts';
import { memberWithPoints, problemsOfBooks, stockOf, withBooks } from './stocks.ts';

const STATUS = 'query ($id: ID!) { redemption(id: $id) { status } }';

describe.each(engines)('an outage during redeem on $name', (engine) => {
  test('while the ledger is down a redemption is pending; a worker finishes it, once', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    const definitions = catalogWith(ledger.definition);
    await using world = await openAlliance(engine, { definitions });
    const { merchantId, memberId } = await memberWithPoints(world, 150);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 5 });
    const idempotencyKey = freshKey();

    ledger.isOut = true;
    const pending = await world.redeem({ memberId, rewardId, idempotencyKey });
    expect(pending).toMatchObject({
      __typename: 'RedemptionPending',
      redemption: { status: 'PENDING' },
    });
    expect(await world.redeem({ memberId, rewardId, idempotencyKey })).toEqual(pending);
    ledger.isOut = false;
    await world.settle();

    expect(await world.redeem({ memberId, rewardId, idempotencyKey })).toEqual({
      __typename: 'RewardRedeemed',
      redemption: { id: pending.redemption.id, status: 'COMPLETED' },
    });
    expect(await world.wallet(memberId)).toEqual({ available: 50, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(4);
  });

  test('while the ledger stays down attempts grow rarer', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    const definitions = catalogWith(ledger.definition);
    await using world = await openAlliance(engine, { definitions });
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const idempotencyKey = freshKey();
    ledger.isOut = true;
    await world.redeem({ memberId, rewardId, idempotencyKey });
    await world.settle();
    ledger.isOut = false;

    world.clock.set('2026-11-22T02:00:01Z');
    await world.settle();
    expect((await world.wallet(memberId)).available).toBe(100);

    world.clock.set('2026-11-22T02:00:02Z');
    await world.settle();
    expect((await world.wallet(memberId)).available).toBe(0);
  });

  test.each([
    ['hold', "NEW.kind = 'HOLD'"],
    ['capture', "NEW.kind = 'CAPTURE'"],
  ])('when the ledger fails at the %s it is pending; a worker finishes it, once', async (_, at) => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 150);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 5 });
    const idempotencyKey = freshKey();

    await withBooks(world, (books) => plantPoison(books, engine, at));
    const pending = await world.redeem({ memberId, rewardId, idempotencyKey });
    expect(pending).toMatchObject({ __typename: 'RedemptionPending' });
    await withBooks(world, removePoison);
    await world.settle();

    expect(await world.redeem({ memberId, rewardId, idempotencyKey })).toMatchObject({
      __typename: 'RewardRedeemed',
    });
    expect(await world.wallet(memberId)).toEqual({ available: 50, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(4);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('when the ledger fails at the release, points and stock return later, once', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 5 });
    const idempotencyKey = freshKey();
    const redeem = () => world.redeem({ memberId, rewardId, idempotencyKey });
    const state = async () => (await world.data(STATUS, { id })).redemption.status;
    await withBooks(world, (books) => plantPoison(books, engine, "NEW.kind = 'CAPTURE'"));
    const { id } = (await redeem()).redemption;
    await withBooks(world, removePoison);

    // The hold has run out, and nothing can be given back yet.
    world.clock.set('2026-11-22T02:31:00Z');
    await withBooks(world, (books) => plantPoison(books, engine, "NEW.kind = 'RELEASE'"));
    await world.settle();
    expect(await state()).toBe('PENDING');
    expect(await stockOf(world, rewardId)).toBe(4);
    await withBooks(world, removePoison);
    world.clock.set('2026-11-22T02:40:00Z');
    await world.settle();

    expect(await state()).toBe('CANCELLED');
    expect(await redeem()).toMatchObject({ code: 'REDEMPTION_OUT_OF_TIME' });
    expect(await world.wallet(memberId)).toEqual({ available: 100, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(5);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('a hold that ran out is turned back: points and stock return, the answer says so', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    let breaksAtCapture = true;
    const rewardsCatalog = createRewardsCatalog({
      onStep: (step) => {
        ledger.isOut = breaksAtCapture && step === 'capture';
      },
    });
    const definitions = catalogWith(ledger.definition, rewardsCatalog);
    await using world = await openAlliance(engine, { definitions });
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100, stock: 5 });
    const idempotencyKey = freshKey();
    const pending = await world.redeem({ memberId, rewardId, idempotencyKey });
    expect(pending.__typename).toBe('RedemptionPending');

    world.clock.set('2026-11-22T02:31:00Z');
    breaksAtCapture = false;
    await world.settle();

    expect(await world.redeem({ memberId, rewardId, idempotencyKey })).toMatchObject({
      __typename: 'RewardNotAvailable',
      code: 'REDEMPTION_OUT_OF_TIME',
    });
    expect(await world.wallet(memberId)).toEqual({ available: 100, held: 0, debt: 0 });
    expect(await stockOf(world, rewardId)).toBe(5);
    expect(await problemsOfBooks(world)).toEqual([]);
    const { redemption } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { status voucher { code } } }',
      { id: pending.redemption.id },
    );
    expect(redemption).toEqual({ status: 'CANCELLED', voucher: null });
  });

  test('while merchants is down nothing is recorded, and the key is free', async () => {
    const outage = interruption(merchants, 'Merchant', '__resolveReference');
    const definitions = catalogWith(outage.definition);
    await using world = await openAlliance(engine, { definitions });
    const { merchantId, memberId } = await memberWithPoints(world, 100);
    const rewardId = await world.reward({ merchantId, points: 100 });
    const input = { idempotencyKey: freshKey(), memberId, rewardId };

    outage.isOut = true;
    const { errors } = await world.ask(
      'mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }',
      { input },
    );
    outage.isOut = false;

    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect((await world.data('{ redemptions(first: 5) { totalCount } }')).redemptions).toEqual({
      totalCount: 0,
    });
    expect((await world.redeem(input)).__typename).toBe('RewardRedeemed');
  });
});
