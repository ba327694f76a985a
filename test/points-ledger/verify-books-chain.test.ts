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
import { engines } from '../support/engines.ts';
import type { OpenBooks } from './books-world.ts';
import { openFullBooks, whereOf } from './full-books.ts';

describe.each(engines)('on $name', (engine) => {
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
