import { describe, expect, test } from 'vitest';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { type Engine, engines } from '../support/engines.ts';
import {
  accrue,
  burn,
  hold,
  type OpenBooks,
  openBooks,
  refund,
  resolve,
  reverse,
} from './books-world.ts';
import { interposed, type Statement } from './interposed.ts';
import { mergeRequest } from './merges-world.ts';
import { requestOf } from './requests.ts';

/** So many that a database reads a few of them by an index, and not all. */
const WALLETS = 1_000;

/** Every kind of command on one wallet; each finds what it needs by the ones before it. */
const kinds: readonly (readonly [kind: string, make: (walletId: string) => Request])[] = [
  ['accrue', (id) => requestOf(accrue({ walletId: id, causeId: `p ${id}`, points: 60 }))],
  ['burn', (id) => requestOf(burn({ walletId: id, points: 20 }))],
  ['hold', (id) => requestOf(hold({ walletId: id, points: 10, holdId: `c ${id}` }))],
  ['hold again', (id) => requestOf(hold({ walletId: id, points: 10, holdId: `r ${id}` }))],
  ['capture', (id) => requestOf(resolve('CAPTURE', { walletId: id, holdId: `c ${id}` }))],
  ['release', (id) => requestOf(resolve('RELEASE', { walletId: id, holdId: `r ${id}` }))],
  // More than what is left: debt. Then an accrual that pays it.
  ['reverse', (id) => requestOf(reverse({ walletId: id, points: 60, reversesId: `p ${id}` }))],
  ['pay debt', (id) => requestOf(accrue({ walletId: id, points: 40 }))],
  ['redeem', (id) => requestOf(burn({ walletId: id, points: 5, causeId: `b ${id}` }))],
  ['refund', (id) => requestOf(refund({ walletId: id, points: 5, refundsId: `b ${id}` }))],
  ['pending', (id) => requestOf(accrue({ walletId: id, points: 10, vestsOn: '2026-11-23' }))],
  ['brief', (id) => requestOf(accrue({ walletId: id, points: 10, expiresOn: '2026-11-23' }))],
  ['second', (id) => requestOf(accrue({ walletId: `second ${id}`, vestsOn: '2026-11-24' }))],
  ['merge', (id) => mergeRequest(`second ${id}`, id)],
  ['forwarded', (id) => requestOf(accrue({ walletId: `second ${id}`, causeId: `s ${id}` }))],
  [
    'forwarded return',
    (id) => requestOf(reverse({ walletId: `second ${id}`, reversesId: `s ${id}`, points: 50 })),
  ],
  ['refusal', (id) => requestOf(burn({ walletId: id, points: 9_000_000 }))],
  ['expire', (id) => expiry(id)],
];

const expiry = (walletId: string): Request => ({
  scope: 'service:points-ledger',
  key: `expire ${walletId}`,
  requestHash: walletId,
  command: {
    ...{ kind: 'EXPIRE', walletId, unit: 'ALLIANCE', day: 20261123 },
    ...{ causeKind: 'EXPIRY', causeId: '2026-11-23', ruleVersion: null },
  },
});

/** Members in batches of several sizes, no member in two. */
function batches(from: number, sizes = [1, 2, 20]): string[][] {
  let next = from;
  return sizes.map((size) => {
    const start = next;
    next += size;
    return Array.from({ length: size }, (_, index) => `member-${start + index}`);
  });
}

/** The statements of one batch of a kind. */
async function statementsOf(books: OpenBooks, requests: readonly Request[]): Promise<Statement[]> {
  const statements: Statement[] = [];
  const outcomes = await interposed(
    (statement) => {
      statements.push(statement);
      return statement.send();
    },
    () => createLedger(books.frame).post(requests),
  );
  expect(outcomes.map(({ status }) => status)).not.toContain('FAILED');
  return statements;
}

