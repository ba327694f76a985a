import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertRows } from '../../shared/database/rows.ts';
import { borneBy } from '../../subgraphs/points-ledger/clearing/domain/default.ts';
import { paymentsOf } from '../../subgraphs/points-ledger/clearing/domain/netting.ts';
import { coveredParts, duePayments } from '../../subgraphs/points-ledger/domain/replay-netting.ts';
import { type Engine, engines } from '../support/engines.ts';
import { freshKey, operator } from '../support/people.ts';
import { accrue, burn, refund } from './books-world.ts';
import { asMerchant, type OpenClearing, openClearing } from './clearing-world.ts';

/** Every row, and not two of each sort: `npm run test:tamper`. */
const isThorough = process.env.TEST_TAMPER === 'all';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;
type Row = Record<string, unknown>;

async function act(books: OpenClearing, name: string, input: Row, as = operator): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await books.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Refusal { code } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  expect(answer[name]).not.toHaveProperty('code');
}

const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
const agree = (books: OpenClearing, merchantId: string, fee: number, rest: Row) =>
  act(books, 'agreeClearingTerms', {
    ...{ merchantId, feeNumerator: fee, feeDenominator: 1000, guarantee: cny(300), ...rest },
  });

/** Lines of the newest statement of a merchant, and who says what of them. */
async function dispute(books: OpenClearing, merchantId: string, line: number): Promise<string> {
  const { id: statementId, lines } = await books.statement(merchantId, 'id lines { id }');
  const lineId = lines[line].id;
  const input = { statementId, lineId, merchantId, reason: 'too much' };
  await act(books, 'disputeClearingLine', input, asMerchant(merchantId));
  return lineId;
}

const settle = (books: OpenClearing, { id, payee, amount }: Data, paidOn: string) =>
  act(books, 'recordSettlement', {
    ...{ paymentId: id, merchantId: payee.id, reference: 'bank 1', paidOn, amount },
  });

/** Two cycles with all that merchants and the operator can make of them, and what goes on after. */
async function openCleared(engine: Engine): Promise<OpenClearing> {
  const books = await openClearing(engine);
  await agree(books, 'A', 15, { mode: 'POSTPAID', paymentDays: 10 });
  await agree(books, 'B', 10, { mode: 'PREPAID' });
  await books.redeem([
    ['A', 'B', 1007],
    ['A', 'C', 503],
    ['D', 'C', 333],
    ['B', 'C', 111],
  ]);
  await books.post([
    accrue({ issuerId: 'E', points: 900, priceMinor: 1, pricePoints: 3, priceCurrency: 'USD' }),
    burn({ points: 700, acceptorId: 'A', causeId: 'r1' }),
  ]);
  const { cycle } = await books.close();
  const corrected = await dispute(books, 'A', 0);
  const decided = { note: 'looked at', lineId: corrected, decision: 'CORRECT' };
  await act(books, 'resolveClearingDispute', { ...decided, amount: cny(700) });
  const upheld = await dispute(books, 'C', 0);
  await act(books, 'resolveClearingDispute', { lineId: upheld, decision: 'UPHOLD', note: 'right' });
  const { id: ofC } = await books.statement('C', 'id');
  await act(books, 'confirmClearingStatement', { statementId: ofC, merchantId: 'C' });
  const paidBy = (payer: string) =>
    cycle.payments.find((payment: Data) => payment.payer.id === payer);
  await settle(books, paidBy('D'), '2026-11-22');
  await act(books, 'declareDefault', { cycleId: cycle.id, merchantId: 'A', reason: 'gone' });
  await settle(books, { ...paidBy('A'), amount: cny(300) }, '2026-11-22').catch(() => undefined);

  books.clock.set('2026-12-01T02:00:00Z');
  await agree(books, 'A', 500, { mode: 'PREPAID' });
  await books.post([refund({ points: 200, refundsId: 'r1' })]);
  await books.redeem([
    ['A', 'B', 11],
    ['C', 'A', 50],
    ['C', 'B', 70],
  ]);
  await books.close();
  await dispute(books, 'C', 0);
  const pending = await dispute(books, 'B', 0);
  const wrong = { note: 'again', lineId: pending, decision: 'CORRECT' };
  await act(books, 'resolveClearingDispute', { ...wrong, amount: cny(1) });
  await books.redeem([['A', 'B', 17]]);
  await books.settle();
  return books;
}

