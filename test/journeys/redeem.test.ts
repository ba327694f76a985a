import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  asMember,
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../support/world.ts';

/** The operation that shows it all: one answer from five services. */
const REDEEM = `mutation Redeem($input: RedeemInput!) {
  redeem(input: $input) {
    __typename
    ... on RewardRedeemed { redemption {
      id status
      reward { title merchant { name industry } green { label } }
      member { displayName tier { name } wallet { available } }
      burns { points issuer { name } expiresOn }
      claims { debtor { name } creditor { name } points amount { amountMinor currency } }
      voucher { code validUntil }
      carbonGrams
    } }
    ... on RedemptionPending { redemption { id status } }
    ... on InsufficientPoints { available missing }
    ... on Refusal { code message }
  }
}`;

const LISTING = `query ($first: Int!) { redemptions(first: $first) { nodes {
  id status
  reward { title merchant { name industry } green { label } }
  member { displayName tier { name } wallet { available } }
  burns { points issuer { name } expiresOn }
  claims { debtor { name } creditor { name } points amount { amountMinor currency } }
  voucher { code validUntil }
  carbonGrams
} } }`;

/** Three merchants; Ann has 70 points of A (6 months) and 80 of B (12 months); C accepts. */
async function openThree(world: World) {
  const short = [{ expiryMonths: 6 }];
  const a = await world.merchant({ name: 'Alpha', price: 80, programmes: short });
  const b = await world.merchant({ name: 'Beta', price: 90 });
  const c = await world.merchant({ name: 'Gamma', industry: 'SCENIC_SPOT' });
  const ann = await world.member('Ann');
  await world.purchase({ merchantId: a, memberId: ann, amountMinor: 7_000 });
  await world.purchase({ merchantId: b, memberId: ann, amountMinor: 8_000 });
  const charging = await world.reward({
    merchantId: c,
    kind: 'EV_CHARGING',
    points: 100,
    stock: 10,
    title: { zh: '充电 20 度', en: 'Charging, 20 kWh' },
  });
  await world.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        number: freshKey(),
        label: 'LOW_CARBON',
        body: 'Body',
        merchantId: c,
        validFrom: '2026-01-01',
        validUntil: '2027-12-31',
        rewardIds: [charging],
        behaviour: 'EV_KWH',
        activityMilli: 20_000,
      },
    },
  );
  return { a, b, c, ann, charging };
}

