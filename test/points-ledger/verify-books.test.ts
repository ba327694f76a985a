import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leafHash, merkleRoot } from '../../subgraphs/points-ledger/domain/merkle.ts';
import { type Engine, engines } from '../support/engines.ts';
import { accrue, burn, hold, openBooks, refund, resolve, reverse } from './books-world.ts';
import { deduct, freeze, lift, postOwn } from './cases-world.ts';

/** Books with an entry of each kind, an open hold, a debt, a claim, breakage and a refusal. */
async function openFullBooks(engine: Engine) {
  const books = await openBooks(engine);
  await books.post([
    accrue({ causeId: 'p1', expiresOn: '2027-01-01' }),
    burn({ points: 90 }),
    reverse({ reversesId: 'p1', points: 60 }),
    burn({ points: 1 }),
  ]);
  await books.post([
    accrue({ walletId: 'bob', issuerId: 'J', causeId: 'p2', points: 250 }),
    hold({ walletId: 'bob', holdId: 'h1', points: 30, holdMinutes: 24 * 60 }),
    hold({ walletId: 'bob', holdId: 'h2', points: 30 }),
    resolve('CAPTURE', { walletId: 'bob', holdId: 'h2' }),
    hold({ walletId: 'bob', holdId: 'h3', points: 30 }),
    resolve('RELEASE', { walletId: 'bob', holdId: 'h3' }),
    accrue({ issuerId: 'J', causeId: 'p3', points: 20 }),
    accrue({ walletId: 'eve', causeId: 'p4', expiresOn: '2026-11-23' }),
    accrue({ walletId: 'dan', causeId: 'p5', causeLine: '1', vestsOn: '2026-12-24' }),
    accrue({ walletId: 'dan', causeId: 'p6' }),
    burn({ walletId: 'dan', points: 40, causeId: 'r1' }),
    refund({ walletId: 'dan', points: 30, refundsId: 'r1' }),
  ]);
  const { entryId: accrualId } = await books.postOne(accrue({ walletId: 'fay', causeId: 'p7' }));
  await postOwn(books, [
    freeze({ walletId: 'fay', caseId: 'c1' }),
    freeze({ walletId: 'fay', caseId: 'c2' }),
    deduct({
      walletId: 'fay',
      caseId: 'c1',
      parts: [{ accrualId: String(accrualId), points: 30 }],
    }),
  ]);
  books.clock.set('2026-11-22T16:00:00Z');
  await postOwn(books, [lift({ walletId: 'fay', caseId: 'c1', outcome: 'PROVEN' })]);
  await books.settle();
  await books.postOne(reverse({ walletId: 'eve', reversesId: 'p4', points: 30 }));
  return books;
}

/** Columns that nothing depends on yet, or that only say in which order rows are read. */
const idle = new Set([
  'points_journal_entry.shard',
  'points_posting.shard',
  'points_block.shard',
  'points_chain_head.shard',
  'points_command.ordinal',
  'points_hold_lot.line',
  'points_reversal.line',
  'points_chain_head.last_ms',
]);

/** A row of each table, and of the books one of each sort. */
const rows = [
  ['points_journal_entry', "kind = 'ACCRUE'"],
  ['points_journal_entry', "kind = 'HOLD'"],
  ['points_journal_entry', "kind = 'REVERSE'"],
  ['points_journal_entry', "kind = 'EXPIRE'"],
  ['points_journal_entry', "kind = 'REFUND'"],
  ['points_journal_entry', 'detail IS NOT NULL'],
  ['points_posting', "account = 'OUTSTANDING'"],
  ['points_posting', "account = 'AVAILABLE'"],
  ['points_posting', "account = 'DEBT'"],
  ['points_posting', "account = 'BREAKAGE' AND amount < 0"],
  ['points_posting', "account = 'PENDING'"],
  ['points_posting', 'claim_minor IS NOT NULL'],
  ['points_posting', 'claim_minor < 0'],
  ['points_reversal', '1 = 1'],
  ['points_command', '1 = 1'],
  ['points_block', '1 = 1'],
  ['points_chain_head', '1 = 1'],
  ['points_wallet', '1 = 1'],
  ['points_wallet_unit', '1 = 1'],
  ['points_lot', '1 = 1'],
  ['points_debt', '1 = 1'],
  ['points_expired', '1 = 1'],
  ['points_hold', "state = 'PLACED'"],
  ['points_hold', "state = 'CAPTURED'"],
  ['points_hold_lot', "hold_id = 'h1'"],
  ['points_accrual', 'reversed > 0'],
  ['points_accrual', 'pending > 0'],
  ['points_burn', 'refunded = 0'],
  ['points_burn', 'refunded > 0'],
  ['points_journal_entry', "kind = 'FREEZE'"],
  ['points_journal_entry', "kind = 'LIFT'"],
  ['points_journal_entry', "kind = 'DEDUCT'"],
  ['points_freeze', 'lifted_on IS NULL'],
  ['points_freeze', 'lifted_on IS NOT NULL'],
] as const;