const tables = [
  'points_notice',
  ...['head', 'cycle', 'volume', 'line', 'burn', 'total', 'statement', 'sum', 'side'].map(
    (name) => `points_clearing_${name}`,
  ),
  ...['correction', 'payment', 'default', 'cycle_terms'].map((name) => `points_clearing_${name}`),
];

/** What people said, when, and ids that chance gave: nothing says how these have to be. */
const said: Readonly<Record<string, readonly string[]>> = {
  points_clearing_statement: ['confirmed_ms'],
  points_clearing_side: ['state', 'reason', 'note'],
  points_clearing_correction: ['id', 'decided_ms', 'amount_minor'],
  points_clearing_payment: ['id', 'reference', 'paid_on', 'settled_ms'],
  points_clearing_default: ['reason', 'declared_ms', 'currency'],
  points_clearing_cycle_terms: ['payment_days', 'fee_numerator', 'fee_denominator'],
};

const otherState: Readonly<Record<string, string>> = {
  ...{ DUE: 'SETTLED', SETTLED: 'DUE', DEFAULTED: 'DUE' },
  ...{ ISSUED: 'CONFIRMED', DISPUTED: 'CONFIRMED', CONFIRMED: 'ISSUED' },
  ...{ BURNS: 'CORRECTION', CORRECTION: 'BURNS' },
};

/** Another value that the column admits. */
function editOf(column: string, value: unknown): unknown {
  // No cycle ends before it begins.
  if (typeof value === 'number') return column === 'first_seq' ? value - 1 : value + 1000;
  if (value === null) return /_ms$|_on$/.test(column) ? 20_261_201 : 'CNY';
  if (column === 'currency') return 'ZZZ';
  return otherState[String(value)] ?? `${value}x`;
}

function whereOf(row: Row) {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  const sql = known.map(([column]) => `${column} = ?`).join(' AND ');
  return { sql, parameters: known.map(([, value]) => value) };
}

/** Sets one column of the row that is `row` now. */
async function rewrite(books: OpenClearing, table: string, row: Row, changed: Row) {
  const { sql, parameters } = whereOf(row);
  const [[column, value] = ['', null]] = Object.entries(changed);
  await books.tamper(`UPDATE ${table} SET ${column} = ? WHERE ${sql}`, [value, ...parameters]);
}

const insert = (books: OpenClearing, table: string, row: Row) =>
  books.database.transaction((manager) =>
    insertRows(manager, table, Object.keys(row), [Object.values(row)]),
  );

