import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  type World,
} from '../support/world.ts';
import { draft, PLAIN, publish, review } from './rules/life-cycle.ts';
import { aDocument, deed, KINDS, show } from './standing.ts';

const AWARDED = `notIssued { code obstacle message }
  awards { points reversedPoints isOwed isPosted expiresOn }`;

/** What recording an order of 100.00 yuan answers of its points. */
async function buy(world: World, input: Record<string, unknown>) {
  const { purchase, ...refusal } = await deed(
    world,
    'recordPurchase',
    `... on PurchaseRecorded { purchase { id ${AWARDED} } }`,
    { orderNumber: freshKey(), lines: [{ sku: 'A', quantity: 2, amountMinor: 10_000 }], ...input },
  );
  return purchase ?? refusal;
}

const read = async (world: World, id: string) =>
  (await world.data(`query ($id: ID!) { purchase(id: $id) { ${AWARDED} } }`, { id })).purchase;

const bringBack = (world: World, purchaseId: string, quantity: number) =>
  deed(world, 'returnPurchase', '... on PurchaseReturned { reversedPoints }', {
    purchaseId,
    lines: [{ number: 1, quantity }],
  });

/** A merchant whose filing is good through 1 December, and a member. */
async function lapsingShop(world: World) {
  const documents = KINDS.map((kind) =>
    aDocument({ kind, expiresOn: kind === 'FILING' ? '2026-12-01' : '2028-01-01' }),
  );
  return { merchantId: await world.merchant({ documents }), memberId: await world.member() };
}

const BEFORE = '2026-12-01T10:00:00Z';
const AFTER = '2026-12-02T02:00:00Z';

const available = async (world: World, memberId: string) =>
  (await world.wallet(memberId)).available;