describe.each(engines)('the alliance redemption on $name', (engine) => {
  test('a single operation burns points of two issuers at a third and is answered by five services', async () => {
    await using world = await openAlliance(engine);
    const { ann, charging } = await openThree(world);
    world.fetches.length = 0;

    const { redeem } = await world.data(REDEEM, {
      input: { idempotencyKey: freshKey(), memberId: ann, rewardId: charging },
    });

    expect(redeem).toEqual({
      __typename: 'RewardRedeemed',
      redemption: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: 'COMPLETED',
        reward: {
          title: 'Charging, 20 kWh',
          merchant: { name: 'Gamma', industry: 'SCENIC_SPOT' },
          green: { label: 'LOW_CARBON' },
        },
        member: {
          displayName: 'Ann',
          tier: { name: expect.any(String) },
          wallet: { available: 50 },
        },
        burns: [
          { points: 70, issuer: { name: 'Alpha' }, expiresOn: '2027-05-22' },
          { points: 30, issuer: { name: 'Beta' }, expiresOn: '2027-11-22' },
        ],
        claims: [
          {
            debtor: { name: 'Alpha' },
            creditor: { name: 'Gamma' },
            points: 70,
            amount: { amountMinor: 56, currency: 'CNY' },
          },
          {
            debtor: { name: 'Beta' },
            creditor: { name: 'Gamma' },
            points: 30,
            amount: { amountMinor: 27, currency: 'CNY' },
          },
        ],
        voucher: { code: expect.any(String), validUntil: expect.any(String) },
        // 20 kWh at 0.38 kg.
        carbonGrams: 6_720,
      },
    });
    expect(new Set(world.fetches.map(({ name }) => name)).size).toBe(5);
  });

  test('the member sees her burns and null for claims, without an error', async () => {
    await using world = await openAlliance(engine);
    const { ann, charging } = await openThree(world);

    const { redeem } = await world.data(
      REDEEM,
      { input: { idempotencyKey: freshKey(), memberId: ann, rewardId: charging } },
      { as: asMember(ann) },
    );

    expect(redeem.redemption.claims).toBeNull();
    expect(redeem.redemption.burns).toHaveLength(2);
    expect(redeem.redemption.voucher.code).toBeTruthy();
  });

  test('a merchant sees only the claims in which it stands, and never where else a member shops', async () => {
    await using world = await openAlliance(engine);
    const { a, c, ann, charging } = await openThree(world);
    await world.redeem({ memberId: ann, rewardId: charging });

    const seenBy = async (merchantId: string) => {
      const { data } = await world.ask(
        `query { redemptions(first: 5) { nodes { claims { points debtor { name } } burns { points }
          member { displayName } } } }`,
        {},
        { as: asMerchant(merchantId) },
      );
      return data.redemptions.nodes;
    };

    const [atGamma] = await seenBy(c);
    expect(atGamma.claims).toEqual([{ points: 100, debtor: null }]);
    expect(atGamma.burns).toBeNull();
    expect(await seenBy(a)).toEqual([]);
  });

  test('after purchases, redemptions and a return the books balance and claims add up to zero', async () => {
    await using world = await openAlliance(engine);
    const { a, ann, charging } = await openThree(world);
    const spent = await world.purchase({ merchantId: a, memberId: ann, amountMinor: 5_000 });
    await world.redeem({ memberId: ann, rewardId: charging, quantity: 2 });
    await world.data(
      `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) { __typename } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          purchaseId: spent,
          lines: [{ number: 1, quantity: 1 }],
        },
      },
    );

    const { conservation, clearingPositions } = await world.data(
      `{ conservation { issued balance } clearingPositions { net { amountMinor } } }`,
      {},
      { as: regulator },
    );

    // 70 + 80 + 50 − 50 points accrued and 200 burnt: the return made 50 points of debt.
    expect(await world.wallet(ann)).toEqual({ available: 0, held: 0, debt: 50 });
    expect(conservation.every(({ balance }: { balance: number }) => balance === 0)).toBe(true);
    expect(
      clearingPositions.reduce(
        (all: number, { net }: { net: { amountMinor: number } }) => all + net.amountMinor,
        0,
      ),
    ).toBe(0);
  });
});

describe.each(engines)('a listing of redemptions on $name', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openAlliance(engine);
    const { a, b, charging } = await openThree(world);
    await world.data(
      `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), rewardId: charging, change: 100 } },
    );
    for (let index = 0; index < 50; index += 1) {
      const memberId = await world.member(`Member ${index}`);
      await world.purchase({ merchantId: a, memberId, amountMinor: 6_000 });
      await world.purchase({ merchantId: b, memberId, amountMinor: 6_000 });
      const { __typename } = await world.redeem({ memberId, rewardId: charging });
      expect(__typename).toBe('RewardRedeemed');
    }
  }, 180_000);
  afterAll(() => world[Symbol.asyncDispose]());

  async function cost(first: number) {
    // Once to plan, once to count.
    await world.data(LISTING, { first });
    world.fetches.length = 0;
    world.statements.length = 0;
    const { redemptions } = await world.data(LISTING, { first });
    expect(redemptions.nodes).toHaveLength(first);
    expect(redemptions.nodes.every((node: { burns: unknown[] }) => node.burns.length === 2)).toBe(
      true,
    );
    return { fetches: world.fetches.length, statements: world.statements.length };
  }

  test('costs the same number of fetches and statements for 1, 20 and 50', async () => {
    const one = await cost(1);

    expect(await cost(20)).toEqual(one);
    expect(await cost(50)).toEqual(one);
    // One for the list, and one for each path into another subgraph.
    expect(one.fetches).toBeLessThanOrEqual(10);
    expect(one.statements).toBeLessThanOrEqual(18);
  });
});

