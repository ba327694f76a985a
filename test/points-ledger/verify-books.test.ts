import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { insertRows } from '../../shared/database/rows.ts';
import { JournalCheck } from '../../subgraphs/points-ledger/domain/journal-check.ts';
import { leafHash, merkleRoot } from '../../subgraphs/points-ledger/domain/merkle.ts';
import { answersBytes, entryLeaf } from '../../subgraphs/points-ledger/domain/seal.ts';
import { stateTables } from '../../subgraphs/points-ledger/domain/state-rows.ts';
import { sha256 } from '../../subgraphs/points-ledger/ledger/sha256.ts';
import { journalBlocks } from '../../subgraphs/points-ledger/proof/read-blocks.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { type Engine, engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
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
import { deduct, freeze, lift, postOwn } from './cases-world.ts';
import { programmesOf } from './convert-world.ts';
import { mergeNow } from './merges-world.ts';
import { contribute, transfer, withdraw } from './sharing-world.ts';
import { openSigned, verifier } from './signed-books.ts';

/** Every row, and not one of each sort: `npm run test:tamper`. */
const isThorough = process.env.TEST_TAMPER === 'all';

/** Books with an entry of each kind, an open hold, a debt, a claim, breakage and a refusal. */
async function openFullBooks(engine: Engine) {
  const books = await openSigned(engine);
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
  const { entryId: accrualId } = await books.postOne(accrue({ walletId: 'gil', causeId: 'p7' }));
  await postOwn(books, [
    freeze({ walletId: 'gil', caseId: 'c1' }),
    freeze({ walletId: 'gil', caseId: 'c2' }),
    deduct({
      walletId: 'gil',
      caseId: 'c1',
      parts: [{ accrualId: String(accrualId), points: 30 }],
    }),
  ]);
  await share(books);
  const programmes = programmesOf(books);
  await programmes.setRate({ numerator: 1, denominator: 3 });
  await books.postOne(accrue({ walletId: 'fay' }));
  await programmes.convert({ memberId: 'fay', points: 50 });
  await programmes.setCover({ points: 1000 });
  await mergeTwo(books);
  books.clock.set('2026-11-22T16:00:00Z');
  await postOwn(books, [lift({ walletId: 'gil', caseId: 'c1', outcome: 'PROVEN' })]);
  await books.settle();
  await books.postOne(reverse({ walletId: 'eve', reversesId: 'p4', points: 30 }));
  await books.make();
  return Object.assign(books, {
    problems: () => verifyBooks(books.database.reader, { verifier, clock: books.clock }),
  });
}

/** Ian's account becomes hal's, with all that an account may have, and gets something afterwards. */
async function mergeTwo(books: OpenBooks): Promise<void> {
  await books.post([
    accrue({ walletId: 'hal', causeId: 'p8', points: 40 }),
    accrue({ walletId: 'ian', causeId: 'p9', unit: 'MILES' }),
    burn({ walletId: 'ian', unit: 'MILES' }),
    accrue({ walletId: 'ian', causeId: 'p10', vestsOn: '2027-01-01' }),
    reverse({ walletId: 'ian', unit: 'MILES', reversesId: 'p9', points: 60 }),
  ]);
  await mergeNow(books, 'ian', 'hal');
  await books.postOne(accrue({ walletId: 'ian', causeId: 'p12', points: 3 }));
}

/** Bob and Dan have a pool, and give each other points. */
async function share(books: Awaited<ReturnType<typeof openSigned>>): Promise<void> {
  await books.data(
    `mutation ($input: SetPointsProgrammeInput!) { setPointsProgramme(input: $input) { __typename } }`,
    {
      input: {
        ...{ idempotencyKey: freshKey(), issuerId: 'J', unit: 'ALLIANCE', transfer: 'FAMILY' },
      },
    },
  );
  for (const memberId of ['bob', 'dan']) {
    await books.happens('members', 'family.joined', { familyId: 'f1', memberId });
  }
  const pool = { walletId: 'pool:f1', actorId: 'dan' };
  await books.post([
    transfer({ walletId: 'bob', counterWalletId: 'dan', points: 50 }),
    contribute({ walletId: 'bob', points: 60 }),
    burn({ ...pool, points: 10 }),
    hold({ ...pool, holdId: 'h4', points: 10, holdMinutes: 24 * 60 }),
    withdraw({ counterWalletId: 'bob', points: 20 }),
  ]);
}

/** What does not follow from the journal, so nothing in the journal says how it has to be. */
const apart = [
  // What of it follows is changed in `verify-clearing.test.ts`.
  /^points_notice$/,
  /^points_clearing_/,
  // Registers: whom points may go to, and who may spend them.
  /^points_(programme|transferee|family_member|spending_cap)$/,
  /^points_rate/,
  /^points_cover_/,
  /^points_import/,
  /^points_case/,
  /^points_adjustment/,
  /^points_merge$/,
];

