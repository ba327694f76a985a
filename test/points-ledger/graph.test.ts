import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { analyst, asMember, asMerchant, operator, regulator } from '../support/people.ts';
import { accrue, burn, hold, openBooks, resolve, reverse, rewards } from './books-world.ts';

const WALLET = '... on Member { wallet { available held debt } }';
const BURNS = `... on Redemption { burns { points unit expiresOn issuer { id } }
  claims { points debtor { id } creditor { id } amount { amountMinor currency } } }`;
const ACCRUALS = `... on Purchase { accruals { unit points expiresOn issuer { id }
  entry { kind causeKind causeId ruleVersion block member { id } } } }`;

const redemption = { __typename: 'Redemption', id: 'r1' };

describe.each(engines)('on $name', (engine) => {
  test('burns are for the member, claims for the merchants concerned, both for the operator', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 60, expiresOn: '2027-01-01' }),
      accrue({ points: 40, issuerId: 'J', priceMinor: 33, expiresOn: '2027-02-01' }),
      accrue({ points: 20, issuerId: 'B' }),
      hold({ points: 120, causeId: 'r1' }),
      resolve('CAPTURE', { causeId: 'r1' }),
    ]);
    const burns = [
      { points: 60, unit: 'ALLIANCE', expiresOn: '2027-01-01', issuer: { id: 'I' } },
      { points: 40, unit: 'ALLIANCE', expiresOn: '2027-02-01', issuer: { id: 'J' } },
      { points: 20, unit: 'ALLIANCE', expiresOn: null, issuer: { id: 'B' } },
    ];
    const claim = (debtor: string, points: number, amountMinor: number) => ({
      points,
      debtor: { id: debtor },
      creditor: { id: 'B' },
      amount: { amountMinor, currency: 'CNY' },
    });
    // B owes itself nothing for its own points; 40 × 33/100 is 13.2 fen.
    const claims = [claim('I', 60, 48), claim('J', 40, 13)];
    const seen = async (as = operator) => (await books.entities(BURNS, [redemption], { as }))[0];

    expect(await seen(operator)).toEqual({ burns, claims });
    expect(await seen(regulator)).toEqual({ burns, claims });
    expect(await seen(asMember('ann'))).toEqual({ burns, claims: null });
    expect(await seen(asMember('bob'))).toEqual({ burns: null, claims: null });
    // Who owes it would tell B where else the member shops.
    expect(await seen(asMerchant('B'))).toEqual({
      burns: null,
      claims: [{ ...claim('I', 100, 61), debtor: null }],
    });
    expect(await seen(asMerchant('J'))).toEqual({ burns: null, claims: claims.slice(1) });
    expect(await seen(asMerchant('K'))).toEqual({ burns: null, claims: [] });
    expect(await seen(analyst)).toEqual({ burns: null, claims: null });
  });

  test('nobody gains by redeeming points one by one: what is owed is rounded once', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ points: 40, priceMinor: 50 })]);
    for (let index = 0; index < 20; index += 1) {
      const holdId = `one-${index}`;
      await books.post([
        hold({ points: 1, causeId: holdId, holdId }),
        resolve('CAPTURE', { causeId: holdId, holdId }),
      ]);
    }

    const { clearingPositions } = await books.data(
      '{ clearingPositions { merchant { id } net { amountMinor } } }',
    );

    // Twenty points at half a fen.
    expect(clearingPositions).toEqual([
      { merchant: { id: 'B' }, net: { amountMinor: 10 } },
      { merchant: { id: 'I' }, net: { amountMinor: -10 } },
    ]);
  });

  test('a redemption under way has no burns yet', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), hold({ causeId: 'r1' })]);

    const [seen] = await books.entities(BURNS, [redemption], { as: asMember('ann') });

    expect(seen).toEqual({ burns: [], claims: null });
  });

  test('a purchase shows what it brought and what returns took back', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1', ruleVersion: 'rule-7', expiresOn: '2027-01-01' }),
      reverse({ reversesId: 'p1', points: 30, causeId: 'x1' }),
    ]);
    const purchase = { __typename: 'Purchase', id: 'p1' };
    const seen = async (as = operator) => (await books.entities(ACCRUALS, [purchase], { as }))[0];

    const common = { unit: 'ALLIANCE', expiresOn: '2027-01-01', issuer: { id: 'I' } };
    const entry = { block: 1, member: { id: 'ann' } };
    const accruals = [
      {
        ...common,
        points: 100,
        entry: {
          ...entry,
          kind: 'ACCRUE',
          causeKind: 'PURCHASE',
          causeId: 'p1',
          ruleVersion: 'rule-7',
        },
      },
      {
        ...common,
        points: -30,
        entry: { ...entry, kind: 'REVERSE', causeKind: 'RETURN', causeId: 'x1', ruleVersion: null },
      },
    ];
    expect(await seen()).toEqual({ accruals });
    expect(await seen(asMember('ann'))).toEqual({ accruals });
    expect(await seen(asMember('bob'))).toEqual({ accruals: null });
    expect(await seen(asMerchant('I'))).toEqual({ accruals: null });
  });

  test('a member lists the entries of her own wallet, an operator all', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), accrue({ walletId: 'bob' }), burn({ points: 10 })]);
    const list = async (as = operator, filter = {}) => {
      const { journalEntries } = await books.data(
        `query ($filter: JournalEntryFilter) { journalEntries(first: 10, filter: $filter,
          orderBy: [{ field: points }]) { nodes { id kind member { id } postings {
            account ownerId points } } totalCount } }`,
        { filter },
        { as },
      );
      return journalEntries;
    };

    expect((await list()).totalCount).toBe(3);
    const own = await list(asMember('ann'));
    expect(own.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['BURN', 'ACCRUE']);
    expect(own.nodes[0].postings).toEqual([
      { account: 'AVAILABLE', ownerId: 'ann', points: -10 },
      { account: 'REDEEMED', ownerId: 'B', points: 10 },
    ]);
    expect(await list(asMember('ann'), { memberId: { eq: 'bob' } })).toMatchObject({ nodes: [] });
    expect((await list(operator, { kind: { eq: 'BURN' } })).totalCount).toBe(1);

    const one = 'query ($id: ID!) { journalEntry(id: $id) { kind } }';
    const { id } = own.nodes[0];
    expect(await books.data(one, { id }, { as: asMember('ann') })).toEqual({
      journalEntry: { kind: 'BURN' },
    });
    expect(await books.data(one, { id }, { as: asMember('bob') })).toEqual({ journalEntry: null });
  });

  test('conservation and clearing add up to zero after accruals, burns, returns and debts', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1' }),
      burn({ points: 100 }),
      reverse({ reversesId: 'p1' }),
      accrue({ issuerId: 'J', points: 150, priceMinor: 33 }),
      burn({ points: 20, acceptorId: 'K' }),
      hold({ points: 5 }),
    ]);

    const { conservation, clearingPositions } = await books.data(`{
      conservation { issuer { id } unit issued available held redeemed debt balance }
      clearingPositions { merchant { id } receivable { amountMinor } payable { amountMinor }
        net { amountMinor currency } } }`);

    const unit = 'ALLIANCE';
    const none = { available: 0, held: 0, debt: 0, balance: 0, unit };
    expect(conservation).toEqual([
      { ...none, issuer: { id: 'I' }, issued: 100, redeemed: 100 },
      { ...none, issuer: { id: 'J' }, issued: 150, available: 25, held: 5, redeemed: 120 },
    ]);
    const nets = clearingPositions.map(
      ({ merchant, net }: { merchant: { id: string }; net: { amountMinor: number } }) =>
        `${merchant.id} ${net.amountMinor}`,
    );
    // I owes B 80; J owes I 33 for the debt it paid, and K 7 (20 × 33/100 = 6.6).
    expect(nets).toEqual(['B 80', 'I -47', 'J -40', 'K 7']);
    expect(await books.problems()).toEqual([]);
  });

  test('the plan says what the burn then does', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 70, expiresOn: '2027-01-01' }),
      accrue({ points: 30, issuerId: 'J', expiresOn: '2027-01-01' }),
      accrue({ points: 50, issuerId: 'B' }),
    ]);
    const plan = async (points: number) => {
      const { spendingPlan } = await books.data(
        `query ($points: SafeInt!) { spendingPlan(walletId: "ann", unit: "ALLIANCE",
          points: $points, acceptorId: "B") { available missing
          burns { points unit expiresOn issuer { id } }
          claims { points debtor { id } creditor { id } amount { amountMinor currency } } } }`,
        { points },
        { as: rewards },
      );
      return spendingPlan;
    };

    const planned = await plan(115);
    await books.postOne(burn({ points: 115, causeId: 'r1' }));
    const [done] = await books.entities(BURNS, [redemption]);

    expect(planned).toEqual({ available: 150, missing: 0, ...done });
    expect(await plan(60)).toMatchObject({ available: 35, missing: 25 });
  });

  test('twenty redemptions cost the same statements as one', async () => {
    await using books = await openBooks(engine);
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    await books.post(
      ids.flatMap((id) => [
        accrue({ walletId: `of ${id}` }),
        burn({ walletId: `of ${id}`, points: 10, causeId: id }),
      ]),
    );
    const cost = async (some: string[]) => {
      books.statements.length = 0;
      await books.entities(`${BURNS} ${WALLET}`, [
        ...some.map((id) => ({ __typename: 'Redemption', id })),
        ...some.map((id) => ({ __typename: 'Member', id: `of ${id}` })),
      ]);
      return books.statements.length;
    };

    expect(await cost(ids)).toBe(await cost(ids.slice(0, 1)));
    expect(await cost(ids)).toBeLessThanOrEqual(4);
  });
});