describe.each(engines)('bad input on $name', (engine) => {
  let world: World;
  let known: Awaited<ReturnType<typeof openThree>>;
  beforeAll(async () => {
    world = await openAlliance(engine);
    known = await openThree(world);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const nobody = '00000000-0000-7000-8000-000000000000';

  /** Everything that must not have changed after a refused request. */
  const state = async () => ({
    wallet: await world.wallet(known.ann),
    reward: (
      await world.data('query ($id: ID!) { reward(id: $id) { stock } }', { id: known.charging })
    ).reward,
    redemptions: (await world.data('{ redemptions(first: 100) { totalCount } }')).redemptions,
  });

  test.each([
    ['an unknown reward', () => ({ rewardId: nobody }), 'NotFound'],
    ['an unknown member', () => ({ memberId: nobody }), 'NotFound'],
    ['too few points', () => ({ quantity: 2 }), 'InsufficientPoints'],
    ['a quantity of 0', () => ({ quantity: 0 }), 'InvalidInput'],
    ['a negative quantity', () => ({ quantity: -1 }), 'InvalidInput'],
    ['a quantity beyond reason', () => ({ quantity: Number.MAX_SAFE_INTEGER }), 'InvalidInput'],
  ])('%s is refused in both languages, and nothing changes', async (_, change, kind) => {
    const before = await state();
    const ask = (locale: 'en' | 'zh-CN') =>
      world.redeem({ memberId: known.ann, rewardId: known.charging, ...change() }, { locale });

    const english = await ask('en');
    const chinese = await ask('zh-CN');

    expect([english.__typename, chinese.__typename]).toEqual([kind, kind]);
    expect(english.code).toBe(chinese.code);
    expect(english.message).toMatch(/^[\x20-\x7e’…–]+$/);
    expect(chinese.message).toMatch(/[\u4e00-\u9fff]/);
    const after = await state();
    expect({ ...after, redemptions: null }).toEqual({ ...before, redemptions: null });
  });

  test.each([
    ['a fraction', 1.5],
    ['a number beyond 2^53', 9007199254740993n.toString()],
    ['a text', 'many'],
    ['nothing', null],
  ])('%s as a quantity is an error that leaks nothing', async (_, quantity) => {
    const before = await state();

    const { errors } = await world.ask(REDEEM, {
      input: {
        idempotencyKey: freshKey(),
        memberId: known.ann,
        rewardId: known.charging,
        quantity,
      },
    });

    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|SELECT|\.ts|stack|localhost/i);
    expect(await state()).toEqual(before);
  });

  test.each([
    ['as a variable', 'query ($id: ID!) { reward(id: $id) { id } }', { id: 'a\u202eb' }],
    ['in the document', '{ reward(id: "a\\u202eb") { id } }', {}],
    ['in the document, as it is', '{ reward(id: "a\u0007b") { id } }', {}],
  ])('text that would be shown as something else is refused %s', async (_, query, variables) => {
    const { errors } = await world.ask(query, variables);

    expect(errors?.[0]?.extensions.code).toMatch(/BAD_USER_INPUT|GRAPHQL_PARSE_FAILED/);
  });

  test('a key used with other input is an error and changes nothing', async () => {
    const idempotencyKey = freshKey();
    await world.redeem({
      memberId: known.ann,
      rewardId: known.charging,
      quantity: 50,
      idempotencyKey,
    });
    const before = await state();

    const { errors } = await world.ask(REDEEM, {
      input: { memberId: known.ann, rewardId: known.charging, quantity: 1, idempotencyKey },
    });

    expect(errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await state()).toEqual(before);
  });

  test("another member's wallet and points are out of reach", async () => {
    const bob = asMember(await world.member('Bob'));
    const before = await state();

    const redeem = await world.ask(
      REDEEM,
      { input: { idempotencyKey: freshKey(), memberId: known.ann, rewardId: known.charging } },
      { as: bob },
    );
    const wallet = await world.ask(
      'query ($id: ID!) { member(id: $id) { displayName wallet { available } } }',
      { id: known.ann },
      { as: bob },
    );

    expect(redeem.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(JSON.stringify(wallet.data)).not.toContain('Ann');
    expect(wallet.data?.member?.wallet ?? null).toBeNull();
    expect(await state()).toEqual(before);
  });

  test('a reward of a suspended merchant is refused', async () => {
    const shop = await world.merchant({ name: 'Closing' });
    const rewardId = await world.reward({ merchantId: shop, points: 100 });
    await world.data(
      `mutation ($input: SuspendMerchantInput!) { suspendMerchant(input: $input) { __typename } }`,
      { input: { idempotencyKey: freshKey(), merchantId: shop, reason: 'Documents expired' } },
      { as: operator },
    );

    const refusal = await world.redeem({ memberId: known.ann, rewardId });

    expect(refusal).toMatchObject({ __typename: 'RewardNotAvailable', code: 'MERCHANT_SUSPENDED' });
  });
});