describe.each(engines)('points of merchants that may not issue on $name', (engine) => {
  test('S54: filing expired yesterday: the purchase is recorded without points, and says why', async () => {
    await using world = await openAlliance(engine);
    const shop = await lapsingShop(world);
    const rewardId = await world.reward({ merchantId: shop.merchantId });
    await buy(world, shop);
    world.clock.set(AFTER);

    const purchase = await buy(world, shop);
    await world.settle();

    expect(purchase).toMatchObject({
      awards: [],
      notIssued: {
        code: 'ISSUER_NOT_ELIGIBLE',
        obstacle: 'DOCUMENT_EXPIRED',
        message:
          'The filing of the merchant expired on 2026-12-01, so it issues no points. Redeeming goes on.',
      },
    });
    expect(await available(world, shop.memberId)).toBe(100);
    // Redeeming goes on, there as anywhere.
    const redeemed = await world.redeem({ memberId: shop.memberId, rewardId });
    expect(redeemed.__typename).toBe('RewardRedeemed');
    expect((await bringBack(world, purchase.id, 1)).reversedPoints).toBe(0);
  });

  test('S54: a quote says before the purchase that there are no points, and why', async () => {
    await using world = await openAlliance(engine);
    const { merchantId } = await lapsingShop(world);
    const quote = async () =>
      (
        await world.data(
          `query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) {
            issuing { isIssuing code } awards { points } notApplied { reasons { code } } } }`,
          { input: { merchantId, lines: [{ amountMinor: 10_000 }] } },
          { as: anonymous },
        )
      ).quoteAccrual;
    expect(await quote()).toMatchObject({
      issuing: { isIssuing: true },
      awards: [{ points: 100 }],
    });
    world.clock.set(AFTER);

    expect(await quote()).toEqual({
      issuing: { isIssuing: false, code: 'DOCUMENT_EXPIRED' },
      awards: [],
      notApplied: [{ reasons: [{ code: 'ISSUER_NOT_ELIGIBLE' }, { code: 'DOCUMENT_EXPIRED' }] }],
    });
  });

  test('what was promised before is owed, and issued once when the merchant is qualified again', async () => {
    await using world = await openAlliance(engine);
    const shop = await lapsingShop(world);
    world.clock.set(AFTER);

    const late = await buy(world, { ...shop, purchasedAt: BEFORE });
    const never = await buy(world, shop);
    await world.settle();
    expect(late).toMatchObject({
      notIssued: null,
      awards: [{ points: 100, isOwed: true, isPosted: false, expiresOn: '2027-12-02' }],
    });
    expect(await available(world, shop.memberId)).toBe(0);
    world.clock.set('2026-12-12T02:00:00Z');
    await show(world, shop.merchantId, { expiresOn: '2028-01-01' });
    await world.settle();
    await world.settle();

    expect(await read(world, late.id)).toMatchObject({
      // The ten days that they waited are added.
      awards: [{ points: 100, isOwed: false, isPosted: true, expiresOn: '2027-12-12' }],
    });
    expect((await read(world, never.id)).awards).toEqual([]);
    expect(await available(world, shop.memberId)).toBe(100);
    const { member } = await world.data(
      'query ($id: ID!) { member(id: $id) { wallet { lots { points expiresOn } } } }',
      { id: shop.memberId },
    );
    expect(member.wallet.lots).toMatchObject([{ expiresOn: '2027-12-12' }]);
  });

  test('what comes back of an order whose points are owed is taken off them, in order', async () => {
    await using world = await openAlliance(engine);
    const shop = await lapsingShop(world);
    world.clock.set(AFTER);
    const late = await buy(world, { ...shop, purchasedAt: BEFORE });
    expect((await bringBack(world, late.id, 1)).reversedPoints).toBe(50);
    await world.settle();
    await show(world, shop.merchantId, { expiresOn: '2028-01-01' });
    await world.settle();
    await world.settle();
    expect((await bringBack(world, late.id, 1)).reversedPoints).toBe(50);

    expect(await world.wallet(shop.memberId)).toEqual({ available: 0, held: 0, debt: 0 });
  });

  test('S43, S54: the standing of a sponsor decides about the points it pays for, and about no others', async () => {
    await using world = await openAlliance(engine);
    const { merchantId: sponsorId } = await lapsingShop(world);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { programmes { id } } }',
      { id: merchantId },
    );
    const multiplier = { numerator: 3, denominator: 2 };
    const { rule } = await draft(world, {
      programmeId: merchant.programmes[0].id,
      terms: { ...PLAIN, sponsorId, award: { multiplier } },
    });
    await review(world, rule.id, { as: asMerchant(sponsorId) });
    const published = await publish(world, rule.id);
    expect(published.__typename).toBe('AccrualRulePublished');
    world.clock.set(BEFORE);
    const both = await buy(world, { merchantId, memberId });
    world.clock.set(AFTER);

    const late = await buy(world, { merchantId, memberId, purchasedAt: BEFORE });
    const after = await buy(world, { merchantId, memberId });
    await world.settle();

    const shown = (purchase: { awards: { points: number; isOwed: boolean }[] }) =>
      purchase.awards.map(({ points, isOwed }) => [points, isOwed]).toSorted();
    expect(shown(both)).toEqual([
      [100, false],
      [50, false],
    ]);
    expect(shown(late)).toEqual([
      [100, false],
      [50, true],
    ]);
    expect(shown(after)).toEqual([[100, false]]);
    expect(after.notIssued).toBeNull();
    expect(await available(world, memberId)).toBe(350);
  });

  test('an import gives points for what was sold while the merchant might issue, and none after', async () => {
    await using world = await openAlliance(engine);
    const shop = await lapsingShop(world);
    world.clock.set(AFTER);
    const order = (row: number, purchasedAt: string) => ({
      row,
      customer: 'C-1',
      orderNumber: `ORDER-${row}`,
      purchasedAt,
      lines: [{ sku: 'A', amountMinor: 10_000 }],
    });

    const answer = await deed(
      world,
      'importPurchases',
      '... on PurchasesImported { recorded points rejected { code } }',
      {
        merchantId: shop.merchantId,
        purchases: [order(1, BEFORE), order(2, '2026-12-02T01:00:00Z')],
      },
    );
    const { purchases } = await world.data(
      `{ purchases(first: 10, orderBy: { field: purchasedAt, direction: ASC }) {
        nodes { ${AWARDED} } } }`,
    );

    expect(answer).toMatchObject({ recorded: 2, points: 100, rejected: [] });
    expect(purchases.nodes).toMatchObject([
      { awards: [{ points: 100, isOwed: true }], notIssued: null },
      { awards: [], notIssued: { obstacle: 'DOCUMENT_EXPIRED' } },
    ]);
  });

  test('the instant decides when a document expires while purchases come in', async () => {
    await using world = await openAlliance(engine);
    const shop = await lapsingShop(world);
    world.clock.set('2026-12-01T15:59:59.990Z');
    const last = Date.parse('2026-12-01T16:00:00Z');

    let done = 0;
    const buyTwice = async () => {
      const first = await buy(world, shop);
      done += 1;
      if (done === 5) world.clock.set('2026-12-01T16:00:00Z');
      return [first, await buy(world, shop)];
    };
    const bought = (await Promise.all(Array.from({ length: 10 }, buyTwice))).flat();
    await world.settle();

    let issued = 0;
    for (const purchase of bought) {
      const { purchase: seen } = await world.data(
        `query ($id: ID!) { purchase(id: $id) { recordedAt awards { points } notIssued { code } } }`,
        { id: purchase.id },
      );
      const isLate = Date.parse(seen.recordedAt) >= last;
      expect(seen.notIssued !== null).toBe(isLate);
      expect(seen.awards.length).toBe(isLate ? 0 : 1);
      issued += isLate ? 0 : 100;
    }
    expect(await available(world, shop.memberId)).toBe(issued);
    expect(issued).toBeGreaterThan(0);
    expect(issued).toBeLessThan(2_000);
  });

  test('a document is revoked and verified anew while purchases come in: all are posted or owed once', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, memberId } = await lapsingShop(world);
    const filing = await show(world, merchantId, { expiresOn: '2028-01-01' });
    world.clock.set(AFTER);
    await Promise.all([
      ...Array.from({ length: 10 }, () => buy(world, { merchantId, memberId })),
      deed(world, 'rejectIssuerDocument', '', { documentId: filing, reason: 'forged' }),
    ]);
    world.clock.set('2026-12-03T02:00:00Z');
    await show(world, merchantId, { expiresOn: '2028-01-01', number: 'BA-2' });
    await world.settle();
    await world.settle();

    const { purchases } = await world.data(
      `{ purchases(first: 20) { nodes { awards { points isOwed isPosted } notIssued { code } } } }`,
      {},
      { as: asMember(memberId) },
    );
    const awards = purchases.nodes.flatMap((one: { awards: object[] }) => one.awards);
    expect(purchases.nodes).toHaveLength(10);
    for (const award of awards) expect(award).toMatchObject({ isOwed: false, isPosted: true });
    expect(await available(world, memberId)).toBe(awards.length * 100);
  });

  test('what was sold before a merchant left is recorded after it, with its points', async () => {
    await using world = await openAlliance(engine);
    const shop = { merchantId: await world.merchant(), memberId: await world.member() };
    const leaving = { leavesOn: '2027-01-01', reason: 'Ends' };
    await deed(world, 'announceLeaving', '', { merchantId: shop.merchantId, ...leaving });
    world.clock.set('2027-01-05T02:00:00Z');
    await world.settle();

    const before = await buy(world, { ...shop, purchasedAt: '2026-12-31T02:00:00Z' });
    const after = await buy(world, shop);

    expect(before.awards).toMatchObject([{ points: 100, isPosted: true }]);
    expect(after).toMatchObject({ __typename: 'MerchantNotActive', code: 'MERCHANT_LEFT' });
  });
});