/** A row of each table, and of the books one of each sort. */
const rows = [
  ['points_journal_entry', "kind = 'ACCRUE'"],
  ['points_journal_entry', "kind = 'HOLD'"],
  ['points_journal_entry', "kind = 'REVERSE'"],
  ['points_journal_entry', "kind = 'EXPIRE'"],
  ['points_journal_entry', "kind = 'REFUND'"],
  ['points_journal_entry', 'detail IS NOT NULL'],
  ['points_journal_entry', "kind = 'TRANSFER'"],
  ['points_journal_entry', "kind = 'CONTRIBUTE'"],
  ['points_journal_entry', "kind = 'WITHDRAW'"],
  ['points_journal_entry', 'actor_id IS NOT NULL'],
  ['points_posting', "contributor <> ''"],
  ['points_journal_entry', "kind = 'ACCRUE' AND detail IS NOT NULL"],
  ['points_journal_entry', "kind = 'CONVERT'"],
  ['points_journal_entry', "kind = 'MERGE'"],
  ['points_journal_entry', "detail LIKE '%addressedTo%'"],
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
  ['points_wallet', 'merged_into IS NOT NULL'],
  ['points_wallet_unit', '1 = 1'],
  ['points_lot', '1 = 1'],
  ['points_debt', '1 = 1'],
  ['points_expired', '1 = 1'],
  ['points_hold', "state = 'PLACED'"],
  ['points_hold', "state = 'CAPTURED'"],
  ['points_hold', 'actor_id IS NOT NULL'],
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
  ['points_checkpoint', '1 = 1'],
  ['points_cover', '1 = 1'],
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

  test('D4: any single value that is changed is found out, in every column of every table', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    let edits = 0;
    for (const [table, which] of rows) {
      const found: Row[] = await books.tamper(
        `SELECT * FROM ${table} WHERE ${which} ${isThorough ? '' : 'LIMIT 1'}`,
      );
      expect([table, which, found.length]).not.toEqual([table, which, 0]);
      for (const row of found) {
        for (const [column, value] of Object.entries(row)) {
          const edited = editOf(column, value);
          await rewrite(books, table, row, column, edited);
          edits += 1;
          if ((await books.problems()).length === 0) unnoticed.push(`${table}.${column}`);
          await rewrite(books, table, { ...row, [column]: edited }, column, value);
        }
      }
    }

    expect(unnoticed).toEqual([]);
    expect(edits).toBeGreaterThan(300);
    expect(await books.problems()).toEqual([]);
  }, 600_000);

  test('D4: a price that is none is found out where points were exchanged', async () => {
    await using books = await openFullBooks(engine);
    const [{ seq }] = await books.tamper(
      "SELECT seq FROM points_journal_entry WHERE kind = 'CONVERT'",
    );
    await books.tamper("UPDATE points_posting SET price_class = 'free' WHERE seq = ?", [seq]);

    expect(await books.problems()).toContainEqual(
      expect.stringContaining(`entry ${seq}: cannot be followed`),
    );
  });

  test('D4: every table of the books is among those that are changed', async () => {
    await using books = await openBooks(engine);
    const tables = (
      await books.tamper(
        engine.name === 'SQLite'
          ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'points%'"
          : "SHOW TABLES LIKE 'points%'",
      )
    ).map((row: Row) => String(Object.values(row)[0]));
    const changed: readonly string[] = [...rows.map(([table]) => table), 'points_block_tree'];

    expect(
      tables.filter(
        (name: string) => !changed.includes(name) && !apart.some((one) => one.test(name)),
      ),
    ).toEqual([]);
  });

  test('D4: any row that is removed is found out', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    for (const [table, which] of rows) {
      // Who asks for it can see that it is gone, and it is made again.
      if (table === 'points_checkpoint') continue;
      const [row] = await books.tamper(`SELECT * FROM ${table} WHERE ${which} LIMIT 1`);
      const { sql, parameters } = whereOf(row);
      await books.tamper(`DELETE FROM ${table} WHERE ${sql}`, parameters);
      if ((await books.problems()).length === 0) unnoticed.push(table);
      await books.database.transaction((manager) =>
        insertRows(manager, table, Object.keys(row), [Object.values(row)]),
      );
    }

    expect(unnoticed).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test('D4: an end that was cut off with all that followed from it is found out by a checkpoint', async () => {
    await using books = await openFullBooks(engine);
    const [note = ''] = books.notes();
    const [head] = await books.tamper('SELECT * FROM points_block WHERE height = 1');
    const journal = ['points_journal_entry', 'points_posting'];
    for (const table of journal) {
      await books.tamper(`DELETE FROM ${table} WHERE seq > ?`, [head.last_seq]);
    }
    await books.tamper('DELETE FROM points_command WHERE block > 1');
    await books.tamper('DELETE FROM points_block WHERE height > 1');
    await books.tamper('DELETE FROM points_checkpoint');
    await books.tamper(
      'UPDATE points_chain_head SET height = 1, next_seq = ?, last_ms = ?, hash = ?',
      [head.last_seq + 1, head.recorded_ms, head.hash],
    );
    await books.tamper('UPDATE points_chain_head SET covers = 0');
    await books.tamper('DELETE FROM points_cover');
    await books.tamper('DELETE FROM points_cover_version');
    await restoreState(books);

    expect(await books.problems()).toEqual([]);
    expect(await verifyBooks(books.database.reader, { notes: [note], clock: books.clock })).toEqual(
      [expect.stringMatching(/^the journal ends at block 1, and \d+ blocks were signed/)],
    );
  });

  test('a part of the tree over the blocks that is not that of its blocks is found out', async () => {
    await using books = await openFullBooks(engine);
    await books.tamper("INSERT INTO points_block_tree (level, place, hash) VALUES (8, 0, 'ff')");

    expect(await books.problems()).toEqual(['the hash of subtree 8 0 is not that of its blocks']);
  });

  test('an entry that is removed, or added behind the back of the chain, is found out', async () => {
    await using books = await openFullBooks(engine);
    await books.tamper('DELETE FROM points_posting WHERE seq = 2 AND line = 1');
    expect(await books.problems()).toContainEqual(expect.stringContaining('entry 2'));

    await books.tamper('DELETE FROM points_journal_entry WHERE seq = 2');
    expect(await books.problems()).toContainEqual(expect.stringContaining('block 1: entries'));
  });

  test('rows that are added behind the back of the chain are found out', async () => {
    await using books = await openFullBooks(engine);
    const unnoticed: string[] = [];
    for (const [table, other] of [
      ['points_posting', { seq: 100_000 }],
      ['points_reversal', { entry_id: 'none' }],
      ['points_command', { command_key: 'another', block: 100_000, ordinal: 0 }],
      ['points_block', { height: 0 }],
      ['points_chain_head', { shard: 1, covers: 0 }],
      ['points_lot', { wallet_id: 'nobody' }],
    ] as const) {
      const [row] = await books.tamper(`SELECT * FROM ${table} LIMIT 1`);
      const added = { ...row, ...other };
      await books.database.transaction((manager) =>
        insertRows(manager, table, Object.keys(added), [Object.values(added)]),
      );
      if ((await books.problems()).length === 0) unnoticed.push(table);
      const { sql, parameters } = whereOf(added);
      await books.tamper(`DELETE FROM ${table} WHERE ${sql}`, parameters);
    }

    expect(unnoticed).toEqual([]);
    expect(await books.problems()).toEqual([]);
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

type Row = Record<string, unknown>;

function whereOf(row: Row) {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return {
    sql: known.map(([column]) => `${column} = ?`).join(' AND '),
    parameters: known.map(([, value]) => value),
  };
}

/** Sets one column of the row that is `row` now. */
async function rewrite(books: OpenBooks, table: string, row: Row, column: string, value: unknown) {
  const { sql, parameters } = whereOf(row);
  await books.tamper(`UPDATE ${table} SET ${column} = ? WHERE ${sql}`, [value, ...parameters]);
}

/** Makes the tables that say what there is now what the journal says, as a thorough forger would. */
async function restoreState(books: OpenBooks): Promise<void> {
  const check = new JournalCheck(sha256);
  for await (const { block, answers, entries } of journalBlocks(books.database.reader, 0)) {
    const leaves = entries.map((entry) => entryLeaf(sha256, entry));
    const root = Buffer.from(merkleRoot(sha256, leaves)).toString('hex');
    const answersHash = Buffer.from(sha256(answersBytes(answers))).toString('hex');
    check.add({ stated: block, answersHash, root, entries });
  }
  for (const { table, rows: due } of stateTables) {
    await books.tamper(`DELETE FROM ${table}`);
    for (const row of due(check.replay)) {
      await books.database.transaction((manager) =>
        insertRows(manager, table, Object.keys(row), [Object.values(row)]),
      );
    }
  }
  await books.tamper(
    'DELETE FROM points_reversal WHERE entry_id NOT IN (SELECT id FROM points_journal_entry)',
  );
}

/** Another value that the column admits. */
function editOf(column: string, value: unknown): unknown {
  if (column === 'lifted_as') return value === 'PROVEN' ? 'UNFOUNDED' : 'PROVEN';
  if (column === 'state') return value === 'PLACED' ? 'RELEASED' : 'PLACED';
  if (/^(reversed|pending|refunded)$/.test(column)) return value === 0 ? 1 : Number(value) - 1;
  if (typeof value === 'number') return value + 1000;
  if (value === null)
    return /minor|after|ver|_ms|vests_on|lifted_on|month/.test(column) ? 7 : 'CNY';
  const text = String(value);
  if (column === 'claim_currency') return 'ZZZ';
  return text.length < 60 ? `${text}x` : text.replace(/^./, (sign) => (sign === 'f' ? 'e' : 'f'));
}
