import { describe, expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { engines } from '../support/engines.ts';
import {
  anonymous,
  asMerchant,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../support/world.ts';
import { deed, feedOf } from './standing.ts';

const CONTRACT = 'version state effectiveAt price { amountMinor currency } pricePoints mode';

const propose = (
  world: World,
  merchantId: string,
  given: Record<string, unknown> = {},
  as = operator,
) =>
  deed(
    world,
    'proposeContract',
    `... on ContractProposed { contract { ${CONTRACT} } } ... on InvalidInput { field }`,
    {
      merchantId,
      effectiveOn: '2026-12-01',
      price: { amountMinor: 90, currency: 'CNY' },
      pricePoints: 100,
      terms: {},
      ...given,
    },
    { as },
  );

const answer = (
  world: World,
  merchantId: string,
  { version = 2, isAgreed = true, as = asMerchant(merchantId) } = {},
) =>
  deed(
    world,
    'answerContract',
    `... on ContractAnswered { contract { ${CONTRACT} } }`,
    { merchantId, version, isAgreed },
    { as },
  );

/** What a merchant's contract says, and what the ledger goes by. */
async function bothSides(world: World, id: string) {
  const { merchant } = await world.data(
    `query ($id: ID!) { merchant(id: $id) {
      contract { version mode paymentDays pricePoints price { amountMinor } fee { part of }
        guarantee { amountMinor } limits { unit points } leaveNoticeDays onDefault }
      clearing { terms { mode paymentDays feeNumerator feeDenominator guarantee { amountMinor } } } } }`,
    { id },
  );
  return merchant;
}

const PREPAID = {
  mode: 'PREPAID',
  fee: { part: 3, of: 1000 },
  guaranteeMinor: 500_000,
  limits: [{ unit: 'ALLIANCE', points: 150 }],
};

const unusable: readonly (readonly [Record<string, unknown>, string, string])[] = [
  [{ effectiveOn: '2026-11-21' }, 'EFFECTIVE_TOO_EARLY', 'effectiveOn'],
  [{ price: { amountMinor: 0, currency: 'CNY' } }, 'AMOUNT_NOT_POSITIVE', 'price.amountMinor'],
  [{ terms: { mode: 'PREPAID', paymentDays: 1 } }, 'PAYMENT_DAYS_NOT_USABLE', 'terms.paymentDays'],
  [{ terms: { fee: { part: 2, of: 1 } } }, 'FEE_NOT_USABLE', 'terms.fee.part'],
  [{ terms: { guaranteeMinor: -1 } }, 'GUARANTEE_NOT_USABLE', 'terms.guarantee.amountMinor'],
  [{ terms: { leaveNoticeDays: 29 } }, 'LEAVE_NOTICE_NOT_USABLE', 'terms.leaveNoticeDays'],
  [
    { terms: { limits: [{ unit: 'ALLIANCE', points: -1 }] } },
    'LIMIT_NEGATIVE',
    'terms.limits.0.points',
  ],
  [{ terms: { limits: [{ unit: 'yuan', points: 1 }] } }, 'UNIT_NOT_USABLE', 'terms.limits.0.unit'],
];

describe.each(engines)('contracts on $name', (engine) => {
  test('both sides agree; from its day on the new price goes with each point, not before', async () => {
    await using world = await openAlliance(engine);
    const [shop, memberId] = [await world.merchant({ price: 80 }), await world.member()];
    expect((await propose(world, shop)).contract).toMatchObject({ version: 2, state: 'PROPOSED' });

    expect(await answer(world, shop, { as: operator })).toMatchObject({
      __typename: 'ContractNotYours',
    });
    expect(await propose(world, shop)).toMatchObject({ __typename: 'ContractProposalOpen' });
    expect((await answer(world, shop)).contract).toMatchObject({
      state: 'AGREED',
      effectiveAt: '2026-11-30T16:00:00.000Z',
    });
    expect(await answer(world, shop)).toMatchObject({ __typename: 'NotFound' });
    const prices: number[] = [];
    for (const at of ['2026-11-30T15:59:59Z', '2026-11-30T16:00:00Z']) {
      world.clock.set(at);
      prices.push((await bothSides(world, shop)).contract.price.amountMinor);
      await world.purchase({ merchantId: shop, memberId });
    }

    expect(prices).toEqual([80, 90]);
    // A hundred points at 80 fen and a hundred at 90: the price is frozen on each point at issue.
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { liability { rows { amounts { amountMinor } } } } }',
      { id: shop },
    );
    type Row = { amounts: { amountMinor: number }[] };
    const amounts = merchant.liability.rows.flatMap((row: Row) => row.amounts);
    const total = sum(amounts.map((amount: Row['amounts'][number]) => amount.amountMinor));
    expect(total).toBe(170);
    expect(await feedOf(world, 'merchant.contractAgreed')).toHaveLength(1);
  });

  test('the ledger is told once, when a version comes into force, and goes by the same terms', async () => {
    await using world = await openAlliance(engine);
    const [shop, memberId] = [await world.merchant(), await world.member()];
    await propose(world, shop, { terms: PREPAID });
    await answer(world, shop);
    await world.settle();
    const before = await bothSides(world, shop);
    world.clock.set('2026-12-01T02:00:00Z');
    await world.settle();
    await world.settle();

    expect(before).toMatchObject({
      contract: { version: 1, mode: 'POSTPAID', leaveNoticeDays: 30 },
      clearing: { terms: { mode: 'POSTPAID', paymentDays: 30 } },
    });
    const after = await bothSides(world, shop);
    expect(after.contract).toMatchObject({
      version: 2,
      fee: PREPAID.fee,
      guarantee: { amountMinor: 500_000 },
      limits: PREPAID.limits,
      onDefault: 'GUARANTEE_THEN_ACCEPTORS',
    });
    expect(after.clearing.terms).toEqual({
      mode: 'PREPAID',
      paymentDays: 0,
      feeNumerator: 3,
      feeDenominator: 1000,
      guarantee: { amountMinor: 500_000 },
    });
    // The limit holds: the second hundred points do not fit under 150.
    await world.purchase({ merchantId: shop, memberId });
    await world.purchase({ merchantId: shop, memberId });
    expect((await world.wallet(memberId)).available).toBe(100);
    // A version without the limit takes it away again.
    await propose(world, shop);
    await answer(world, shop, { version: 3 });
    await world.settle();
    await world.purchase({ merchantId: shop, memberId });
    expect((await world.wallet(memberId)).available).toBe(200);
  });

  test('terms of onboarding are told as well', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ contract: PREPAID });
    await world.settle();

    expect((await bothSides(world, shop)).clearing.terms.mode).toBe('PREPAID');
  });

  test('terms that cannot be used are refused, and nothing is proposed', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant();
    const limited = await world.merchant({ contract: PREPAID });

    for (const [given, code, field] of unusable) {
      expect(await propose(world, shop, given)).toMatchObject({ code, field });
    }
    expect(await propose(world, shop, {}, asMerchant(limited))).toEqual({ fault: 'FORBIDDEN' });
    expect(await propose(world, 'nobody')).toMatchObject({ __typename: 'NotFound' });
  });

  test('a merchant may propose and an operator decline; contracts are for the two and who sees all', async () => {
    await using world = await openAlliance(engine);
    const [shop, other] = [await world.merchant(), await world.merchant()];
    await propose(world, shop, {}, asMerchant(shop));
    await answer(world, shop, { isAgreed: false, as: operator });

    const seen = async (as: typeof operator) =>
      (
        await world.data(
          'query ($id: ID!) { merchant(id: $id) { contracts { version state } } }',
          { id: shop },
          { as },
        )
      ).merchant.contracts;
    const all = [
      { version: 2, state: 'DECLINED' },
      { version: 1, state: 'AGREED' },
    ];
    expect(await seen(asMerchant(shop))).toEqual(all);
    expect(await seen(regulator)).toEqual(all);
    expect(await seen(asMerchant(other))).toBeNull();
    expect(await seen(anonymous)).toBeNull();
  });
});
