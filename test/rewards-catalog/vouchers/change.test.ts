import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, serviceCaller } from '../../../shared/graphql/caller.ts';
import { engines } from '../../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  type World,
} from '../../support/world.ts';
import { type Counter, openCounter } from './counter.ts';

const parts = '__typename ... on Refusal { code message }';
const EXTEND = `mutation ($input: ExtendVoucherInput!) { extendVoucher(input: $input) { ${parts}
  ... on InvalidInput { field }
  ... on VoucherExtended { redemption { voucher { validUntil } } } } }`;
const CANCEL = `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) {
  __typename } }`;
const REPLACE = `mutation ($input: ReplaceVoucherInput!) { replaceVoucher(input: $input) { ${parts}
  ... on VoucherReplaced { redemption { id voucher { code validUntil } } } } }`;

describe.each(engines)('a voucher that is changed on $name', (engine) => {
  let world: World;
  let counter: Counter;

  beforeAll(async () => {
    world = await openAlliance(engine, { at: '2026-11-22T02:00:00Z' });
    counter = await openCounter(world);
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** What the feed tells of the voucher of a redemption. */
  const toldOf = async (redemptionId: string): Promise<string[]> => {
    const { data } = await world.embedded.transport('rewards-catalog', {
      query: '{ rewardsCatalogFeed(after: 0, first: 1000) { kind payload } }',
      call: {
        ...{ caller: serviceCaller('merchants'), locale: 'en', requestId: 'test', deadline: null },
      },
    });
    const events = (data?.rewardsCatalogFeed ?? []) as { kind: string; payload: string }[];
    return events
      .filter(({ kind, payload }) => kind.startsWith('voucher.') && payload.includes(redemptionId))
      .map(({ kind }) => kind);
  };

  const extend = async (
    redemptionId: string,
    validUntil: string,
    { as = asMerchant(counter.merchantId), key = freshKey() }: { as?: Caller; key?: string } = {},
  ) => {
    const input = { idempotencyKey: key, redemptionId, validUntil };
    return (await world.data(EXTEND, { input }, { as })).extendVoucher;
  };
  const replace = async (
    redemptionId: string,
    { as = asMember(counter.memberId), key = freshKey() }: { as?: Caller; key?: string } = {},
  ) => {
    const input = { idempotencyKey: key, redemptionId, reason: 'LOST' };
    return (await world.data(REPLACE, { input }, { as })).replaceVoucher;
  };

  test('is made longer by its merchant, never shorter, also when its days are over', async () => {
    const { redemptionId, code } = await counter.voucher({ validDays: 10 });

    for (const [day, expected] of [
      ['2026-12-02', 'VALID_UNTIL_NOT_LATER'],
      ['2026-12-01', 'VALID_UNTIL_NOT_LATER'],
      ['2036-11-20', 'VALID_UNTIL_OUT_OF_RANGE'],
    ] as const) {
      expect(await extend(redemptionId, day)).toMatchObject({
        ...{ __typename: 'InvalidInput', code: expected, field: 'validUntil' },
      });
    }
    world.clock.set('2026-12-05T02:00:00Z');
    expect(await counter.use(code)).toMatchObject({ code: 'VOUCHER_EXPIRED' });
    await world.settle();
    await world.settle();
    expect(await extend(redemptionId, '2026-12-05')).toMatchObject({
      code: 'VALID_UNTIL_OUT_OF_RANGE',
    });
    const key = freshKey();
    const longer = { redemption: { voucher: { validUntil: '2026-12-06' } } };
    expect(await extend(redemptionId, '2026-12-06', { key })).toMatchObject(longer);
    expect(await extend(redemptionId, '2026-12-06', { key })).toMatchObject(longer);
    expect(await counter.use(code)).toMatchObject({ __typename: 'VoucherUsed' });
    // Nobody had used it while it was good: that was told once, and then that somebody did.
    await world.settle();
    expect(await toldOf(redemptionId)).toEqual(['voucher.lapsed', 'voucher.used']);
    expect(await extend(redemptionId, '2026-12-07')).toMatchObject({ code: 'VOUCHER_USED' });
  });

  test('gets a new code once for a key, and the old one is told to be replaced', async () => {
    const { redemptionId, code } = await counter.voucher();
    const key = freshKey();

    const answer = await replace(redemptionId, { key });
    const { code: fresh } = answer.redemption.voucher;

    expect(answer).toMatchObject({
      __typename: 'VoucherReplaced',
      redemption: { id: redemptionId },
    });
    expect(fresh).not.toBe(code);
    expect(await replace(redemptionId, { key })).toEqual(answer);
    expect(await counter.use(code)).toMatchObject({
      ...{ __typename: 'VoucherNotUsable', code: 'VOUCHER_REPLACED' },
    });
    expect(await counter.use(fresh)).toMatchObject({ __typename: 'VoucherUsed' });
    expect(await replace(redemptionId)).toMatchObject({ code: 'VOUCHER_USED' });
    expect(await counter.use(code)).toMatchObject({ code: 'VOUCHER_USED' });
  });

  test('is used by its old code or by its new one when both race, never by both', async () => {
    const { redemptionId, code } = await counter.voucher();

    const [used, replaced] = await Promise.all([counter.use(code), replace(redemptionId)]);

    const isUsed = used.__typename === 'VoucherUsed';
    expect(replaced.__typename).toBe(isUsed ? 'VoucherNotUsable' : 'VoucherReplaced');
    const again = await counter.use(await counter.codeOf(redemptionId));
    expect(again.__typename).toBe(isUsed ? 'VoucherNotUsable' : 'VoucherUsed');
  });

  test('is replaced ten times at most, and not when its days are over', async () => {
    const { redemptionId } = await counter.voucher({ validDays: 1 });
    for (let n = 0; n < 10; n += 1) {
      expect((await replace(redemptionId)).__typename).toBe('VoucherReplaced');
    }

    expect(await replace(redemptionId, { as: operator })).toMatchObject({
      code: 'VOUCHER_REPLACED_TOO_OFTEN',
    });
    const { redemptionId: old } = await counter.voucher({ validDays: 1 });
    world.clock.set('2026-12-08T02:00:00Z');
    expect(await replace(old)).toMatchObject({ code: 'VOUCHER_EXPIRED' });
  });

  test('that is void is not used, made longer or replaced', async () => {
    const { redemptionId, code } = await counter.voucher();
    await world.data(CANCEL, { input: { idempotencyKey: freshKey(), redemptionId } });
    const isVoid = { __typename: 'VoucherNotUsable', code: 'VOUCHER_VOID' };

    expect(await counter.use(code)).toMatchObject(isVoid);
    expect(await extend(redemptionId, '2030-01-01')).toMatchObject(isVoid);
    expect(await replace(redemptionId)).toMatchObject(isVoid);
  });

  test('of somebody else is answered as if there were none', async () => {
    const { redemptionId } = await counter.voucher();
    const [shop, member] = [await world.merchant(), await world.member()];
    const none = { __typename: 'NotFound', code: 'VOUCHER_OF_REDEMPTION_NOT_FOUND' };

    expect(await extend(redemptionId, '2030-01-01', { as: asMerchant(shop) })).toMatchObject(none);
    expect(await extend('none', '2030-01-01')).toMatchObject(none);
    expect(await replace(redemptionId, { as: asMember(member) })).toMatchObject(none);
    const input = { idempotencyKey: freshKey(), redemptionId, reason: 'LEAKED' };
    const { errors } = await world.ask(REPLACE, { input }, { as: asMerchant(counter.merchantId) });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
