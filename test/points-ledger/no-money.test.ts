import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, getNamedType, isInputObjectType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, reverse } from './books-world.ts';
import { openClearing } from './clearing-world.ts';

const sdl = readFileSync(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8');
const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
const own = Object.values(schema.getTypeMap()).filter(
  ({ name }) => !/^(__|join__|link__|core__)/.test(name),
);

/** The words of a name, such as `cash out` for `cashOut`. */
const wordsOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** What whoever holds or moves money has: an account of it, and verbs for it. */
const MONEY_MOVES =
  /\b(deposit|top up|topup|recharge|withdraw (cash|money|funds)|cash out|cashout|payout|pay out|disburse|remit|transfer (money|funds)|refund (money|cash)|charge card|capture payment|send payment|make payment|buy points|purchase points|sell points)\b/;
const MONEY_HELD =
  /\b((money|cash|fund|funds|currency|custody|reserve|escrow|trust|bank|settlement|deposit) (account|wallet|balance)|prepaid balance|stored value|cash balance)s?\b/;

describe('S68: money is neither held nor moved', () => {
  test('no mutation of the graph moves money', () => {
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});

    expect(mutations.length).toBeGreaterThan(15);
    expect(mutations.filter((name) => MONEY_MOVES.test(wordsOf(name)))).toEqual([]);
  });

  test('no type or field of the graph is an account of money', () => {
    const names = own.flatMap((type) => [
      type.name,
      ...(isObjectType(type) || isInputObjectType(type)
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : []),
    ]);

    expect(names.length).toBeGreaterThan(300);
    const held = names.filter((name) => MONEY_HELD.test(wordsOf(name.replaceAll('.', ' '))));
    expect(held).toEqual([]);
    const wallet = own.find(({ name }) => name === 'Wallet');
    const ofMoney = isObjectType(wallet)
      ? Object.values(wallet.getFields()).filter(({ type }) => getNamedType(type).name === 'Money')
      : ['there is no wallet'];
    expect(ofMoney).toEqual([]);
  });

  test('these patterns do find what they are for', () => {
    for (const name of ['topUpWallet', 'cashOut', 'payoutMerchant', 'buyPoints', 'transferFunds']) {
      expect(MONEY_MOVES.test(wordsOf(name)), name).toBe(true);
    }
    for (const name of ['MoneyAccount', 'cashBalance', 'EscrowAccount', 'settlementAccounts']) {
      expect(MONEY_HELD.test(wordsOf(name)), name).toBe(true);
    }
  });

  test('of money the books take in only prices, guarantees and what was paid outside', () => {
    const asked = own
      .filter(isInputObjectType)
      .filter(({ name }) => /Clearing|Settlement|Default|Points/.test(name))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === 'MoneyInput')
          .map((field) => `${type.name}.${field.name}`),
      );

    expect(asked.toSorted()).toEqual([
      'AgreeClearingTermsInput.guarantee',
      'RecordSettlementInput.amount',
      'ResolveClearingDisputeInput.amount',
    ]);
  });
});

describe.each(engines)('S68 on $name', { timeout: 60_000 }, (engine) => {
  test.each(['CNY', 'USD', 'HKD'])('no points are of the unit %s', async (unit) => {
    await using books = await openClearing(engine);

    expect(await books.postOne(accrue({ unit }))).toMatchObject({
      status: 'REFUSED',
      code: 'INVALID_COMMAND',
    });
    const rate = { issuerId: 'A', unit: 'MILES', toUnit: unit, numerator: 1, denominator: 1 };
    const input = { idempotencyKey: freshKey(), ...rate, priceMinor: 1, pricePoints: 1 };
    const { setConversionRate } = await books.data(
      `mutation ($input: SetConversionRateInput!) { setConversionRate(input: $input) {
        __typename ... on InvalidInput { code field } } }`,
      { input },
    );
    expect(setConversionRate).toMatchObject({ code: 'UNIT_IS_MONEY', field: 'toUnit' });
  });

  test('no posting mixes points with currency, and settling moves nothing in the books', async () => {
    await using books = await openClearing(engine);
    await books.redeem([
      ['A', 'B', 100],
      ['B', 'C', 70],
    ]);
    await books.post([
      accrue({ issuerId: 'A', causeId: 'p1' }),
      burn({ acceptorId: 'B' }),
      reverse({ issuerId: 'A', reversesId: 'p1' }),
    ]);
    const { cycle } = await books.close();
    const journal = () =>
      books.database.reader.query('SELECT * FROM points_posting ORDER BY seq, line');
    const before = await journal();
    for (const { id, payee, amount } of cycle.payments) {
      const input = {
        ...{ idempotencyKey: `settle-${id}`, paymentId: id, merchantId: payee.id, amount },
        ...{ paidOn: '2026-11-22', reference: 'outside' },
      };
      const { recordSettlement } = await books.data(
        `mutation ($input: RecordSettlementInput!) { recordSettlement(input: $input) {
          ... on SettlementRecorded { payment { state } } } }`,
        { input },
      );
      expect(recordSettlement).toEqual({ payment: { state: 'SETTLED' } });
    }

    expect(await journal()).toEqual(before);
    const [{ mixed, accounts }] = await books.database.reader.query(
      `SELECT SUM(unit IN ('CNY', 'RMB', 'USD', 'HKD', 'EUR')) AS mixed,
         SUM(account NOT IN ('OUTSTANDING', 'AVAILABLE', 'HELD', 'PENDING', 'DEBT', 'REDEEMED', 'BREAKAGE'))
         AS accounts FROM points_posting`,
    );
    expect([Number(mixed), Number(accounts)]).toEqual([0, 0]);
    // What a posting says of money informs: it stands beside points that were redeemed, and nowhere else.
    const [{ strange }] = await books.database.reader.query(
      `SELECT COUNT(*) AS strange FROM points_posting WHERE claim_minor IS NOT NULL
         AND (account <> 'REDEEMED' OR owner_id = issuer_id)`,
    );
    expect(Number(strange)).toBe(0);
  });
});
