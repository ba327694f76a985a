import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import {
  analyst,
  anonymous,
  asMember,
  asMerchant,
  freshKey,
  operator,
  regulator,
} from '../support/people.ts';
import { accrue, burn, hold, openBooks, resolve, reverse, rewards } from './books-world.ts';

const WALLET = '... on Member { wallet { available held debt } }';
const BURNS = `... on Redemption { burns { points unit expiresOn issuer { id } }
  claims { points debtor { id } creditor { id } amount { amountMinor currency } } }`;
const ACCRUALS = `... on Purchase { accruals { unit points expiresOn issuer { id }
  entry { kind causeKind causeId ruleVersion block member { id } } } }`;

const redemption = { __typename: 'Redemption', id: 'r1' };

describe.each(engines)('on $name', (engine) => {
  test('a wallet shows each unit, and its lots in the order of spending', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10 }),
      accrue({ points: 20, issuerId: 'J', expiresOn: '2027-01-01' }),
      accrue({ points: 30, unit: 'MILES', expiresOn: '2026-12-01' }),
      hold({ points: 5 }),
    ]);

    expect(await books.wallet()).toEqual({
      available: 25,
      held: 5,
      debt: 0,
      byUnit: [
        { unit: 'ALLIANCE', available: 25, held: 5, debt: 0 },
        { unit: 'MILES', available: 30, held: 0, debt: 0 },
      ],
      lots: [
        { unit: 'ALLIANCE', points: 15, expiresOn: '2027-01-01', issuer: { id: 'J' } },
        { unit: 'ALLIANCE', points: 10, expiresOn: null, issuer: { id: 'I' } },
        { unit: 'MILES', points: 30, expiresOn: '2026-12-01', issuer: { id: 'I' } },
      ],
    });
  });

  test('points vanish from the wallet on the day they expire', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ expiresOn: '2026-12-01' }));

    books.clock.set('2026-11-30T15:59:59Z');
    expect(await books.wallet()).toMatchObject({ available: 100 });
    // In Shanghai the first of December begins.
    books.clock.set('2026-11-30T16:00:00Z');
    expect(await books.wallet()).toMatchObject({ available: 0, lots: [] });
    expect(await books.postOne(burn())).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      missing: 100,
    });
  });

  test('S59 a wallet shows what lapses soon, by unit, issuer and day', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 10, expiresOn: '2026-12-22' }),
      accrue({ points: 20, expiresOn: '2026-12-22', priceMinor: 33 }),
      accrue({ points: 30, expiresOn: '2026-12-01', issuerId: 'J' }),
      accrue({ points: 40, expiresOn: '2026-12-01', unit: 'GREEN' }),
      accrue({ points: 50, expiresOn: '2026-12-23' }),
      accrue({ points: 60 }),
    ]);
    const soon = async (given = '', as = asMember('ann')) => {
      const [member] = await books.entities(
        `... on Member { wallet { expiringSoon${given} { unit points expiresOn issuer { id } } } }`,
        [{ __typename: 'Member', id: 'ann' }],
        { as },
      );
      return member.wallet.expiringSoon;
    };

    const first = { unit: 'ALLIANCE', points: 30, expiresOn: '2026-12-01', issuer: { id: 'J' } };
    const green = { unit: 'GREEN', points: 40, expiresOn: '2026-12-01', issuer: { id: 'I' } };
    const month = { unit: 'ALLIANCE', points: 30, expiresOn: '2026-12-22', issuer: { id: 'I' } };
    expect(await soon()).toEqual([first, month, green]);
    expect(await soon('(days: 9)')).toEqual([first, green]);
    expect(await soon('(days: 8)', operator)).toEqual([]);
    expect(await soon('(days: 3660)')).toHaveLength(4);
    // What has lapsed is not soon any more.
    books.clock.set('2026-11-30T16:00:00Z');
    expect(await soon()).toMatchObject([{ points: 30, issuer: { id: 'I' } }, { points: 50 }]);
  });

  test.each([0, -1, 3661])('no wallet looks %i days ahead', async (days) => {
    await using books = await openBooks(engine);
    const { errors } = await books.ask(
      `query { _entities(representations: [{ __typename: "Member", id: "ann" }]) {
        ... on Member { wallet { expiringSoon(days: ${days}) { points } } } } }`,
    );

    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('a member who never had points has a wallet of zeros', async () => {
    await using books = await openBooks(engine);

    expect(await books.wallet('new')).toMatchObject({ available: 0, held: 0, debt: 0, lots: [] });
  });

  test.each([
    ['another member', asMember('bob')],
    ['a merchant', asMerchant('I')],
    ['an analyst', analyst],
    ['nobody in particular', anonymous],
  ])('a wallet is not for %s', async (_, as) => {
    await using books = await openBooks(engine);
    const { data, errors } = await books.ask(
      `query { _entities(representations: [{ __typename: "Member", id: "ann" }]) { ${WALLET} } }`,
      {},
      { as },
    );

    expect(data._entities).toEqual([{ wallet: null }]);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
  });

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

  test('only services post, and each entry is an event once', async () => {
    await using books = await openBooks(engine);
    const command = accrue({ causeId: 'p1' });
    const post = 'mutation ($c: [PointsCommandInput!]!) { postPoints(commands: $c) { status } }';
    const { errors } = await books.ask(post, { c: [command] }, { as: operator });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');

    const [{ entryId } = { entryId: null }] = await books.post([
      command,
      command,
      burn({ points: 1000 }),
    ]);
    await books.postOne(command);

    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 10) { position kind payload } }',
      {},
      { as: rewards },
    );
    expect(pointsLedgerFeed).toHaveLength(1);
    expect(JSON.parse(pointsLedgerFeed[0].payload)).toEqual({
      entryId,
      kind: 'ACCRUE',
      walletId: 'ann',
      unit: 'ALLIANCE',
      points: 100,
      causeKind: 'PURCHASE',
      causeId: 'p1',
    });
  });

  test.each([
    ['without points', accrue({ points: null })],
    ['of no points', accrue({ points: 0 })],
    ['of less than no points', burn({ points: -5 })],
    ['without an issuer', accrue({ issuerId: null })],
    ['without a price', accrue({ priceMinor: null })],
    ['at a price below zero', accrue({ priceMinor: -1 })],
    ['at a price for no points', accrue({ pricePoints: 0 })],
    ['in no currency', accrue({ priceCurrency: 'yuan' })],
    ['that has lapsed already', accrue({ expiresOn: '2026-11-22' })],
    ['without an acceptor', burn({ acceptorId: null })],
    ['of a unit without a name', burn({ unit: '' })],
    ['of a wallet with an endless name', burn({ walletId: 'x'.repeat(65) })],
    ['that holds without an end', hold({ holdMinutes: null })],
    ['that holds under no id', hold({ holdId: null })],
    ['that resolves nothing', resolve('CAPTURE', { holdId: null })],
    ['that takes nothing back', reverse({})],
    ['under an endless key', accrue({ key: 'k'.repeat(129) })],
    ['under no key', accrue({ key: '' })],
    // MariaDB would take it for the key without the space.
    ['under a key that ends in a space', accrue({ key: 'key ' })],
  ])('a command %s is refused and changes nothing', async (_, command) => {
    await using books = await openBooks(engine);

    expect(await books.postOne(command)).toMatchObject({
      key: command.key,
      status: 'REFUSED',
      code: 'INVALID_COMMAND',
    });
    expect(await books.database.reader.query('SELECT * FROM points_journal_entry')).toEqual([]);
  });

  test('points beyond the safe integers are refused', async () => {
    await using books = await openBooks(engine);
    const price = { priceMinor: 1, pricePoints: 100 };
    await books.postOne(accrue({ ...price, points: Number.MAX_SAFE_INTEGER - 10 }));

    expect(await books.postOne(accrue({ ...price, points: 11 }))).toMatchObject({
      code: 'POINTS_OVERFLOW',
    });
    expect(await books.postOne(accrue({ ...price, points: 10 }))).toMatchObject({
      status: 'ACCEPTED',
      available: Number.MAX_SAFE_INTEGER,
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a hold is captured until its deadline, also when a lot expired meanwhile', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ expiresOn: '2026-11-23' }),
      hold({ holdId: 'in time', points: 60, holdMinutes: 24 * 60 }),
      hold({ holdId: 'too late', points: 40, holdMinutes: 60 }),
    ]);
    books.clock.set('2026-11-23T01:59:00Z');

    expect(await books.postOne(resolve('CAPTURE', { holdId: 'in time' }))).toMatchObject({
      status: 'ACCEPTED',
      points: 60,
    });
    expect(await books.postOne(resolve('CAPTURE', { holdId: 'too late' }))).toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    expect(await books.postOne(resolve('RELEASE', { holdId: 'too late' }))).toMatchObject({
      status: 'ACCEPTED',
      available: 0,
    });
    expect(await books.problems()).toEqual([]);
  });

  test.each([
    ['an unknown hold', resolve('CAPTURE', { holdId: 'unknown' }), 'HOLD_NOT_FOUND'],
    ["another member's hold", resolve('CAPTURE', { walletId: 'bob' }), 'HOLD_NOT_FOUND'],
    ['a hold', resolve('CAPTURE'), null],
    ['a hold under a used id', hold({ points: 1 }), 'INVALID_COMMAND'],
  ])('a hold is resolved once, and only by its member: %s', async (_, command, code) => {
    await using books = await openBooks(engine);
    await books.post([accrue(), hold({ points: 50 })]);

    expect((await books.postOne({ ...command, key: freshKey() })).code).toBe(code);
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