describe.each(engines)('on $name', { timeout: 600_000 }, (engine) => {
  test('D4: any value of clearing that follows from the journal is found out when it is changed', async () => {
    await using books = await openCleared(engine);
    expect(await books.problems()).toEqual([]);
    const unnoticed: string[] = [];
    let edits = 0;
    for (const table of tables) {
      const rows: Row[] = await books.tamper(`SELECT * FROM ${table}`);
      expect([table, rows.length]).not.toEqual([table, 0]);
      // The first, and the last: of another cycle, or with other words.
      const some = isThorough ? rows : [...new Set([rows[0] ?? {}, rows.at(-1) ?? {}])];
      for (const row of some) {
        for (const [column, value] of Object.entries(row)) {
          if (value !== null && said[table]?.includes(column)) continue;
          const edited = editOf(column, value);
          await rewrite(books, table, row, { [column]: edited });
          edits += 1;
          if ((await books.problems()).length === 0) unnoticed.push(`${table}.${column} ${value}`);
          await rewrite(books, table, { ...row, [column]: edited }, { [column]: value });
        }
      }
    }

    expect(unnoticed).toEqual([]);
    expect(edits).toBeGreaterThan(120);
    expect(await books.problems()).toEqual([]);
  });

  test('D4: any row of clearing that is removed is found out', async () => {
    await using books = await openCleared(engine);
    const unnoticed: string[] = [];
    for (const table of tables) {
      const [row]: Row[] = await books.tamper(`SELECT * FROM ${table} LIMIT 1`);
      const { sql, parameters } = whereOf(row ?? {});
      await books.tamper(`DELETE FROM ${table} WHERE ${sql}`, parameters);
      if ((await books.problems()).length === 0) unnoticed.push(table);
      await insert(books, table, row ?? {});
    }

    expect(unnoticed).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test('what people said has to fit together', async () => {
    await using books = await openCleared(engine);
    const [{ id: second }] = await books.tamper(
      'SELECT id FROM points_clearing_cycle ORDER BY number DESC',
    );
    const unnoticed: string[] = [];
    for (const [table, change, problem] of [
      ['side', "SET state = 'OPEN' WHERE state = 'DISPUTED'", 'does not fit'],
      ['side', "SET state = 'CORRECTED' WHERE state = 'UPHELD'", 'does not fit'],
      ['side', "SET state = 'UPHELD' WHERE state = 'OPEN'", 'does not fit'],
      ['side', "SET note = 'no' WHERE state = 'CORRECTED'", 'does not fit'],
      ['payment', "SET state = 'SETTLED' WHERE state = 'DUE'", 'does not fit'],
      ['payment', "SET paid_on = 20260101 WHERE state = 'SETTLED'", 'does not fit'],
      ['default', 'SET guaranteed_minor = 10000', 'guarantees what was not'],
      ['correction', 'SET amount_minor = 5 WHERE cycle_id IS NOT NULL', 'amount_minor'],
      ['cycle_terms', 'SET payment_days = 5', 'due_on'],
      ['cycle_terms', 'SET fee_numerator = 7', 'fee_minor'],
      ['cycle_terms', `SET cycle_id = 'none' WHERE cycle_id = '${second}'`, 'is missing'],
      ['notice', 'SET expires_on = 20261215 WHERE days = 7', 'ahead of the books'],
      ['notice', 'SET expires_on = 20261131 WHERE days = 7', 'no place'],
    ] as const) {
      const name = table === 'notice' ? 'points_notice' : `points_clearing_${table}`;
      const rows: Row[] = await books.tamper(`SELECT * FROM ${name}`);
      await books.tamper(`UPDATE ${name} ${change}`);
      const problems = await books.problems();
      if (!problems.some((one) => one.includes(problem))) unnoticed.push(`${table} ${change}`);
      await books.tamper(`DELETE FROM ${name}`);
      for (const row of rows) await insert(books, name, row);
    }

    expect(unnoticed).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test('a cycle from before terms were written down with it verifies, without fees and days', async () => {
    await using books = await openCleared(engine);
    await books.tamper('DELETE FROM points_clearing_cycle_terms');
    expect(await books.problems()).toEqual([]);
    await books.tamper('UPDATE points_clearing_payment SET amount_minor = amount_minor + 1');

    expect(await books.problems()).not.toEqual([]);
  });
});

test('who pays whom is the same by both ways to reckon it, and so is who bears a default', () => {
  const ids = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
  const claim = fc.tuple(ids, ids, fc.integer({ min: -50, max: 300 }));
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 30 }), (claims) => {
      const owed = (merchantId: string, side: 0 | 1) =>
        claims.reduce((all, one) => (one[side] === merchantId ? all + one[2] : all), 0);
      const positions = ['A', 'B', 'C', 'D', 'E', 'F'].map((merchantId) => ({
        ...{ merchantId, currency: 'CNY', receivable: owed(merchantId, 1) },
        payable: owed(merchantId, 0),
      }));
      const nets = positions.map(({ merchantId, receivable, payable }) => ({
        ...{ merchantId, amount: receivable - payable },
      }));

      expect(
        duePayments(nets).map(({ amount, ...one }) => ({ ...one, amountMinor: amount })),
      ).toEqual(paymentsOf(positions).map(({ currency: _, ...payment }) => payment));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000 })), fc.nat(30_000), (amounts, left) => {
      const parts = borneBy(left, amounts).map(({ guaranteedMinor }) => guaranteedMinor);
      const covered = parts.reduce((all, part) => all + part, 0);

      expect(coveredParts(covered, amounts)).toEqual(parts);
    }),
  );
});
