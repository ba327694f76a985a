import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { rewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import { createVoucherSeal } from '../../../subgraphs/rewards-catalog/voucher-seal.ts';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { type Counter, openCounter, orderOf } from './counter.ts';
import { believed, listOf, report, type Use } from './offline-till.ts';

const CANCEL = `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) {
  __typename } }`;
const REPLACE = `mutation ($input: ReplaceVoucherInput!) { replaceVoucher(input: $input) {
  __typename } }`;

describe.each(engines)('vouchers without network on $name', (engine) => {
  let world: World;
  let counter: Counter;

  beforeAll(async () => {
    // A Sunday.
    world = await openAlliance(engine, { at: '2026-11-22T02:00:00Z' });
    counter = await openCounter(world);
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const now = () => world.clock.now().toISOString();
  const use = (voucherCode: string, orderNumber = freshKey(), more: object = {}): Use => ({
    ...{ voucherCode, usedAt: now(), order: { orderNumber } },
    ...more,
  });
  const freshList = async () => (await listOf(world, counter.merchantId)).listId;
  const change = (mutation: string, input: object) =>
    world.data(mutation, { input: { idempotencyKey: freshKey(), ...input } });

  test('are listed by their hash with their terms, signed, and never with a code', async () => {
    const details = { voucher: { faceMinor: 2_000, thresholdMinor: 10_000, categories: ['tea'] } };
    const good = await counter.voucher({ details, validDays: 3, quantity: 2 });
    const used = await counter.voucher();
    const cancelled = await counter.voucher();
    await counter.use(used.code);
    await change(CANCEL, { redemptionId: cancelled.redemptionId });

    const answer = await listOf(world, counter.merchantId, { storeId: 'S-1' });
    const { payload, find } = await believed(world, counter.merchantId, answer.list);

    expect(answer).toMatchObject({ count: payload.vouchers.length, next: null });
    expect(Date.parse(answer.expiresAt) - Date.parse(answer.issuedAt)).toBe(24 * 3_600_000);
    expect(payload).toMatchObject({ jti: answer.listId, store: 'S-1' });
    expect(find(good.code)).toEqual([expect.any(String), good.rewardId, '2026-11-25', 2, null]);
    expect(payload.rewards[good.rewardId]).toEqual({
      ...{ currency: 'CNY', faceMinor: 2_000, thresholdMinor: 10_000, categories: ['tea'] },
      ...{ skus: [], stores: [], weekdays: null, perOrder: 1 },
    });
    expect([find(used.code), find(cancelled.code)]).toEqual([null, null]);
    for (const part of answer.list.split('.')) {
      const text = Buffer.from(part, 'base64url').toString('latin1');
      expect([part.includes(good.code), text.includes(good.code)]).toEqual([false, false]);
    }
  });

  test('are believed neither from a list that was changed, nor of another shop, nor a day later', async () => {
    const { list } = await listOf(world, counter.merchantId);
    const [head, body = '', signature] = list.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 }));
    const asked = world.clock.now();

    const changed = [head, forged.toString('base64url'), signature].join('.');
    await expect(believed(world, counter.merchantId, changed)).rejects.toThrow('signature');
    await expect(believed(world, 'another', list)).rejects.toThrow('aud');
    world.clock.set(new Date(asked.getTime() + 24 * 3_600_000).toISOString());
    await expect(believed(world, counter.merchantId, list)).rejects.toThrow('exp');
  });

  test('are listed page by page, each voucher once', async () => {
    const { rewardId, code } = await counter.voucher();
    const numbers = Array.from({ length: 501 }, (_, n) => n);
    const seal = createVoucherSeal('p'.repeat(32));
    await using database = await openCatalogue(world);
    await database.transaction(async (manager) => {
      const [row] = await manager.query('SELECT * FROM rewards_redemption WHERE reward_id = ?', [
        rewardId,
      ]);
      const { status: _, ...redemption } = row;
      const redemptions = numbers.map((n) => ({ ...redemption, id: `copy-${n}` }));
      const columns = Object.keys(redemption);
      await insertRows(manager, 'rewards_redemption', columns, redemptions.map(Object.values));
      await insertRows(
        manager,
        'rewards_voucher',
        ['id', 'redemption_id', 'code_hash', 'code_sealed', 'valid_until'],
        numbers.map((n) => [`copy-${n}`, `copy-${n}`, `copy-${n}`, seal.seal(`C${n}`), 20270101]),
      );
    });

    const found = new Set<string>();
    const sizes: number[] = [];
    for (let after: string | null = null, pages = 0; pages < 5; pages += 1) {
      const page = await listOf(world, counter.merchantId, { after });
      const { payload, find } = await believed(world, counter.merchantId, page.list);
      sizes.push(payload.vouchers.length);
      for (const n of numbers) if (find(`C${n}`) !== null) found.add(`C${n}`);
      if (find(code) !== null) found.add(code);
      after = page.next;
      if (after === null) break;
    }
    expect(sizes.length).toBe(2);
    expect(sizes[0]).toBe(500);
    expect(found.size).toBe(502);
    await database.transaction((manager) =>
      manager.query(`UPDATE rewards_voucher SET used_ms = 1 WHERE id LIKE 'copy-%'`),
    );
  });

  test('are settled once for a code and an order, however often they are reported', async () => {
    const { code, redemptionId } = await counter.voucher();
    const list = await freshList();
    const sold = use(code, 'A-1');
    const key = freshKey();

    const first = await report(world, counter.merchantId, list, [sold, sold], { key });
    const [settled] = first.uses;

    expect(settled).toMatchObject({
      ...{ status: 'SETTLED', conflict: null, breach: null, orderNumber: 'A-1' },
      ...{ message: 'The voucher is used up by it.', redemption: { id: redemptionId } },
    });
    expect(first.uses).toEqual([settled, settled]);
    expect(await report(world, counter.merchantId, list, [sold, sold], { key })).toEqual(first);
    expect((await report(world, counter.merchantId, list, [sold])).uses).toEqual([settled]);
    expect(await counter.use(code, orderOf('A-2'))).toMatchObject({ code: 'VOUCHER_USED' });
    const { redemption } = await world.data(
      'query ($id: ID!) { redemption(id: $id) { voucher { usedAt usedWith { orderNumber } } } }',
      { id: redemptionId },
    );
    expect(redemption.voucher).toEqual({ usedAt: now(), usedWith: { orderNumber: 'A-1' } });
    await using database = await openCatalogue(world);
    const told = await database.reader.query(
      "SELECT payload FROM frame_feed_event WHERE kind = 'voucher.used'",
    );
    const ofIt = told.filter(({ payload }: { payload: string }) => payload.includes(redemptionId));
    expect(ofIt).toHaveLength(1);
  });

  test('that cannot be used up are kept as conflicts, each by its type, and found by the merchant', async () => {
    const [online, twice, same] = [
      ...([await counter.voucher(), await counter.voucher(), await counter.voucher()] as const),
    ];
    const [replaced, before, cancelled] = [
      ...([await counter.voucher(), await counter.voucher(), await counter.voucher()] as const),
    ];
    const elsewhere = await openCounter(world);
    const foreign = await elsewhere.voucher();
    const list = await freshList();
    const early = use(before.code);
    world.clock.set(new Date(world.clock.now().getTime() + 60_000).toISOString());
    await counter.use(online.code, orderOf(freshKey()));
    await counter.use(same.code, orderOf('SAME'));
    for (const { redemptionId } of [replaced, before]) {
      await change(REPLACE, { redemptionId, reason: 'LEAKED' });
    }
    await change(CANCEL, { redemptionId: cancelled.redemptionId });

    const { uses } = await report(world, counter.merchantId, list, [
      ...[use(online.code), use(twice.code), use(twice.code), use(same.code, 'SAME')],
      ...[use(replaced.code), early, use(cancelled.code), use(foreign.code), use('scrawl', 'C-9')],
    ]);

    const outcomes = uses.map(
      (one: { status: string; conflict: string }) => one.conflict ?? one.status,
    );
    expect(outcomes.toSpliced(1, 2)).toEqual([
      ...['USED_ONLINE', 'SETTLED', 'REPLACED', 'SETTLED', 'VOID', 'UNKNOWN_CODE', 'UNKNOWN_CODE'],
    ]);
    expect(outcomes.slice(1, 3).toSorted()).toEqual(['SETTLED', 'USED_OFFLINE']);
    // The member's new code stays good where the old one did not count.
    const stillGood = await counter.use(await counter.codeOf(replaced.redemptionId));
    expect(stillGood.__typename).toBe('VoucherUsed');
    expect((await elsewhere.use(foreign.code)).__typename).toBe('VoucherUsed');
    const { offlineUses } = await world.data(
      `{ offlineUses(filter: { status: { eq: CONFLICT } }, first: 50) {
         nodes { conflict orderNumber message } } }`,
      {},
      { as: asMerchant(counter.merchantId), locale: 'zh-CN' },
    );
    expect(offlineUses.nodes).toHaveLength(6);
    expect(offlineUses.nodes).toContainEqual({
      ...{ conflict: 'UNKNOWN_CODE', orderNumber: 'C-9' },
      message: '该商家没有此券码，收银机只应接受清单上的券。',
    });
    const others = await world.data(
      '{ offlineUses(first: 5) { nodes { id } } }',
      {},
      {
        as: asMerchant(elsewhere.merchantId),
      },
    );
    expect(others.offlineUses.nodes).toEqual([]);
  });

  test('that the shop should not have accepted are used up all the same, and say what it should have minded', async () => {
    // A Tuesday, ten o'clock in Shanghai.
    const start = Date.parse('2026-11-24T02:00:00Z');
    world.clock.set(new Date(start).toISOString());
    const list = await freshList();
    const later = (hours: number) => ({
      usedAt: new Date(start + hours * 3_600_000).toISOString(),
    });
    const bound = { details: { voucher: { faceMinor: 100, thresholdMinor: 10_000, skus: ['A'] } } };
    const mondays = { weekdays: [1], cashOffer: { weekdays: [1] } };
    const goods = (sku: string) => ({ order: orderOf(freshKey(), [[sku, null, 1]]) });
    const cases: [breach: string, reward: Record<string, unknown>, use: object][] = [
      ['OUTSIDE_LIST', {}, later(-1)],
      ['OUTSIDE_LIST', {}, later(24)],
      ['EXPIRED', { validDays: 1 }, later(23)],
      ['NOT_THAT_DAY', mondays, {}],
      ['ORDER_NOT_TOLD', bound, {}],
      ['BELOW_THRESHOLD', bound, goods('A')],
      ['OUT_OF_SCOPE', bound, goods('B')],
    ];
    const sold: Use[] = [];
    const codes: string[] = [];
    for (const [, reward, more] of cases) {
      const { code } = await counter.voucher(reward);
      codes.push(code);
      sold.push(use(code, freshKey(), more));
    }
    const [one, two] = [await counter.voucher(), await counter.voucher()];
    world.clock.set(later(25).usedAt);

    const answer = await report(world, counter.merchantId, list, [
      ...sold,
      ...[use(one.code, 'FULL', later(0)), use(two.code, 'FULL', later(0))],
    ]);

    const breaches = answer.uses.map((row: { breach: string | null }) => row.breach);
    expect(breaches.slice(0, cases.length)).toEqual(cases.map(([breach]) => breach));
    expect(breaches.slice(cases.length).toSorted()).toEqual(['ORDER_FULL', null]);
    for (const row of answer.uses) expect(row.status).toBe('SETTLED');
    for (const code of codes) {
      expect(await counter.use(code)).toMatchObject({ code: 'VOUCHER_USED' });
    }
  });

  test('raced for online and by two reports are used up once', async () => {
    const { code } = await counter.voucher();
    const list = await freshList();

    const [online, ...reports] = await Promise.all([
      counter.use(code, orderOf('RACE-0')),
      report(world, counter.merchantId, list, [use(code, 'RACE-1'), use('nobody', 'RACE-9')]),
      report(world, counter.merchantId, list, [use(code, 'RACE-2'), use('nobody', 'RACE-9')]),
    ]);

    const settled = reports.filter(({ uses: [first] }) => first.status === 'SETTLED');
    expect(settled.length + (online.__typename === 'VoucherUsed' ? 1 : 0)).toBe(1);
    expect(reports[0]?.uses[1]).toEqual(reports[1]?.uses[1]);
  });

  test('are reported for a list of the merchant alone, and in form', async () => {
    const list = await freshList();
    const other = await world.merchant();
    const { code } = await counter.voucher();
    const good = use(code);
    const ask = (uses: readonly Use[], listId = list) =>
      report(world, counter.merchantId, listId, uses);
    const soon = new Date(world.clock.now().getTime() + 301_000).toISOString();

    for (const [answer, expected, field] of [
      [await ask([good], (await listOf(world, other)).listId), 'OFFLINE_LIST_UNKNOWN', 'listId'],
      [await ask([good], `${list}0`), 'OFFLINE_LIST_UNKNOWN', 'listId'],
      [await ask([good], 'x'), 'OFFLINE_LIST_UNKNOWN', 'listId'],
      [await ask([]), 'OFFLINE_USES_COUNT', 'uses'],
      [await ask(Array(101).fill(good)), 'OFFLINE_USES_COUNT', 'uses'],
      [await ask([good, { ...good, usedAt: soon }]), 'OFFLINE_USE_TO_COME', 'uses.1.usedAt'],
      [await ask([use('A'.repeat(101))]), 'TEXT_NOT_USABLE', 'uses.0.voucherCode'],
      [await ask([use(code, '')]), 'KEY_NOT_USABLE', 'uses.0.order.orderNumber'],
    ] as const) {
      expect(answer).toMatchObject({ __typename: 'InvalidInput', code: expected, field });
    }
    expect(await listOf(world, counter.merchantId, { storeId: '' })).toMatchObject({
      code: 'KEY_NOT_USABLE',
    });
    await expect(
      report(world, counter.merchantId, list, [good], { as: asMerchant(other) }),
    ).rejects.toThrow('FORBIDDEN');
    const { errors } = await world.ask(
      'query ($id: ID!) { offlineVouchers(merchantId: $id) { __typename } }',
      { id: counter.merchantId },
      { as: asMerchant(other) },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

/** The tables of the catalogue, past the catalogue. */
async function openCatalogue({ databaseUrl }: World) {
  const database = await Database.open({
    address: addressUnder(databaseUrl, rewardsCatalog.name),
    entities: rewardsCatalog.entities,
    migrations: rewardsCatalog.migrations,
  });
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
}
