import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import { blindIndex, open } from '../../shared/secrets.ts';
import { rewardsCatalog } from '../../subgraphs/rewards-catalog/subgraph.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { memberWithPoints } from './stocks.ts';
import { picture } from './vouchers/scan.ts';

const USE = `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) {
  __typename
  ... on VoucherUsed { redemption { id voucher { usedAt } } }
  ... on InvalidInput { field }
  ... on Refusal { code message } } }`;

/** A voucher that somebody redeemed points for. */
async function redeemed(world: World, { validDays = 30 } = {}) {
  const { merchantId, memberId } = await memberWithPoints(world, 100);
  const rewardId = await world.reward({ merchantId, points: 100, validDays });
  const { redemption } = await world.redeem({ memberId, rewardId });
  const found = await world.data(
    'query ($id: ID!) { redemption(id: $id) { voucher { code validUntil } } }',
    { id: redemption.id },
  );
  return {
    merchantId,
    memberId,
    rewardId,
    redemptionId: redemption.id,
    ...found.redemption.voucher,
  };
}

async function use(world: World, merchantId: string, voucherCode: string, key = freshKey()) {
  const { useVoucher } = await world.data(
    USE,
    { input: { idempotencyKey: key, merchantId, voucherCode } },
    { as: asMerchant(merchantId) },
  );
  return useVoucher;
}

describe.each(engines)('a voucher on $name', (engine) => {
  test('is used at the counter of its merchant, once', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, redemptionId, code } = await redeemed(world);
    const key = freshKey();

    const answer = await use(world, merchantId, code.toLowerCase(), key);

    expect(answer).toMatchObject({
      __typename: 'VoucherUsed',
      redemption: { id: redemptionId, voucher: { usedAt: world.clock.now().toISOString() } },
    });
    expect(await use(world, merchantId, code, key)).toEqual(answer);
    expect(await use(world, merchantId, code)).toMatchObject({
      __typename: 'VoucherNotUsable',
      code: 'VOUCHER_USED',
    });
  });

  test('is not shown to its merchant with its code, not even where it is used', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId, redemptionId, code } = await redeemed(world);
    const QR = 'query ($id: ID!) { redemption(id: $id) { voucher { qr } } }';
    const qr = async (as: Caller) =>
      (await world.data(QR, { id: redemptionId }, { as })).redemption.voucher.qr;
    const list = async () =>
      (
        await world.data(
          '{ redemptions(first: 5) { nodes { voucher { code usedAt } } } }',
          {},
          { as: asMerchant(merchantId) },
        )
      ).redemptions.nodes;

    expect(await qr(asMerchant(merchantId))).toBeNull();
    expect(decodeQR(picture(await qr(asMember(memberId))))).toBe(code);
    expect(await list()).toEqual([{ voucher: { code: null, usedAt: null } }]);
    await use(world, merchantId, code);
    const usedAt = world.clock.now().toISOString();
    expect(await list()).toEqual([{ voucher: { code: null, usedAt } }]);
  });

  test('cannot be read from the table, and opens only with the key and at its own place', async () => {
    await using world = await openAlliance(engine);
    const { code } = await redeemed(world);
    const database = await Database.open({
      address: addressUnder(world.databaseUrl, rewardsCatalog.name),
      entities: rewardsCatalog.entities,
      migrations: rewardsCatalog.migrations,
    });
    const [row] = await database.reader.query('SELECT * FROM rewards_voucher');
    await database.close();
    const key = 'p'.repeat(32);

    expect(JSON.stringify(row)).not.toContain(code);
    expect(open(key, 'rewards_voucher.code', row.code_sealed)).toBe(code);
    expect(() => open(key, 'members_member.phone', row.code_sealed)).toThrow();
    expect(row.code_hash).toBe(blindIndex(key, 'rewards_voucher.code', code));
  });

  test('scanned twice at once is used once', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, code } = await redeemed(world);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => use(world, merchantId, code)),
    );

    const kinds = answers.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual([...Array(9).fill('VoucherNotUsable'), 'VoucherUsed']);
  });

  test('is good to the day before its last', async () => {
    await using world = await openAlliance(engine);
    const soon = await redeemed(world, { validDays: 1 });
    const late = await redeemed(world, { validDays: 1 });
    expect(soon.validUntil).toBe('2026-11-23');

    // 23:59 and 00:00 in Shanghai.
    world.clock.set('2026-11-22T15:59:00Z');
    expect(await use(world, soon.merchantId, soon.code)).toMatchObject({
      __typename: 'VoucherUsed',
    });
    world.clock.set('2026-11-22T16:00:00Z');
    expect(await use(world, late.merchantId, late.code)).toMatchObject({
      __typename: 'VoucherNotUsable',
      code: 'VOUCHER_EXPIRED',
    });
  });

  test('with a wrong sign is refused before the database is asked', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, code } = await redeemed(world);
    const wrong = code.slice(0, -1) + (code.endsWith('2') ? '3' : '2');
    world.statements.length = 0;

    const answer = await use(world, merchantId, wrong);

    expect(answer).toMatchObject({
      __typename: 'InvalidInput',
      code: 'VOUCHER_CODE_MISTYPED',
      field: 'voucherCode',
    });
    expect(world.statements).toEqual([]);
  });

  test('of another merchant is unknown here, and is not used by others', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId, code } = await redeemed(world);
    const other = await world.merchant();

    expect(await use(world, other, code)).toMatchObject({
      __typename: 'NotFound',
      code: 'VOUCHER_NOT_FOUND',
    });
    for (const [as, expected] of [
      [asMerchant(other), 'FORBIDDEN'],
      [asMember(memberId), 'FORBIDDEN'],
    ] as const) {
      const input = { idempotencyKey: freshKey(), merchantId, voucherCode: code };
      const { errors } = await world.ask(USE, { input }, { as });
      expect(errors?.[0]?.extensions.code).toBe(expected);
    }
    expect(await use(world, merchantId, code)).toMatchObject({ __typename: 'VoucherUsed' });
  });

  test('stays good when its reward is delisted', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, rewardId, code } = await redeemed(world);
    await world.data(
      'mutation ($input: DelistRewardInput!) { delistReward(input: $input) { __typename } }',
      { input: { idempotencyKey: freshKey(), rewardId } },
    );

    expect(await use(world, merchantId, code)).toMatchObject({ __typename: 'VoucherUsed' });
  });
});
