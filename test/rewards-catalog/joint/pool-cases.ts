import { beforeAll, describe, expect, test } from 'vitest';
import { asMember, asMerchant, freshKey, type World } from '../../support/world.ts';
import { change } from '../aftersales/asking.ts';
import { problemsOfBooks } from '../stocks.ts';
import { act, familyOf, grantFor, letPool, poolOf } from './families.ts';

const REDEEMED = `... on RewardRedeemed { redemption { id status payment
  burns { points contributor { id } } } } ... on InsufficientPoints { available missing }`;

/** What is paid from the pool of a family, or with points for one reward only, in a world that somebody else opens. */
export const poolCases = (openWorld: () => World) =>
  describe('whoever pays', () => {
    let world: World;
    let shop: string;
    let ann: string;
    let bob: string;
    let cleo: string;
    let familyId: string;
    beforeAll(async () => {
      world = openWorld();
      shop = await world.merchant();
      await letPool(world, shop);
      [ann, bob, cleo] = [
        await world.member(),
        await world.member('Bob'),
        await world.member('Cle'),
      ];
      familyId = await familyOf(world, [ann, bob, cleo]);
      for (const [memberId, points] of [
        [ann, 4_000],
        [bob, 3_000],
        [cleo, 3_000],
      ] as const) {
        await world.purchase({ merchantId: shop, memberId, amountMinor: (points + 50) * 100 });
        await act(world, 'contributeToFamilyPool', memberId, { familyId, points });
      }
    });

    const redeem = (memberId: string, rewardId: string, more: Record<string, unknown> = {}) =>
      act(world, 'redeem', memberId, { rewardId, payFrom: 'FAMILY_POOL', ...more }, REDEEMED);

    const quote = async (memberId: string, rewardId: string, payFrom: string) => {
      const { quoteRedemption } = await world.data(
        `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) { __typename
        ... on RedemptionQuote { available missing remaining } ... on Refusal { code } } }`,
        { input: { memberId, rewardId, payFrom } },
        { as: asMember(memberId) },
      );
      return quoteRedemption;
    };

    test('S35 TV9: the pool of three members pays what none of them could, and what is cancelled goes back to each share', async () => {
      const rewardId = await world.reward({ merchantId: shop, points: 10_000, stock: 1 });
      expect(await quote(bob, rewardId, 'OWN')).toMatchObject({ available: 50, missing: 9_950 });
      expect(await quote(bob, rewardId, 'FAMILY_POOL')).toEqual({
        ...{ __typename: 'RedemptionQuote', available: 10_000, missing: 0, remaining: 0 },
      });

      const { redemption } = await redeem(bob, rewardId);

      expect(redemption).toMatchObject({ status: 'COMPLETED', payment: 'FAMILY_POOL' });
      expect(redemption.burns).toHaveLength(3);
      expect(redemption.burns).toEqual(
        expect.arrayContaining([
          { points: 4_000, contributor: { id: ann } },
          { points: 3_000, contributor: { id: bob } },
          { points: 3_000, contributor: { id: cleo } },
        ]),
      );
      expect(await poolOf(world, ann)).toMatchObject({ available: 0, held: 0 });
      expect(await world.wallet(bob)).toMatchObject({ available: 50 });
      const seen = await world.data(
        'query ($id: ID!) { redemption(id: $id) { status payment burns { points } } }',
        { id: redemption.id },
        { as: asMerchant(shop) },
      );
      expect(seen.redemption).toEqual({ status: 'COMPLETED', payment: null, burns: null });

      const asked = { redemptionId: redemption.id };
      await change(world, 'cancelRedemption', asked, { as: asMember(bob) });

      const pool = await poolOf(world, ann);
      expect(pool.available).toBe(10_000);
      expect(pool.shares).toEqual(
        expect.arrayContaining([
          { member: { id: ann }, spent: 0, left: 4_000 },
          { member: { id: bob }, spent: 0, left: 3_000 },
          { member: { id: cleo }, spent: 0, left: 3_000 },
        ]),
      );
      expect(await problemsOfBooks(world)).toEqual([]);
    });

    test('S35: a part that is returned goes back to the pool, and the compensation to her who redeemed', async () => {
      const rewardId = await world.reward({
        ...{
          merchantId: shop,
          points: 500,
          stock: 9,
          afterSales: { faultCompensationPercent: 10 },
        },
      });
      const { redemption } = await redeem(bob, rewardId, { quantity: 2 });

      const returned = await change(
        world,
        'returnRedemption',
        { redemptionId: redemption.id, grounds: 'PROVIDER_FAULT' },
        { as: asMerchant(shop) },
      );

      expect(returned.return).toMatchObject({ status: 'COMPLETED', points: 500 });
      expect(await poolOf(world, ann)).toMatchObject({ available: 9_500 });
      expect(await world.wallet(bob)).toMatchObject({ available: 100 });
    });

    test('S35: a member spends no more of the pool in a month than she may, whatever the pool holds', async () => {
      const rewardId = await world.reward({ merchantId: shop, points: 100, stock: 9 });
      const cap = { familyId, memberId: cleo, unit: 'ALLIANCE', points: 150 };
      await world.data(
        `mutation ($input: SetSpendingCapInput!) { setSpendingCap(input: $input) { __typename } }`,
        { input: { idempotencyKey: freshKey(), ...cap } },
      );

      expect(await redeem(cleo, rewardId)).toMatchObject({ __typename: 'RewardRedeemed' });
      expect(await redeem(cleo, rewardId)).toMatchObject({
        ...{ __typename: 'SpendingCapReached', code: 'SPENDING_CAP_EXCEEDED' },
      });
      expect(await redeem(ann, rewardId)).toMatchObject({ __typename: 'RewardRedeemed' });
      const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { stock } }', {
        id: rewardId,
      });
      expect(reward.stock).toBe(7);
    });

    test('S35: who belongs to no family, or asks for more than there is, pays nothing from a pool', async () => {
      const rewardId = await world.reward({ merchantId: shop, points: 20_000 });
      const eve = await world.member('Eve');
      const { available } = await poolOf(world, ann);

      expect(await redeem(eve, rewardId)).toMatchObject({
        ...{ __typename: 'NotEligible', code: 'NO_FAMILY_POOL' },
      });
      expect(await quote(eve, rewardId, 'FAMILY_POOL')).toMatchObject({ code: 'NO_FAMILY_POOL' });
      expect(await redeem(ann, rewardId)).toMatchObject({
        ...{ __typename: 'InsufficientPoints', available, missing: 20_000 - available },
      });
      expect(await poolOf(world, ann)).toMatchObject({ available, held: 0 });
    });

    test('S21: points that are good for one reward pay it and no other, and go back as such', async () => {
      const [cake, bath] = [
        await world.reward({ merchantId: shop, points: 90 }),
        await world.reward({ merchantId: shop, points: 90 }),
      ];
      const dora = await world.member('Dora');
      await grantFor(world, { memberId: dora, issuerId: shop, rewardId: cake, points: 90 });
      const own = { payFrom: 'OWN' };
      const quoted = async (rewardId: string) => {
        const { quoteRedemption } = await world.data(
          `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) {
            ... on RedemptionQuote { available missing remaining burns { points } } } }`,
          { input: { memberId: dora, rewardId } },
          { as: asMember(dora) },
        );
        return quoteRedemption;
      };

      expect(await quoted(cake)).toEqual({
        ...{ available: 90, missing: 0, remaining: 0, burns: [{ points: 90 }] },
      });
      expect(await quoted(bath)).toMatchObject({ available: 0, missing: 90, burns: [] });
      expect(await redeem(dora, bath, own)).toMatchObject({
        ...{ __typename: 'InsufficientPoints', available: 0, missing: 90 },
      });
      const { redemption } = await redeem(dora, cake, own);
      expect(redemption).toMatchObject({ status: 'COMPLETED', payment: 'OWN' });
      const asked = { redemptionId: redemption.id };
      await change(world, 'cancelRedemption', asked, { as: asMember(dora) });
      expect(await redeem(dora, bath, own)).toMatchObject({ missing: 90 });
      expect(await redeem(dora, cake, own)).toMatchObject({ __typename: 'RewardRedeemed' });
    });
  });
