import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { problemsOfBooks } from '../rewards-catalog/stocks.ts';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance, type World } from '../support/world.ts';
import { bringBack, countPurchases, purchaseAs, record, suspend } from './purchasing.ts';

const at = '2026-05-01T10:00:00Z';

const bought = (row: number, orderNumber: string, given: Record<string, unknown> = {}) => ({
  row,
  customer: 'k1',
  orderNumber,
  purchasedAt: at,
  lines: [{ sku: 'A', quantity: 2, amountMinor: 10_000 }],
  ...given,
});

async function importAll(world: World, input: Record<string, unknown>) {
  const { data, errors } = await world.ask(
    `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
      __typename ... on PurchasesImported { recorded returned rejected { row code } }
      ... on Refusal { code } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
  );
  return errors === undefined ? data.importPurchases : { fault: errors[0]?.extensions.code };
}

const countMembers = async (world: World) =>
  (await world.data('{ members(first: 1) { totalCount } }')).members.totalCount;

const service: Caller = {
  subject: 'service:test',
  roles: ['PUBLIC', 'SERVICE'],
  memberId: null,
  merchantId: null,
};

/** Posts to a member's wallet what another subgraph would. */
async function post(world: World, walletId: string, given: object): Promise<void> {
  const command = {
    key: freshKey(),
    walletId,
    unit: 'ALLIANCE',
    causeKind: 'PURCHASE',
    causeId: freshKey(),
    ...given,
  };
  const answer = await world.embedded.subgraphs.get('points-ledger')?.answer({
    query: `mutation ($commands: [PointsCommandInput!]!) {
      postPoints(commands: $commands) { status code } }`,
    variables: { commands: [command] },
    call: { caller: service, locale: 'en', requestId: 'test', deadline: null },
  });
  expect(answer?.data?.postPoints).toEqual([{ status: 'ACCEPTED', code: null }]);
}

const price = { priceMinor: 1, pricePoints: 100, priceCurrency: 'CNY' };
const points = Number.MAX_SAFE_INTEGER;

describe.each(engines)('bounds of purchases on $name', (engine) => {
  test('the largest order is recorded, and its points; one fen more is refused everywhere', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = (amountMinor: number) => [{ amountMinor }];
    const quote = async (amountMinor: number) => {
      const { errors } = await world.ask(
        'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
        { input: { merchantId, lines: lines(amountMinor) } },
      );
      return errors?.[0]?.extensions.code ?? null;
    };

    const largest = await record(world, { merchantId, memberId, lines: lines(100_000_000_000) });
    const tooLarge = bought(7, 'N7', { lines: lines(100_000_000_001) });
    const imported = await importAll(world, { merchantId, purchases: [tooLarge] });

    expect(largest.purchase.awards).toMatchObject([{ points: 1_000_000_000, isPosted: true }]);
    expect(imported.rejected).toEqual([{ row: 7, code: 'AMOUNT_TOO_LARGE' }]);
    expect(await quote(100_000_000_000)).toBeNull();
    expect(await quote(100_000_000_001)).toBe('BAD_USER_INPUT');
  });

  test('points of an order are bounded over all programmes, also in imports and quotes', async () => {
    await using world = await openAlliance(engine);
    const rate = { earnPoints: 6, earnPer: { amountMinor: 1, currency: 'CNY' } };
    const programmes = [rate, { ...rate, unit: 'STARS' }];
    const merchantId = await world.merchant({ price: 1, programmes });
    const memberId = await world.member();
    const lines = [{ amountMinor: 1_000_000_000 }];

    const refusal = await record(world, { merchantId, memberId, lines });
    const imported = await importAll(world, {
      merchantId,
      purchases: [bought(7, 'N7', { lines })],
    });
    const { errors } = await world.ask(
      'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
      { input: { merchantId, lines } },
    );

    expect(refusal).toMatchObject({ __typename: 'InvalidInput', code: 'POINTS_TOO_MANY' });
    expect(imported.rejected).toEqual([{ row: 7, code: 'POINTS_TOO_MANY' }]);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(await countPurchases(world)).toBe(0);
  });

  test('points for which a wallet has no room wait until it has, and are given once', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    await post(world, memberId, { kind: 'ACCRUE', points, issuerId: 'elsewhere', ...price });

    const { purchase } = await record(world, { merchantId, memberId });
    world.clock.advanceDays(1);
    await world.settle();
    const before = await purchaseAs(world, purchase.id);
    await post(world, memberId, { kind: 'BURN', points: points - 5, acceptorId: merchantId });
    world.clock.advanceDays(1);
    await world.settle();

    expect(purchase.awards).toMatchObject([{ points: 100, isPosted: false }]);
    expect(before.awards).toMatchObject([{ isPosted: false }]);
    expect((await purchaseAs(world, purchase.id)).awards).toMatchObject([{ isPosted: true }]);
    expect((await world.wallet(memberId)).available).toBe(105);
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});

describe.each(engines)('what a purchase is told by on $name', (engine) => {
  test('orders of an import that share a row are told apart', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const purchases = [bought(1, 'A1'), bought(1, 'A1'), bought(1, 'B1')];
    const back = (orderNumber: string) =>
      bought(1, orderNumber, {
        lines: [],
        returns: [{ orderNumber: 'A1', sku: 'A', quantity: 1 }],
      });

    const outcome = await importAll(world, { merchantId, purchases });
    const returns = await importAll(world, {
      merchantId,
      purchases: [back('R1'), back('R1'), back('R2')],
    });

    const rejected = [{ row: 1, code: 'ORDER_REPEATED' }];
    expect(outcome).toMatchObject({ recorded: 2, rejected });
    expect(returns).toMatchObject({ returned: 2, rejected });
  });

  test('an import that is refused makes no members', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const idempotencyKey = freshKey();
    await importAll(world, { merchantId, idempotencyKey, purchases: [bought(1, 'A1')] });
    const line = { amountMinor: 1 };
    const large = Array.from({ length: 21 }, (_, index) =>
      bought(index, `L${index}`, { customer: `new${index}`, lines: Array(1_000).fill(line) }),
    );

    const reused = await importAll(world, {
      merchantId,
      idempotencyKey,
      purchases: [bought(1, 'A2', { customer: 'another' })],
    });
    const tooLarge = await importAll(world, { merchantId, purchases: large });

    expect(reused).toEqual({ fault: 'IDEMPOTENCY_KEY_REUSED' });
    expect(tooLarge).toMatchObject({ code: 'TOO_MANY_LINES' });
    expect(await countMembers(world)).toBe(1);
  });

  test('an id with a blank after it is nobody’s', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const { purchase } = await record(world, { merchantId, memberId });
    const padded = `${merchantId} `;

    const returned = await bringBack(world, `${purchase.id} `, [{ number: 1, quantity: 1 }]);
    const recorded = await record(world, { merchantId: padded, memberId });
    const imported = await importAll(world, { merchantId: padded, purchases: [bought(1, 'A1')] });
    await suspend(world, padded);

    expect(returned).toMatchObject({ __typename: 'NotFound', code: 'PURCHASE_NOT_FOUND' });
    expect(recorded).toMatchObject({ __typename: 'NotFound', code: 'MERCHANT_NOT_FOUND' });
    expect(imported).toMatchObject({ __typename: 'NotFound', code: 'MERCHANT_NOT_FOUND' });
    expect((await purchaseAs(world, purchase.id)).returned.amountMinor).toBe(0);
    expect((await record(world, { merchantId, memberId })).__typename).toBe('PurchaseRecorded');
  });

  test('who is a member or a merchant but no certain one sees no purchases', async () => {
    await using world = await openAlliance(engine);
    await record(world, { merchantId: await world.merchant(), memberId: await world.member() });
    const nobody = { subject: 'nobody', memberId: null, merchantId: null };

    for (const role of ['MEMBER', 'MERCHANT'] as const) {
      const as = { ...nobody, roles: ['PUBLIC' as const, role] };
      const { purchases } = await world.data('{ purchases(first: 9) { totalCount } }', {}, { as });
      expect(purchases.totalCount).toBe(0);
    }
  });
});
