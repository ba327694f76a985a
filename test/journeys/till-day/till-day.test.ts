import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../merchants/tilling.ts';
import { payingRules } from '../../rewards-catalog/till/paying-rules.ts';
import { engines } from '../../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { Reckoning } from '../reckoning.ts';
import { TillDay } from './day.ts';
import { returnedOf, totalOf } from './shop-books.ts';

const ORDERS = Number(process.env.TEST_TILL_DAY ?? 60);
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 1_000_000_000);

describe.each(engines)(`a till's day on $name, from ${seed}`, (engine) => {
  let world: World;
  let day: TillDay;
  let stock: number;
  let books: Awaited<ReturnType<typeof Reckoning.open>>;

  beforeAll(async () => {
    world = await openAlliance(engine, { at: '2026-11-22T01:00:00Z' });
    ({ day, stock } = await TillDay.open(world, { orders: ORDERS, seed }));
    const half = ORDERS / 2;
    await day.takeOnline(half / 2, 'morning');
    world.clock.set('2026-11-22T03:00:00Z');
    const queued = await day.takeOffline(half);
    world.clock.set('2026-11-22T05:00:00Z');
    await day.takeOnline(half / 2, 'noon');
    world.clock.set('2026-11-22T12:00:00Z');
    await day.send(queued);
    await world.settle();
    await day.changeMinds();
    await world.settle();
    // What was paid and never recorded goes back.
    world.clock.advanceDays(7);
    await world.settle();
    books = await Reckoning.open(world.databaseUrl);
  }, 3_600_000);
  afterAll(async () => {
    await books?.[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
  });

  const byOrder = <T extends { orderNumber: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => (a.orderNumber < b.orderNumber ? -1 : 1));
  const number = (value: string | undefined) => Number(value);

  test('everything that a day brings has happened', () => {
    for (const [what, count] of Object.entries(day.tally)) {
      expect(count, what).toBeGreaterThan(0);
    }
    expect(day.tally).toMatchObject({ quoted: ORDERS / 2, queued: ORDERS / 2, conflicts: 1 });
    if (ORDERS > 60) console.log(JSON.stringify({ engine: engine.name, seed, ...day.tally }));
  });

  test("every order is recorded once, with the money and the points of the shop's own books", async () => {
    const rows = await books.rows(
      'merchants',
      `SELECT order_number, member_id, total_minor, returned_minor, points_paid_minor
       FROM merchants_purchase WHERE merchant_id = '${day.till.merchantId}'`,
    );
    const recorded = rows.map((row) => ({
      ...{ orderNumber: row.order_number ?? '', memberId: row.member_id },
      ...{ total: number(row.total_minor), returned: number(row.returned_minor) },
      byPoints: number(row.points_paid_minor),
    }));
    const kept = day.books.orders.map((order) => ({
      ...{ orderNumber: order.orderNumber, memberId: order.memberId, total: totalOf(order) },
      ...{ returned: returnedOf(order), byPoints: order.steps * 4 },
    }));
    expect(byOrder(recorded)).toEqual(byOrder(kept));
  });

  test('of each payment as much has gone back as the shop says, and of none that was not recorded anything stays', async () => {
    const rows = await books.rows(
      'rewards-catalog',
      `SELECT bill.order_number, redemption.quantity, redemption.returned, redemption.state
       FROM rewards_bill_offset bill
       JOIN rewards_redemption redemption ON redemption.id = bill.redemption_id`,
    );
    const paid = rows
      .filter(({ state }) => state === 'CAPTURED')
      .map((row) => ({
        ...{ orderNumber: row.order_number ?? '', steps: number(row.quantity) },
        back: number(row.returned),
      }));
    const kept = day.books.orders
      .filter(({ steps }) => steps > 0)
      .map(({ orderNumber, steps, stepsBack }) => ({ orderNumber, steps, back: stepsBack }));
    expect(byOrder(paid)).toEqual(byOrder(kept));
    const undone = rows.filter(({ state }) => state === 'CANCELLED').length;
    expect(undone).toBe(day.tally.undone + day.tally.left + day.refused);
    expect(rows).toHaveLength(paid.length + undone);
  });

  test('every member has the points that the shop works out, and the ledger owes it for what it took', async () => {
    for (const memberId of day.members) {
      const { available, held, debt } = await world.wallet(memberId);
      expect({ points: available - debt, held }).toEqual({
        ...{ points: day.books.pointsOf(memberId), held: 0 },
      });
    }
    const taken = await books.one(
      'points-ledger',
      `SELECT SUM(points - refunded) AS n FROM points_burn
       WHERE acceptor_id = '${day.till.merchantId}'`,
    );
    expect(taken).toBe(day.books.taken());
    expect(await books.problemsOfBooks()).toEqual([]);
  });

  test('stock and vouchers are what the shop has given out and taken in', async () => {
    const left = `SELECT stock AS n FROM rewards_reward WHERE id = '${day.voucherId}'`;
    expect(await books.one('rewards-catalog', left)).toBe(stock - day.books.vouchersMade);
    const used = await books.rows(
      'rewards-catalog',
      'SELECT used_order FROM rewards_voucher WHERE used_ms IS NOT NULL',
    );
    expect(used.map((row) => row.used_order).toSorted()).toEqual(
      [...day.books.vouchers.values()].toSorted(),
    );
  });

  test('nothing is left to be done', async () => {
    for (const [name, table, open] of [
      ['rewards-catalog', 'rewards_redemption', "state NOT IN ('CAPTURED', 'CANCELLED')"],
      ['rewards-catalog', 'rewards_return', "state <> 'DONE'"],
      ['rewards-catalog', 'rewards_bill_offset', 'lapses_ms IS NOT NULL'],
      ['merchants', 'merchants_posting', "state = 'WAITING'"],
    ] as const) {
      const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${open}`;
      expect(await books.one(name, sql), table).toBe(0);
    }
  });

  test('an order from a till without network is taken in for seven days, by a code that was good then', async () => {
    const { merchantId } = day.till;
    const [memberId = ''] = day.members;
    const takenAt = world.clock.now();
    const memberCode = await codeOf(world, memberId);
    const ago = (minutes: number) => new Date(takenAt.getTime() - minutes * 60_000).toISOString();
    const send = async (orders: object[], as = asMerchant(merchantId)) => {
      const { data, errors } = await world.ask(
        `mutation ($input: RecordQueuedOrdersInput!) { recordQueuedOrders(input: $input) {
          ... on QueuedOrdersRecorded { orders { result { __typename
            ... on Refusal { code } ... on InvalidInput { field } } } }
          ... on Refusal { code } } }`,
        { input: { idempotencyKey: freshKey(), merchantId, orders } },
        { as },
      );
      return errors?.[0]?.extensions.code ?? data.recordQueuedOrders;
    };
    const good = { memberCode, takenAt: ago(0), lines: [{ amountMinor: 1_000 }] };
    const first = { ...good, orderNumber: 'late-1' };

    const { orders } = await send([
      first,
      { ...good, orderNumber: 'late-2', takenAt: ago(7) },
      { ...good, orderNumber: 'late-3', takenAt: ago(-6) },
      { ...good, orderNumber: 'late-4', memberCode: 'made up' },
      { ...good, orderNumber: ' late-5' },
      { ...first, lines: [{ amountMinor: 2_000 }] },
    ]);
    expect(orders.map((one: { result: object }) => one.result)).toEqual([
      { __typename: 'PurchaseRecorded' },
      { __typename: 'MemberCodeNotGood', code: 'MEMBER_CODE_NOT_THEN' },
      { __typename: 'InvalidInput', code: 'PURCHASED_IN_FUTURE', field: 'orders.2.takenAt' },
      { __typename: 'MemberCodeNotGood', code: 'MEMBER_CODE_UNKNOWN' },
      { __typename: 'InvalidInput', code: 'KEY_NOT_USABLE', field: 'orders.4.orderNumber' },
      { __typename: 'OrderNumberTaken', code: 'ORDER_NUMBER_TAKEN' },
    ]);
    expect(await send([])).toMatchObject({ code: 'QUEUED_ORDERS_COUNT' });
    expect(await send([first], asMerchant('another'))).toBe('FORBIDDEN');

    world.clock.set(ago(-7 * 24 * 60 - 1));
    const late = await send([first, { ...good, orderNumber: 'late-6' }]);
    expect(late.orders.map((one: { result: object }) => one.result)).toEqual([
      { __typename: 'PurchaseRecorded' },
      { __typename: 'OrderTooLate', code: 'ORDER_TOO_LATE' },
    ]);
  });

  payingRules(() => world);
});
