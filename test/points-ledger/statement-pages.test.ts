import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant } from '../support/people.ts';
import { accrue, burn, openBooks, reverse } from './books-world.ts';
import { balanceAt, page } from './statement-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

describe.each(engines)('on $name', (engine) => {
  test('a statement is read forwards and backwards, page by page', async () => {
    await using books = await openBooks(engine);
    for (let points = 1; points <= 5; points += 1) await books.postOne(accrue({ points }));
    const points = ({ nodes }: Data) => nodes.map(({ changes }: Data) => changes[0].points);

    const newest = await page(books, 'last: 2');
    expect(points(newest)).toEqual([4, 5]);
    expect(newest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(newest.nodes[0].changes[0]).toMatchObject({ balance: 10 });
    const before = await page(books, `last: 2, before: "${newest.pageInfo.startCursor}"`);
    expect(points(before)).toEqual([2, 3]);
    const oldest = await page(books, `last: 2, before: "${before.pageInfo.startCursor}"`);
    expect(points(oldest)).toEqual([1]);
    expect(oldest.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const next = await page(books, `first: 3, after: "${oldest.pageInfo.endCursor}"`);
    expect(points(next)).toEqual([2, 3, 4]);
    expect(next.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(points(await page(books, `first: 3, after: "${newest.pageInfo.endCursor}"`))).toEqual(
      [],
    );
  });

  test.each([
    ['neither first nor last', ''],
    ['first: 0', '(first: 0)'],
    ['first: 101', '(first: 101)'],
    ['both', '(first: 1, last: 1)'],
    ['a cursor that is made up', '(first: 1, after: "WzEsIngiLDFd.abc")'],
  ])('a page with %s is refused', async (_, args) => {
    await using books = await openBooks(engine);
    const { errors } = await books.ask(
      `{ _entities(representations: [{ __typename: "Member", id: "ann" }]) {
        ... on Member { wallet { statement${args} { totalCount } } } } }`,
    );

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a cursor is good for the wallet for which it was made', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), accrue({ walletId: 'bob' })]);
    const { pageInfo } = await page(books, 'first: 1');

    const { errors } = await books.ask(
      `{ _entities(representations: [{ __typename: "Member", id: "bob" }]) { ... on Member {
        wallet { statement(first: 1, after: "${pageInfo.endCursor}") { totalCount } } } } }`,
    );

    expect(errors).toMatchObject([{ extensions: { reason: 'INVALID_CURSOR' } }]);
  });

  test('a member who never had points has an empty statement', async () => {
    await using books = await openBooks(engine);

    expect(await page(books, 'first: 1')).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await balanceAt(books, '2026-11-22T02:00:00Z')).toEqual([]);
  });

  test.each([
    ['another member', asMember('bob')],
    ['a merchant', asMerchant('I')],
  ])('a statement is not for %s', async (_, as) => {
    await using books = await openBooks(engine);
    const { errors } = await books.ask(
      `{ _entities(representations: [{ __typename: "Member", id: "ann" }]) {
        ... on Member { wallet { statement(first: 1) { totalCount } } } } }`,
      {},
      { as },
    );

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('twenty lines of twenty members cost the same statements as one of one', async () => {
    await using books = await openBooks(engine);
    const ids = Array.from({ length: 20 }, (_, n) => `member-${n}`);
    await books.post(
      ids.flatMap((walletId) => [
        accrue({ walletId }),
        ...Array.from({ length: 20 }, () => burn({ walletId, points: 1 })),
      ]),
    );
    const cost = async (some: string[], field: string) => {
      books.statements.length = 0;
      const found = await books.entities(
        `... on Member { wallet { ${field} } }`,
        some.map((id) => ({ __typename: 'Member', id })),
      );
      expect(found).toHaveLength(some.length);
      return books.statements.length;
    };

    const statement = (size: number) =>
      `statement(first: ${size}) { nodes { kind changes { balance } } totalCount }`;
    expect(await cost(ids, statement(20))).toBe(await cost(ids.slice(0, 1), statement(1)));
    const past = 'balanceAt(at: "2026-11-22T02:00:00Z") { available }';
    expect(await cost(ids, past)).toBe(await cost(ids.slice(0, 1), past));
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('what a member asks of her points never scans the journal', async () => {
    await using books = await openBooks(engine);
    const ids = Array.from({ length: 40 }, (_, n) => `m${n}`);
    for (let round = 0; round < 5; round += 1) {
      await books.post(
        ids.flatMap((walletId) => {
          const causeId = `p-${walletId}-${round}`;
          return [
            accrue({ walletId, causeId }),
            burn({ walletId, points: 9 }),
            reverse({ walletId, reversesId: causeId, points: 1 }),
          ];
        }),
      );
      books.clock.advanceDays(1);
    }
    await books.tamper('ANALYZE TABLE points_journal_entry, points_posting, points_reversal');
    const plans = [
      "SELECT id FROM points_journal_entry WHERE wallet_id = 'm1' AND wallet_ver > 3 ORDER BY wallet_ver LIMIT 3",
      `SELECT balance_after FROM points_posting WHERE owner_id = 'm1' AND account = 'AVAILABLE'
        AND unit = 'ALLIANCE' AND seq <= 100 ORDER BY seq DESC, line DESC LIMIT 1`,
      "SELECT amount FROM points_posting WHERE seq IN (5, 7) AND owner_id IN ('m1')",
      'SELECT seq FROM points_journal_entry WHERE recorded_ms <= 1795312800000 ORDER BY recorded_ms DESC, seq DESC LIMIT 1',
    ];
    for (const sql of plans) {
      const [plan] = await books.tamper(`EXPLAIN ${sql}`);
      expect([sql, plan.type, plan.Extra]).toEqual([
        sql,
        expect.stringMatching(/^(range|ref|const)$/),
        expect.not.stringContaining('filesort'),
      ]);
    }
    const traces = [
      "SELECT DISTINCT wallet_id FROM points_journal_entry WHERE cause_id = 'r1' AND cause_kind = 'REDEMPTION'",
      `SELECT amount FROM points_journal_entry entry JOIN points_posting posting
        ON posting.seq = entry.seq WHERE entry.wallet_id IN ('m1') ORDER BY posting.seq, posting.line`,
      `SELECT reversal.points FROM points_journal_entry entry JOIN points_reversal reversal
        ON reversal.entry_id = entry.id WHERE entry.wallet_id IN ('m1')`,
    ];
    for (const sql of traces) {
      for (const { type } of await books.tamper(`EXPLAIN ${sql}`)) {
        expect([sql, type]).not.toEqual([sql, expect.stringMatching(/^(ALL|index)$/)]);
      }
    }
  });
});
