import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../shared/identifiers.ts';
import {
  HOLD_DAYS,
  type SeenOrder,
  signsOf,
} from '../../../subgraphs/merchants/orders/domain/signs.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  freshKey,
  openAlliance,
  operator,
  type World,
} from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { doing, waitingShop, walletOf } from './ordering.ts';

const HOUR_MS = 3_600_000;
const order = (hours: number, more: Partial<SeenOrder> = {}): SeenOrder => ({
  id: `${hours}`,
  purchasedAt: new Date(Date.parse('2026-11-22T02:00:00Z') + hours * HOUR_MS),
  contentHash: `${hours}`,
  totalMinor: 100,
  returnedMinor: 0,
  ...more,
});

test('orders look like wash trading from the published numbers on, and not one order before', () => {
  const it = order(0);
  const codes = (others: readonly SeenOrder[]) =>
    signsOf(it, [it, ...others]).map(({ code }) => code);
  const times = (count: number, make: (index: number) => SeenOrder) =>
    Array.from({ length: count }, (_, index) => make(index));
  const near = (index: number) =>
    order(index % 2 === 0 ? 24 : -24, { id: `n${index}`, contentHash: `n${index}` });
  const equal = (index: number) => order(1, { id: `e${index}`, contentHash: it.contentHash });
  const back = (index: number) => order(-720, { id: `b${index}`, returnedMinor: 100 });

  expect(codes([])).toEqual([]);
  expect(codes(times(8, near))).toEqual([]);
  expect(codes(times(9, near))).toEqual(['MANY_ORDERS']);
  expect(codes(times(9, (index) => order(24.001, { id: `${index}` })))).toEqual([]);
  expect(codes(times(3, equal))).toEqual([]);
  expect(codes(times(4, equal))).toEqual(['SAME_ORDERS']);
  expect(codes(times(2, back))).toEqual([]);
  expect(codes(times(3, back))).toEqual(['RETURNED_ORDERS']);
  expect(codes(times(3, (index) => ({ ...back(index), returnedMinor: 99 })))).toEqual([]);
  expect(
    codes(times(3, (index) => order(-720.001, { id: `${index}`, returnedMinor: 100 }))),
  ).toEqual([]);
  // What comes back after it, or is the order itself, says nothing about it.
  expect(codes(times(3, (index) => order(1, { id: `${index}`, returnedMinor: 100 })))).toEqual([]);
  expect(signsOf(it, [it, ...times(12, near)])).toEqual([
    { code: 'MANY_ORDERS', count: 13, limit: 10, days: 1 },
  ]);
});

/** An order of a member who brought three others back, confirmed as delivered. */
async function suspected(world: World) {
  const { merchantId, memberId } = await waitingShop(world);
  for (const _ of [1, 2, 3]) {
    const id = await world.purchase({ merchantId, memberId });
    await bringBack(world, id, [{ number: 1, quantity: 1 }]);
  }
  const purchaseId = await world.purchase({ merchantId, memberId });
  await deliver(world, purchaseId);
  return { merchantId, memberId, purchaseId };
}

const deliver = (world: World, purchaseId: string, event = 'DELIVERED') =>
  doing(world, 'recordPurchaseEvent', { purchaseId, event });

async function holdOf(world: World, id: string, as = operator, locale: 'en' | 'zh-CN' = 'en') {
  const { purchase } = await world.data(
    `query ($id: ID!) { purchase(id: $id) { events { releasedAt } vestingHold { id state until
      caseId reason signs { code message count } } } }`,
    { id },
    { as, locale },
  );
  return purchase.vestingHold;
}

/** A case of the ledger about the points of a purchase, as far as it is told. */
async function openCase(world: World, memberId: string, purchaseId: string, isApproved = true) {
  const { purchase } = await world.data(
    'query ($id: ID!) { purchase(id: $id) { accruals { entry { id } } } }',
    { id: purchaseId },
  );
  const accrualIds = purchase.accruals.map(({ entry }: { entry: { id: string } }) => entry.id);
  const act = async (name: string, input: Record<string, unknown>, subject: string) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await world.data(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
        ... on PointsCaseChanged { case { id } } ... on Refusal { message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { as: { ...operator, subject } },
    );
    return data[name].case.id;
  };
  const caseId: string = await act(
    'freezePoints',
    {
      memberId,
      reasonCode: 'FABRICATED_PURCHASES',
      reason: 'The goods never left the shop.',
      basis: 'Points are for purchases that took place.',
      evidenceHash: sha256(freshKey()),
      evidenceNote: 'folder 1',
      accrualIds: accrualIds.slice(0, 2),
      days: 20,
    },
    'operator:one',
  );
  if (isApproved) await act('approveFreeze', { caseId }, 'operator:two');
  return { caseId, lift: () => act('liftFreeze', { caseId, note: 'They did' }, 'operator:two') };
}

