import { describe, expect, test } from 'vitest';
import type { SubgraphResponse } from '../../shared/graphql/request.ts';
import { createLedger, type Ledger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { bookImports } from '../../subgraphs/points-ledger/programmes/commands/book-imports.ts';
import type { AloneOptions } from '../support/alone.ts';
import { type Engine, engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey } from '../support/people.ts';
import { accrue, burn } from './books-world.ts';
import { openProgrammes } from './convert-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const IMPORT = `mutation ($input: ImportBalancesInput!) { importBalances(input: $input) { __typename
  ... on BalancesRead { kept unchanged problems { row code message }
    totals { rows points liability { amountMinor currency } }
    import { state waiting booked refused } }
  ... on ReconciliationDiffers { code rows points message } ... on ImportClosed { code }
  ... on InvalidInput { code field message } } }`;

/** Members whose id begins with m are there. */
const members: NonNullable<AloneOptions['peer']> = (
  peer,
  { query, variables },
): SubgraphResponse | null => {
  if (peer !== 'members' || !query.includes('_entities')) return null;
  const { r } = variables as { r: { id: string }[] };
  return {
    data: { _entities: r.map(({ id }) => (id.startsWith('m') ? { id, status: 'ACTIVE' } : null)) },
  };
};

async function openImports(engine: Engine, options: AloneOptions = {}) {
  const books = await openProgrammes(engine, { peer: members, ...options });
  return Object.assign(books, {
    take: async (given: Readonly<Record<string, unknown>>): Promise<Data> => {
      const input = {
        idempotencyKey: freshKey(),
        importId: 'cafe-2026',
        issuerId: 'I',
        unit: 'ALLIANCE',
        ...given,
      };
      return (await books.data(IMPORT, { input })).importBalances;
    },
    state: async (): Promise<Data> =>
      (
        await books.data(
          `{ balanceImport(id: "cafe-2026") { state waiting booked refused
            totals { rows points } problems { row code message } } }`,
        )
      ).balanceImport,
  });
}

const row = (line: number, given: Readonly<Record<string, unknown>> = {}) => ({
  row: line,
  member: `m${line}`,
  points: '100',
  price: '80/100 CNY',
  ...given,
});

const stated = (rows: number, points: number, amountMinor: number) => ({
  rows,
  points,
  liability: [{ amountMinor, currency: 'CNY' }],
});

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('a programme joins with its balances: they are booked with expiry and price, once', async () => {
    await using books = await openImports(engine);
    const csv = [
      'member,points,expiresOn,price',
      'm1,100,2027-12-31,80/100 CNY',
      'm1,50,,80/100 CNY',
      'm2,7,2027-12-31,1/3 CNY',
    ].join('\n');
    const idempotencyKey = freshKey();
    const whole = { csv, stated: stated(3, 157, 122), idempotencyKey };

    const answer = await books.take(whole);

    expect(answer).toMatchObject({
      __typename: 'BalancesRead',
      kept: 3,
      problems: [],
      totals: { rows: 3, points: 157, liability: [{ amountMinor: 122, currency: 'CNY' }] },
      import: { state: 'BOOKING', waiting: 3 },
    });
    await books.settle();
    expect(await books.state()).toMatchObject({ state: 'DONE', waiting: 0, booked: 3, refused: 0 });
    expect(await books.lots('m1')).toEqual([
      { unit: 'ALLIANCE', points: 100, expiresOn: '2027-12-31', issuer: { id: 'I' } },
      { unit: 'ALLIANCE', points: 50, expiresOn: null, issuer: { id: 'I' } },
    ]);
    expect(await books.take(whole)).toMatchObject({ kept: 3 });
    expect(await books.take({ csv })).toMatchObject({ code: 'IMPORT_CLOSED' });
    await books.settle();
    const { conservation } = await books.data('{ conservation { issued balance } }');
    expect(conservation).toEqual([{ issued: 157, balance: 0 }]);
    expect(await books.postOne(burn({ walletId: 'm1', points: 150 }))).toMatchObject({
      status: 'ACCEPTED',
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a dry run tells what is wrong with each row and keeps nothing', async () => {
    await using books = await openImports(engine);
    const bad: [Readonly<Record<string, unknown>>, string][] = [
      [{ member: 'nobody' }, 'MEMBER_UNKNOWN'],
      [{ member: ' m2' }, 'MEMBER_UNKNOWN'],
      [{ points: '0' }, 'POINTS_NOT_USABLE'],
      [{ points: '-5' }, 'POINTS_NOT_USABLE'],
      [{ points: '1.5' }, 'POINTS_NOT_USABLE'],
      [{ points: '9007199254740992' }, 'POINTS_NOT_USABLE'],
      [{ price: '80 CNY' }, 'PRICE_NOT_USABLE'],
      [{ price: '80/0 CNY' }, 'PRICE_NOT_USABLE'],
      [{ points: '9007199254740991', price: '9/1 CNY' }, 'PRICE_NOT_USABLE'],
      [{ expiresOn: '2027-02-30' }, 'EXPIRY_NOT_USABLE'],
      [{ expiresOn: 'never' }, 'EXPIRY_NOT_USABLE'],
      [{ expiresOn: '2026-11-22' }, 'ALREADY_EXPIRED'],
      [{ row: 1 }, 'ROW_TWICE'],
      [{ row: 0 }, 'ROW_NOT_USABLE'],
      [{ member: 'm1', points: '3' }, 'BALANCE_TWICE'],
    ];
    const rows = [row(1), ...bad.map(([given], index) => row(index + 2, given))];

    const answer = await books.take({ rows, dryRun: true });

    expect(answer).toMatchObject({ kept: 1, import: null, totals: { rows: 1, points: 100 } });
    expect(answer.problems.map(({ code }: { code: string }) => code)).toEqual(
      bad.map(([, code]) => code),
    );
    for (const { code, message } of answer.problems) expect(message).not.toBe(code);
    expect(await books.state()).toBeNull();
    expect(await books.database.reader.query('SELECT * FROM points_import_row')).toEqual([]);
  });

  test('nothing is booked until the totals agree, over all calls of an import', async () => {
    await using books = await openImports(engine);
    expect(await books.take({ rows: [row(1), row(2)] })).toMatchObject({
      kept: 2,
      import: { state: 'OPEN', waiting: 2 },
    });
    expect(await books.take({ rows: [row(2), row(3), row(1, { points: '9' })] })).toMatchObject({
      kept: 1,
      unchanged: 1,
      problems: [{ row: 1, code: 'ROW_DIFFERS' }],
      totals: { rows: 3, points: 300 },
    });
    for (const wrong of [stated(4, 301, 241), stated(5, 400, 320), stated(4, 400, 321)]) {
      expect(await books.take({ rows: [row(4)], stated: wrong })).toMatchObject({
        code: 'RECONCILIATION_DIFFERS',
        rows: 4,
        points: 400,
      });
    }
    await books.settle();
    expect(await books.state()).toMatchObject({ state: 'OPEN', waiting: 3, booked: 0 });
    expect(await books.take({ rows: [row(5)], issuerId: 'J' })).toMatchObject({
      code: 'IMPORT_OF_OTHERS',
    });

    expect(await books.take({ rows: [row(4)], stated: stated(4, 400, 320) })).toMatchObject({
      import: { state: 'BOOKING' },
    });
    await books.settle();
    expect(await books.state()).toMatchObject({ state: 'DONE', booked: 4 });
    expect(await books.problems()).toEqual([]);
  });

  test('whoever is killed between booking a page and writing that down, each row is booked once', async () => {
    await using books = await openImports(engine);
    const lines = Array.from({ length: 25 }, (_, index) => row(index + 1));
    await books.take({ rows: lines, stated: stated(25, 2500, 2000) });
    const ledger = createLedger(books.frame);
    const dies: Ledger = {
      post: async (requests) => {
        await ledger.post(requests);
        throw new Error('killed');
      },
    };
    await bookImports(books.frame, ledger, { page: 10 }).step();
    await expect(bookImports(books.frame, dies, { page: 10 }).step()).rejects.toThrow('killed');
    expect(await books.state()).toMatchObject({ state: 'BOOKING', waiting: 15, booked: 10 });

    const workers = [1, 2].map(() => bookImports(books.frame, ledger, { page: 10 }));
    while ((await Promise.all(workers.map(({ step }) => step()))).some(Boolean));

    expect(await books.state()).toMatchObject({ state: 'DONE', waiting: 0, booked: 25 });
    const { conservation } = await books.data('{ conservation { issued available } }');
    expect(conservation).toEqual([{ issued: 2500, available: 2500 }]);
    expect(await books.problems()).toEqual([]);
  });

  test('a row that the books refuse is told of, and the others are booked', async () => {
    await using books = await openImports(engine);
    await books.postOne(accrue({ points: 20 }));
    await books.setCover({ points: 250 });
    await books.take({ rows: [row(1), row(2), row(3)], stated: stated(3, 300, 240) });

    await books.settle();

    expect(await books.state()).toMatchObject({
      state: 'DONE',
      booked: 2,
      refused: 1,
      problems: [{ row: 3, code: 'ISSUER_CAP_REACHED' }],
    });
    expect(await books.problems()).toEqual([]);
  });

  test('input that is no import is refused by its name, and only the operator imports', async () => {
    await using books = await openImports(engine);
    const many = Array.from({ length: 2_001 }, (_, index) => row(index + 1));
    expect(await books.take({ rows: many })).toMatchObject({ code: 'IMPORT_TOO_MANY_ROWS' });
    expect(await books.take({ rows: [] })).toMatchObject({ code: 'IMPORT_TOO_MANY_ROWS' });
    expect(await books.take({})).toMatchObject({ code: 'IMPORT_ROWS_OR_CSV' });
    expect(await books.take({ rows: [row(1)], csv: 'member' })).toMatchObject({
      code: 'IMPORT_ROWS_OR_CSV',
    });
    for (const csv of ['', 'member,points\nm1,5', 'member,points,expiresOn,price\n"m1,5']) {
      expect(await books.take({ csv })).toMatchObject({ code: 'IMPORT_CSV_NOT_USABLE' });
    }
    expect(await books.take({ rows: [row(1)], importId: ' x' })).toMatchObject({
      code: 'KEY_NOT_USABLE',
    });
    for (const as of [asMember('m1'), asMerchant('I')]) {
      const { errors } = await books.ask(IMPORT, { input: inputOf([row(1)]) }, { as });
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    expect(await books.state()).toBeNull();
  });

  test('as long as members cannot be asked nothing is taken in', async () => {
    await using books = await openImports(engine, {
      peer: (peer) =>
        peer === 'members'
          ? { errors: [{ message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
          : null,
    });

    const { errors } = await books.ask(IMPORT, { input: inputOf([row(1)]) });

    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      reason: 'MEMBERS_UNREACHABLE',
    });
    expect(await books.state()).toBeNull();
  });
});

const inputOf = (rows: readonly object[]) => ({
  idempotencyKey: freshKey(),
  importId: 'cafe-2026',
  issuerId: 'I',
  unit: 'ALLIANCE',
  rows,
});
