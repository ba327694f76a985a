import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import type { SubgraphResponse } from '../../shared/graphql/request.ts';
import { createLedger, type Ledger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { bookImports } from '../../subgraphs/points-ledger/programmes/commands/book-imports.ts';
import type { AloneOptions } from '../support/alone.ts';
import { type Engine, engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator } from '../support/people.ts';
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

const DECIDE = (
  name: string,
) => `mutation ($input: DecideBalanceImportInput!) { ${name}(input: $input) {
  __typename ... on BalanceImportChanged { import { state statedBy decidedBy } } ... on Refusal { code message } } }`;

const second: Caller = { ...operator, subject: 'operator:second' };

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
    decide: async (
      name: 'approveBalanceImport' | 'rejectBalanceImport' = 'approveBalanceImport',
      as = second,
      importId = 'cafe-2026',
    ): Promise<Data> => {
      const input = { idempotencyKey: freshKey(), importId };
      return (await books.data(DECIDE(name), { input }, { as }))[name];
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
      import: { state: 'STATED', waiting: 3 },
    });
    await books.decide();
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
      [{ points: '1000000001' }, 'POINTS_NOT_USABLE'],
      [{ price: '1000001/1 CNY' }, 'PRICE_NOT_USABLE'],
      [{ points: '1000000000', price: '3/2 CNY' }, 'PRICE_NOT_USABLE'],
      [{ price: '80/100 XYZ' }, 'PRICE_NOT_USABLE'],
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
      import: { state: 'STATED' },
    });
    await books.decide();
    await books.settle();
    expect(await books.state()).toMatchObject({ state: 'DONE', booked: 4 });
    expect(await books.problems()).toEqual([]);
  });

  test('nobody approves what she stated, and nothing is booked before', async () => {
    await using books = await openImports(engine);
    await books.take({ rows: [row(1)] });
    expect(await books.decide()).toMatchObject({ code: 'IMPORT_NOT_STATED' });
    await books.take({ rows: [row(2)], stated: stated(2, 200, 160) });
    await books.settle();
    const before = await books.state();
    const own = await books.decide('approveBalanceImport', operator);
    await books.settle();

    expect(before).toMatchObject({ state: 'STATED', waiting: 2, booked: 0 });
    expect(own).toMatchObject({ __typename: 'SecondPersonNeeded' });
    expect(await books.state()).toEqual(before);
    expect(await books.take({ rows: [row(3)] })).toMatchObject({ code: 'IMPORT_CLOSED' });
    expect(await books.decide()).toMatchObject({
      import: { state: 'BOOKING', statedBy: operator.subject, decidedBy: second.subject },
    });
    expect(await books.decide('rejectBalanceImport')).toMatchObject({ code: 'IMPORT_NOT_STATED' });
    await books.settle();
    expect(await books.state()).toMatchObject({ state: 'DONE', booked: 2 });
    expect(await books.decide('approveBalanceImport', second, 'no-such')).toMatchObject({
      code: 'IMPORT_NOT_FOUND',
    });
  });

  test('an import that was rejected is never booked', async () => {
    await using books = await openImports(engine);
    await books.take({ rows: [row(1)], stated: stated(1, 100, 80) });

    expect(await books.decide('rejectBalanceImport', operator)).toMatchObject({
      import: { state: 'REJECTED' },
    });
    await books.settle();
    expect(await books.decide()).toMatchObject({ code: 'IMPORT_NOT_STATED' });
    expect(await books.take({ rows: [row(2)] })).toMatchObject({ code: 'IMPORT_CLOSED' });
    expect(await books.state()).toMatchObject({ state: 'REJECTED', waiting: 1, booked: 0 });
  });

  test('an import that nobody could pay is refused', async () => {
    await using books = await openImports(engine);
    const dear = (line: number) => row(line, { points: '1000', price: '1000000/1 CNY' });
    const rows = Array.from({ length: 1_000 }, (_, index) => dear(index + 1));
    await books.take({ rows });

    expect(await books.take({ rows: [dear(1_001)] })).toMatchObject({ code: 'IMPORT_TOO_LARGE' });
    expect(await books.state()).toMatchObject({ waiting: 1_000, totals: { points: 1_000_000 } });
  });

  test('whoever is killed between booking a page and writing that down, each row is booked once', async () => {
    await using books = await openImports(engine);
    const lines = Array.from({ length: 25 }, (_, index) => row(index + 1));
    await books.take({ rows: lines, stated: stated(25, 2500, 2000) });
    await books.decide();
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
    await books.decide();

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
    const decision = { idempotencyKey: freshKey(), importId: 'cafe-2026' };
    for (const as of [asMember('m1'), asMerchant('I')]) {
      const { errors } = await books.ask(IMPORT, { input: inputOf([row(1)]) }, { as });
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
      for (const name of ['approveBalanceImport', 'rejectBalanceImport']) {
        const answer = await books.ask(DECIDE(name), { input: decision }, { as });
        expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
      }
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