describe.each(engines)('orders that look like wash trading on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  test('S38: their points wait for the published term and no longer; the member reads why, and all can read what is looked at', async () => {
    const { memberId, purchaseId } = await suspected(world);
    const held = await walletOf(world, memberId);
    const hold = await holdOf(world, purchaseId, asMember(memberId), 'zh-CN');
    await doing(world, 'upgradePurchase', {
      purchaseId,
      reason: 'A better one',
      replace: [{ number: 1, with: [{ sku: 'B', amountMinor: 15_000 }] }],
    });
    world.clock.advanceDays(5);
    // Another event begins no other term.
    await deliver(world, purchaseId, 'RETURN_PERIOD_OVER');
    world.clock.set(new Date(Date.parse(hold.until) - 1).toISOString());
    await world.settle();
    const before = await walletOf(world, memberId);
    world.clock.set(hold.until);
    await world.settle();
    await world.settle();
    const { data } = await world.ask(
      '{ vestingHoldTerms { days signs { code limit days message } } }',
      {},
      { as: anonymous },
    );

    expect(held).toMatchObject({ available: 100, pending: 100 });
    expect(hold).toMatchObject({
      state: 'HELD',
      until: '2026-12-07T02:00:00.000Z',
      signs: [{ code: 'RETURNED_ORDERS', count: 3 }],
    });
    expect(hold.signs[0].message).toContain('前 30 天内整单退回');
    expect(before).toMatchObject({ available: 150, pending: 150 });
    expect(await walletOf(world, memberId)).toMatchObject({ available: 300, pending: 0 });
    expect(await holdOf(world, purchaseId)).toMatchObject({ state: 'OVER', caseId: null });
    expect(data.vestingHoldTerms).toMatchObject({
      days: HOLD_DAYS,
      signs: [{ limit: 10 }, {}, {}],
    });
    const late = await doing(world, 'clearVestingHold', { holdId: hold.id, reason: 'So' });
    expect(late).toMatchObject({ __typename: 'HoldOver' });
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('an operator clears it, or links an open case about it, and then they wait until that is closed', async () => {
    const wrong = await suspected(world);
    const right = await suspected(world);
    const { id: holdId } = await holdOf(world, wrong.purchaseId);
    const { id: heldId } = await holdOf(world, right.purchaseId);
    const listed = await world.data(
      '{ vestingHolds(first: 5, filter: { state: { eq: HELD } }) { totalCount } }',
    );

    const cleared = await doing(world, 'clearVestingHold', { holdId, reason: 'A reseller' });
    const good = await walletOf(world, wrong.memberId);
    const { caseId: proposed } = await openCase(world, right.memberId, right.purchaseId, false);
    const { caseId: foreign } = await openCase(world, wrong.memberId, wrong.purchaseId);
    const unusable = [
      await doing(world, 'linkVestingHold', { holdId: heldId, caseId: proposed }),
      await doing(world, 'linkVestingHold', { holdId: heldId, caseId: foreign }),
    ];
    const { caseId, lift } = await openCase(world, right.memberId, right.purchaseId);
    const linked = await doing(world, 'linkVestingHold', { holdId: heldId, caseId });
    world.clock.advanceDays(HOLD_DAYS + 1);
    await world.settle();
    const waiting = await walletOf(world, right.memberId);
    await lift();
    world.clock.advanceDays(1);
    await world.settle();
    await world.settle();

    expect(listed.vestingHolds.totalCount).toBe(2);
    expect(cleared.hold).toMatchObject({ state: 'CLEARED', reason: 'A reseller' });
    expect(good).toMatchObject({ available: 200, pending: 0 });
    expect(unusable).toMatchObject([
      { __typename: 'CaseNotUsable' },
      { __typename: 'CaseNotUsable' },
    ]);
    expect(linked.hold).toMatchObject({ state: 'CASE', caseId });
    // The case freezes what can be spent; what waits is not vested.
    expect(waiting).toMatchObject({ available: 0, pending: 100 });
    expect(await walletOf(world, right.memberId)).toMatchObject({ available: 200, pending: 0 });
    expect(await holdOf(world, right.purchaseId)).toMatchObject({ state: 'CASE_CLOSED' });
    const none = await doing(world, 'clearVestingHold', { holdId: 'none', reason: 'So' });
    expect(none).toMatchObject({ __typename: 'NotFound', code: 'HOLD_NOT_FOUND' });
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