describe.each(engines)('on $name', (engine) => {
  test('books that nobody touched verify', async () => {
    await using books = await openFullBooks(engine);

    expect(await books.problems()).toEqual([]);
  });

  test('empty books verify', async () => {
    await using books = await openBooks(engine);

    expect(await books.problems()).toEqual([]);
  });

  test('any single value that is changed is found out', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    let edits = 0;
    for (const [table, which] of rows) {
      const [row] = await books.tamper(`SELECT * FROM ${table} WHERE ${which} LIMIT 1`);
      expect([table, row]).not.toEqual([table, undefined]);
      for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
        if (idle.has(`${table}.${column}`)) continue;
        const where = Object.entries(row as Record<string, unknown>)
          .filter(([, was]) => was !== null)
          .map(([name]) => name);
        const edited = editOf(column, value);
        await books.tamper(
          `UPDATE ${table} SET ${column} = ? WHERE ${where.map((name) => `${name} = ?`).join(' AND ')}`,
          [edited, ...where.map((name) => row[name])],
        );
        edits += 1;
        if ((await books.problems()).length === 0) unnoticed.push(`${table}.${column}`);
        const after = { ...row, [column]: edited };
        const back = Object.entries(after).filter(([, is]) => is !== null);
        await books.tamper(
          `UPDATE ${table} SET ${column} = ?
           WHERE ${back.map(([name]) => `${name} = ?`).join(' AND ')}`,
          [value, ...back.map(([, is]) => is)],
        );
      }
    }

    expect(unnoticed).toEqual([]);
    expect(edits).toBeGreaterThan(180);
    expect(await books.problems()).toEqual([]);
  });

  test('an entry that is removed, or added behind the back of the chain, is found out', async () => {
    await using books = await openFullBooks(engine);
    await books.tamper('DELETE FROM points_posting WHERE seq = 2 AND line = 1');
    expect(await books.problems()).toContainEqual(expect.stringContaining('entry 2'));

    await books.tamper('DELETE FROM points_journal_entry WHERE seq = 2');
    expect(await books.problems()).toContainEqual(expect.stringContaining('block 1: entries'));
  });

  test('a block that is cut off the end of the chain is found out', async () => {
    await using books = await openFullBooks(engine);
    const [{ height }] = await books.tamper('SELECT MAX(height) AS height FROM points_block');
    await books.tamper('DELETE FROM points_block WHERE height = ?', [height]);

    expect(await books.problems()).toEqual(
      expect.arrayContaining([
        `the head is at block ${height}, the chain ends at ${Number(height) - 1}`,
        expect.stringMatching(/\d+ entries are in no block/),
        expect.stringMatching(/\d+ answers are in no block/),
      ]),
    );
  });
});

test('the root over leaves is that of RFC 6962', () => {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  // The test vectors of the Certificate Transparency reference implementation.
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'].map((leaf) =>
    leafHash(hash, Buffer.from(leaf, 'hex')),
  );

  expect(hex(merkleRoot(hash, []))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(hex(merkleRoot(hash, leaves.slice(0, 1)))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  expect(hex(merkleRoot(hash, leaves.slice(0, 2)))).toBe(
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  );
  expect(hex(merkleRoot(hash, leaves.slice(0, 3)))).toBe(
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  );
  expect(hex(merkleRoot(hash, leaves.slice(0, 7)))).toBe(
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  );
});

/** Another value that the column admits. */
function editOf(column: string, value: unknown): unknown {
  if (column === 'lifted_as') return value === 'PROVEN' ? 'UNFOUNDED' : 'PROVEN';
  if (column === 'state') return value === 'PLACED' ? 'RELEASED' : 'PLACED';
  if (/^(reversed|pending|refunded)$/.test(column)) return value === 0 ? 1 : Number(value) - 1;
  if (typeof value === 'number') return value + 1000;
  if (value === null) return /minor|after|ver|_ms|vests_on|lifted_on/.test(column) ? 7 : 'CNY';
  const text = String(value);
  if (column === 'claim_currency') return 'ZZZ';
  return text.length < 60 ? `${text}x` : text.replace(/^./, (sign) => (sign === 'f' ? 'e' : 'f'));
}
