import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { record } from '../purchasing.ts';
import { doing } from './ordering.ts';

const STORY = { words: 'The till was down', purchasedAt: '2026-11-20T04:00:00Z' };
const ORDER = { lines: [{ sku: 'A', amountMinor: 12_300 }] };

async function shop(world: World) {
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  const claim = (
    orderNumber: string,
    more: Record<string, unknown> = {},
    as = asMember(memberId),
  ) => doing(world, 'claimPoints', { merchantId, orderNumber, ...STORY, ...more }, { as });
  const answer = (name: string, claimId: string, more: Record<string, unknown> = {}) =>
    doing(world, name, { claimId, ...more }, { as: asMerchant(merchantId) });
  const insist = (claimId: string, words = 'I have the receipt') =>
    doing(world, 'escalateClaim', { claimId, words }, { as: asMember(memberId) });
  const available = async () => (await world.wallet(memberId)).available;
  return { merchantId, memberId, claim, answer, insist, available };
}

describe.each(engines)('claims of missing points on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  test('an accepted one records the order once, however often it is claimed, accepted and recorded', async () => {
    const { merchantId, memberId, claim, answer, insist, available } = await shop(world);
    const filed = await Promise.all([claim('R1'), claim('R1'), claim('R1')]);
    const claimId = filed[0].claim.id;

    const unsaid = await answer('acceptClaim', claimId);
    const accepted = await Promise.all(
      [1, 2, 3].map(() => answer('acceptClaim', claimId, { order: ORDER, answer: 'Sorry' })),
    );
    const again = await record(world, {
      ...{ merchantId, memberId, orderNumber: 'R1', purchasedAt: STORY.purchasedAt },
      ...ORDER,
    });
    const points = await available();
    // The same story for an order that came in by itself meanwhile.
    const { claim: second } = await claim('R2');
    const recorded = await record(world, { merchantId, memberId, orderNumber: 'R2' });
    const linked = await answer('acceptClaim', second.id, { order: ORDER });
    const shown = await claim('R3');
    const known = await claim(again.purchase.orderNumber);
    await record(world, { merchantId, memberId, orderNumber: 'R4' });
    const there = await claim('R4');

    expect(new Set(filed.map((one) => one.claim.id)).size).toBe(1);
    expect(filed[0].claim).toMatchObject({
      state: 'OPEN',
      dueAt: '2026-11-29T02:00:00.000Z',
      purchase: null,
    });
    expect(unsaid).toMatchObject({ code: 'CLAIM_ORDER_NEEDED', field: 'order' });
    const kinds = accepted.map(({ __typename }) => __typename);
    expect(kinds.toSorted()).toEqual(['ClaimClosed', 'ClaimClosed', 'ClaimDecided']);
    const { purchase } = known.claim;
    expect(purchase).toMatchObject({ orderNumber: 'R1', purchasedAt: '2026-11-20T04:00:00.000Z' });
    expect(again.purchase.id).toBe(purchase.id);
    expect(points).toBe(123);
    expect(linked.claim).toMatchObject({
      state: 'ACCEPTED',
      isFinal: true,
      purchase: { id: recorded.purchase.id, awards: [{ points: 100 }] },
    });
    expect(shown.claim).toMatchObject({ state: 'OPEN' });
    expect(there).toMatchObject({ __typename: 'OrderRecorded', purchase: { orderNumber: 'R4' } });
    expect(await insist(claimId)).toMatchObject({ code: 'CLAIM_FINAL' });
    expect(await available()).toBe(323);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('the merchant has 7 days; then, or when it declines, the member may ask the operator, who decides for good', async () => {
    const { merchantId, memberId, claim, answer, insist, available } = await shop(world);
    const slow = (await claim('S1')).claim.id;
    const refused = (await claim('S2')).claim.id;
    const early = await insist(slow);
    const declined = await answer('declineClaim', refused, { answer: 'No such receipt' });
    const twice = await answer('declineClaim', refused, { answer: 'Still no' });
    world.clock.advanceDays(7);
    const overdue = await list(world, memberId, 'OVERDUE');

    const escalated = [await insist(slow), await insist(refused)];
    const late = await answer('acceptClaim', slow, { order: ORDER });
    await doing(world, 'acceptClaim', { claimId: slow, order: ORDER });
    const final = await doing(world, 'declineClaim', { claimId: refused, answer: 'Not a receipt' });
    const over = await insist(refused);

    expect(early).toMatchObject({ __typename: 'ClaimClosed', code: 'CLAIM_NOT_DUE' });
    expect(declined.claim).toMatchObject({ state: 'DECLINED', answer: 'No such receipt' });
    expect(twice).toMatchObject({ code: 'CLAIM_DECIDED' });
    expect(overdue).toEqual([slow]);
    expect(escalated.map((one) => one.claim.state)).toEqual(['ESCALATED', 'ESCALATED']);
    expect(late).toMatchObject({ __typename: 'ClaimClosed', code: 'CLAIM_ESCALATED' });
    expect(final.claim).toMatchObject({ state: 'DECLINED', isFinal: true });
    expect(over).toMatchObject({ code: 'CLAIM_FINAL' });
    expect(await available()).toBe(123);

    const other = await world.member('Bea');
    await record(world, { merchantId, memberId: other, orderNumber: 'S3' });
    const taken = (await claim('S3')).claim.id;
    expect(await answer('acceptClaim', taken, { order: ORDER })).toMatchObject({
      __typename: 'OrderNumberTaken',
    });
    expect(await answer('acceptClaim', taken, { order: { lines: [] } })).toMatchObject({
      code: 'NO_LINES',
    });
    const foreign = { as: asMerchant(await world.merchant()) };
    const stranger = { as: asMember(other) };
    const asked = { claimId: taken, answer: 'So', words: 'So' };
    const { words: _, ...declining } = asked;
    const { answer: __, ...insisting } = asked;
    for (const one of [
      await doing(world, 'declineClaim', declining, foreign),
      await doing(world, 'escalateClaim', insisting, stranger),
    ]) {
      expect(one).toMatchObject({ __typename: 'NotFound', code: 'CLAIM_NOT_FOUND' });
    }
    for (const [input, refusal] of [
      [{ merchantId: 'none' }, { code: 'MERCHANT_NOT_FOUND' }],
      [{ purchasedAt: '2027-01-01T00:00:00Z' }, { code: 'PURCHASED_IN_FUTURE' }],
      [{ orderNumber: ' S' }, { code: 'KEY_NOT_USABLE', field: 'orderNumber' }],
      [{ words: '' }, { code: 'TEXT_NOT_USABLE', field: 'words' }],
      [{ amountMinor: -1 }, { code: 'AMOUNT_NEGATIVE' }],
    ] as const) {
      expect(await claim(freshKey(), input)).toMatchObject(refusal);
    }
    expect(await list(world, memberId, 'DECLINED', other)).toEqual([]);
  });
});

async function list(world: World, memberId: string, state: string, as = memberId) {
  const { pointsClaims } = await world.data(
    `query ($id: ID!, $state: PointsClaimState!) { pointsClaims(first: 10,
      filter: { memberId: { eq: $id }, state: { eq: $state } }) { nodes { id } } }`,
    { id: memberId, state },
    { as: asMember(as) },
  );
  return pointsClaims.nodes.map(({ id }: { id: string }) => id);
}
