import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JournalCheck } from '../../subgraphs/points-ledger/domain/journal-check.ts';
import {
  GENESIS_HASH,
  headerBytes,
  type PlacedEntry,
  sealBlock,
} from '../../subgraphs/points-ledger/domain/seal.ts';
import { sha256 } from '../../subgraphs/points-ledger/ledger/sha256.ts';
import { blocksFile } from '../../subgraphs/points-ledger/proof/export-journal.ts';
import {
  checkpointText,
  isSignedBy,
  signerOf,
  signNote,
  verifierOf,
} from '../../subgraphs/points-ledger/proof/note.ts';
import { exportedBlocks, findExport } from '../../subgraphs/points-ledger/proof/read-export.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { engines } from '../support/engines.ts';
import { accrue, openBooks } from './books-world.ts';

const signer = signerOf('s'.repeat(32), 'test.example/points');
const head = { origin: signer.name, size: 1, root: 'ab'.repeat(32) };

test('a verifier key with a slip is none', () => {
  const slip = signer.verifierKey.replace(/\+[0-9a-f]{8}\+/, '+00000000+');

  expect(() => verifierOf(slip)).toThrow('has a slip');
});

test('a note that is signed under another name is not believed', () => {
  const verifier = verifierOf(signer.verifierKey);
  const note = signNote(checkpointText(head), signer);

  expect(isSignedBy(verifier, note)).toBe(true);
  expect(isSignedBy(verifier, note.replace(`— ${signer.name} `, '— other.example/points '))).toBe(
    false,
  );
});

test('a note with a good and a broken signature of one name is not believed', () => {
  const verifier = verifierOf(signer.verifierKey);
  const note = signNote(checkpointText(head), signer);
  const other = signNote(checkpointText({ ...head, size: 2 }), signer);
  const line = other.slice(other.lastIndexOf('— '));

  expect(isSignedBy(verifier, note + line)).toBe(false);
});

test('a block over an entry that has the number of another one is found out', () => {
  const entry: PlacedEntry = {
    ...{ id: 'e1', kind: 'FREEZE', walletId: 'ann', walletVersion: 1, counterWalletId: null },
    ...{
      counterVersion: null,
      actorId: null,
      unit: '',
      points: 0,
      causeKind: 'CASE',
      causeId: 'c',
    },
    ...{ ruleVersion: null, reversesId: null, holdId: null, acceptorId: null },
    ...{ holdExpiresMs: null, postings: [], reversals: [], seq: 2, recordedMs: 1 },
    detail: { caseId: 'c', evidenceHash: 'e' },
  };
  const check = new JournalCheck(sha256);
  const start = { height: 0, hash: GENESIS_HASH, nextSeq: 1 };
  const block = sealBlock(sha256, start, { entries: [entry], answers: [], recordedMs: 1 });
  check.add({ stated: block, answersHash: block.answersHash, root: block.root, entries: [entry] });

  expect(check.problems).toContain('entry 2: is not at its place in block 1');
});

test('a journal that was made again with other entries is not the one that was signed', async () => {
  const [engine] = engines;
  if (engine === undefined) throw new Error('SQLite is always there');
  await using books = await openBooks(engine);
  await books.postOne(accrue());
  await books.postOne(accrue());
  const notes = [signNote(checkpointText(head), signer)];

  expect(await verifyBooks(books.database.reader, { notes })).toEqual([
    'the blocks up to 1 are not those that were signed',
  ]);
});

test('an answer that has the place of none in its block is found out', async () => {
  const [engine] = engines;
  if (engine === undefined) throw new Error('SQLite is always there');
  await using books = await openBooks(engine);
  await books.post([accrue(), accrue()]);
  await books.tamper('UPDATE points_command SET ordinal = 7 WHERE ordinal = 1');

  expect(await books.problems()).toEqual(['1 answers that are out of order are in no block']);
});

test('blocks whose time goes back are found out', () => {
  const check = new JournalCheck(sha256);
  let last = { height: 0, hash: GENESIS_HASH, nextSeq: 1 };
  for (const recordedMs of [2_000, 1_999]) {
    const block = sealBlock(sha256, last, { entries: [], answers: [], recordedMs });
    check.add({ stated: block, answersHash: block.answersHash, root: block.root, entries: [] });
    last = { ...last, height: block.height, hash: block.hash };
  }

  expect(check.problems).toEqual(['block 2: is not later than the one before']);
});

test('an export that was not finished is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-export-'));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, blocksFile(1)), '');

    await expect(findExport([folder])).rejects.toThrow('was not finished');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file of an export that ends in the middle of a block is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-export-'));
  try {
    const start = { height: 0, hash: GENESIS_HASH, nextSeq: 1 };
    const block = sealBlock(sha256, start, { entries: [], answers: [], recordedMs: 1 });
    const file = join(folder, blocksFile(1));
    writeFileSync(file, `${Buffer.from(headerBytes(block)).toString()}\n`);

    await expect(Array.fromAsync(exportedBlocks([file]))).rejects.toThrow('middle of a block');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
