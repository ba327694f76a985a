import { describe, expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { type Engine, engines } from '../support/engines.ts';
import { asMember, asMerchant } from '../support/people.ts';
import { accrue, burn, type OpenBooks, openBooks, reverse } from './books-world.ts';
import { interposed, type Statement } from './interposed.ts';
import { balanceAt, page } from './statement-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const MADE_UP = '(first: 1, after: "WzEsIngiLDFd.abc")';

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

  test('a page is refused that does not say from which end, of how many lines, and after what', async () => {
    await using books = await openBooks(engine);
    const unusable = ['', '(first: 0)', '(first: 101)', '(first: 1, last: 1)', MADE_UP];
    for (const args of unusable) {
      const { errors } = await books.ask(
        `{ _entities(representations: [{ __typename: "Member", id: "ann" }]) {
          ... on Member { wallet { statement${args} { totalCount } } } } }`,
      );

      expect([args, errors]).toMatchObject([args, [{ extensions: { code: 'BAD_USER_INPUT' } }]]);
    }
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

/** Forty members with fifteen entries each. */
async function openMany(engine: Engine): Promise<OpenBooks> {
  const books = await openBooks(engine);
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
  const tables = 'points_journal_entry, points_posting, points_reversal, points_wallet_unit';
  if (engine.name === 'MariaDB') await books.tamper(`ANALYZE TABLE ${tables}`);
  return books;
}

/** What of a plan reads a table or an index of it from end to end. What a statement makes itself is short. */
const scans: Readonly<Record<Engine['name'], (plan: Record<string, unknown>) => boolean>> = {
  SQLite: ({ detail }) => /^SCAN (points_|entry|posting|reversal)/.test(String(detail)),
  MariaDB: ({ type, table }) =>
    (type === 'ALL' || type === 'index') && !/^<|^null$/.test(String(table)),
};

describe.each(engines)('on $name', (engine) => {
  test('D5: what a member asks of her points never scans the journal', async () => {
    await using books = await openMany(engine);
    const { pageInfo } = await page(books, 'first: 9', { memberId: 'm1' });
    const asked: Pick<Statement, 'sql' | 'parameters'>[] = [
      // What leads a trace to its entries.
      "SELECT DISTINCT wallet_id FROM points_journal_entry WHERE cause_id = 'r1' AND cause_kind = 'REDEMPTION'",
      `SELECT amount FROM points_journal_entry entry JOIN points_posting posting
        ON posting.seq = entry.seq WHERE entry.wallet_id IN ('m1') ORDER BY posting.seq, posting.line`,
      `SELECT reversal.points FROM points_journal_entry entry JOIN points_reversal reversal
        ON reversal.entry_id = entry.id WHERE entry.wallet_id IN ('m1')`,
    ].map((sql) => ({ sql, parameters: [] }));
    const read: number[] = [];
    await interposed(
      async (statement) => {
        const { sql, parameters, runner, send } = statement;
        if (!/points_(posting|journal_entry)/.test(sql)) return send();
        asked.push({ sql, parameters });
        const before = await rowsRead(engine, runner);
        const found = await send();
        read.push((await rowsRead(engine, runner)) - before);
        return found;
      },
      async () => {
        for (const args of ['first: 5', 'last: 5']) {
          await page(books, args, { memberId: 'm1' });
          const from = args.startsWith('first') ? 'after' : 'before';
          await page(books, `${args}, ${from}: "${pageInfo.endCursor}"`, { memberId: 'm1' });
        }
        await balanceAt(books, '2026-11-24T12:00:00Z', 'm1');
      },
    );

    expect(asked.length).toBeGreaterThan(12);
    const [{ journal }] = await books.tamper('SELECT COUNT(*) AS journal FROM points_posting');
    expect(Number(journal)).toBe(1_200);
    // Of these 30 are hers, of 15 entries.
    expect(Math.max(...read)).toBeLessThan(150);
    expect(Math.max(...read) > 0).toBe(engine.name === 'MariaDB');
    for (const { sql, parameters } of asked) {
      const explain = engine.name === 'SQLite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
      const plan = await books.database.reader.query(`${explain} ${sql}`, [...parameters]);
      expect([sql, plan.filter(scans[engine.name])]).toEqual([sql, []]);
    }
  });
});

/** How many rows a connection has read by now. SQLite does not say. */
async function rowsRead({ name }: Engine, runner: Statement['runner']): Promise<number> {
  if (name === 'SQLite') return 0;
  const rows = await runner.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
  return sum(rows.map((row: Data) => Number(row.Value)));
}