async function openManyWallets(engine: Engine) {
  const books = await openBooks(engine);
  const ids = Array.from({ length: WALLETS }, (_, index) => `member-${index}`);
  await books.post(ids.map((walletId) => accrue({ walletId })));
  await books.post(ids.map((walletId) => burn({ walletId, points: 1 })));
  await books.post(
    ids.slice(0, WALLETS / 5).map((walletId) => hold({ walletId, holdId: walletId, points: 1 })),
  );
  // Of a table that is almost empty a database reads all.
  await books.tamper('INSERT INTO points_expired SELECT * FROM points_lot');
  const tables = [
    ...['wallet', 'wallet_unit', 'lot', 'debt', 'expired', 'hold', 'hold_lot', 'accrual', 'burn'],
    ...['command', 'journal_entry', 'posting', 'reversal', 'block', 'chain_head'],
  ].map((name) => `points_${name}`);
  // Nobody gives SQLite figures of its tables: it plans as it does in use, without.
  if (engine.name === 'MariaDB') await books.tamper(`ANALYZE TABLE ${tables.join(', ')}`);
  return books;
}

/** What of a plan reads a table or an index from end to end. */
const scans: Readonly<
  Record<Engine['name'], (plan: Record<string, unknown>, sql: string) => boolean>
> = {
  SQLite: ({ detail }, sql) =>
    /^SCAN (?!CONSTANT ROW|\d+ CONSTANT ROWS|\d+-ROW VALUES)/.test(String(detail)) ||
    // Nearly all wallets are not merged: who looks for NULL in that index reads them all.
    (/INDEX points_wallet_merged/.test(String(detail)) && !sql.includes('merged_into IN')),
  MariaDB: ({ type, table }) => table !== null && (type === 'ALL' || type === 'index'),
};

async function scannedBy(
  { database }: OpenBooks,
  { name }: Engine,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<boolean> {
  const explain = name === 'SQLite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const plan = await database.reader.query<Record<string, unknown>[]>(`${explain} ${sql}`, [
    ...parameters,
  ]);
  return plan.some((row) => scans[name](row, sql));
}

describe.each(engines)('on $name', (engine) => {
  test('D5: no statement of a batch reads a table from end to end', async () => {
    await using books = await openManyWallets(engine);
    const scanned: string[] = [];
    const seen = new Set<string>();
    for (const [kind, make] of kinds) {
      if (kind === 'expire') books.clock.set('2026-11-23T02:00:00Z');
      for (const ids of batches(300)) {
        for (const { sql, parameters } of await statementsOf(books, ids.map(make))) {
          if (!/^(SELECT|UPDATE|DELETE)/.test(sql)) continue;
          seen.add(sql);
          if (await scannedBy(books, engine, sql, parameters)) scanned.push(`${kind}: ${sql}`);
        }
      }
    }

    expect(scanned).toEqual([]);
    expect(seen.size).toBeGreaterThan(25);
  });

  test('D5: neither does what workers and pages ask', async () => {
    await using books = await openManyWallets(engine);
    const questions = [
      'SELECT MIN(expires_on) FROM points_lot WHERE expires_on >= 0 AND expires_on <= 20261122',
      `SELECT DISTINCT wallet_id FROM points_lot WHERE expires_on = 99991231 AND wallet_id > 'm2'
       ORDER BY wallet_id LIMIT 500`,
      `SELECT DISTINCT wallet_id, unit FROM points_lot WHERE wallet_id IN ('member-1')
       AND expires_on <= 20261122`,
      "SELECT id FROM points_journal_entry WHERE cause_id IN ('p1')",
      'SELECT amount FROM points_posting WHERE seq IN (1, 2)',
      `SELECT id FROM points_hold WHERE state = 'PLACED' AND expires_ms <= 1
       ORDER BY expires_ms LIMIT 500`,
    ];
    const scanned: string[] = [];
    for (const sql of questions) {
      if (await scannedBy(books, engine, sql)) scanned.push(sql);
    }

    expect(scanned).toEqual([]);
  });

  test('D6: a batch costs the same statements for one command and for 200', async () => {
    await using books = await openBooks(engine);
    const costs: [string, number[]][] = [];
    for (const [kind, make] of kinds) {
      if (kind === 'expire') books.clock.set('2026-11-23T02:00:00Z');
      const counts: number[] = [];
      for (const ids of batches(0, [1, 200])) {
        counts.push((await statementsOf(books, ids.map(make))).length);
      }
      costs.push([kind, counts]);
    }

    for (const [kind, [one = 0, many]] of costs) {
      expect([kind, many]).toEqual([kind, one]);
      // What is addressed to a merged account finds that out first, and begins anew.
      expect(one).toBeLessThanOrEqual(kind.startsWith('forwarded') ? 28 : 26);
    }
    expect(await books.problems()).toEqual([]);
  });
});
