import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoundBlock } from '../../subgraphs/points-ledger/domain/journal-check.ts';
import { exportJournal } from '../../subgraphs/points-ledger/proof/export-journal.ts';
import { packBlocks, unpackBlocks } from '../../subgraphs/points-ledger/proof/packed-blocks.ts';
import { readChunk } from '../../subgraphs/points-ledger/proof/read-chunk.ts';
import { chunksOf } from '../../subgraphs/points-ledger/proof/read-chunks.ts';
import { exportedBlocks } from '../../subgraphs/points-ledger/proof/read-export.ts';
import { verifyExport } from '../../subgraphs/points-ledger/proof/verify-export.ts';
import { type Engine, engines } from '../support/engines.ts';
import { accrue, burn, hold, reverse } from './books-world.ts';
import { transfer } from './sharing-world.ts';
import { openSigned, verifier } from './signed-books.ts';

// There always is SQLite.
const sqlite = engines[0] as Engine;
const onProgress = () => undefined;

/** An export of some blocks, one of refusals only, in one file. */
async function openExport() {
  const books = await openSigned(sqlite);
  for (const causeId of ['p1', 'p2', 'p3']) {
    await books.post([accrue({ causeId, points: 150 }), burn({ points: 30 })]);
    await books.postOne(burn({ points: 100_000 }));
    await books.post([
      accrue({ walletId: '孙 "二"', issuerId: 'J\n["' }),
      hold({ walletId: '孙 "二"', holdId: causeId, points: 5, holdMinutes: 60 }),
      transfer({ walletId: 'ann', counterWalletId: 'bob', points: 1 }),
      reverse({ reversesId: causeId, points: 90 }),
    ]);
  }
  const folder = join(books.folder, 'export');
  const { blocks = 0 } = (await books.make()) ?? {};
  const note = await books.makeOver(blocks);
  await exportJournal(books.database.reader, {
    ...{ folder, from: 1, to: blocks, note, verifierKey: 'none', onProgress },
  });
  const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.ndjson'));
  return Object.assign(books, { exported: folder, file: join(folder, name) });
}

/** What is read of a file in parts, and of it whole: blocks, and then the error if there is one. */
async function readBoth(file: string, chunkBytes: number) {
  const parts: FoundBlock[] = [];
  let isWrong = false;
  for (const chunk of chunksOf(file, readFileSync(file).length, chunkBytes)) {
    const read = await readChunk(chunk);
    parts.push(...unpackBlocks(read));
    isWrong = read.wrongLine !== null;
    if (isWrong) break;
  }
  const whole: FoundBlock[] = [];
  try {
    for await (const { answers: _, bytes: __, ...block } of exportedBlocks([file])) {
      whole.push(block);
    }
  } catch {
    return { parts, isWrong, whole, isWholeWrong: true };
  }
  return { parts, isWrong, whole, isWholeWrong: false };
}

test('an export says the same read in parts of any size, whatever was changed in it', async () => {
  await using books = await openExport();
  const { file } = books;
  const text = readFileSync(file, 'utf8');
  const lines = text.trimEnd().split('\n');

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 250, max: text.length + 100 }),
      fc.nat(lines.length - 1),
      fc.constantFrom('nothing', 'removed', 'twice', 'moved', 'cut', 'empty'),
      async (chunkBytes, at, change) => {
        const line = lines[at] ?? '';
        const changed = {
          nothing: lines,
          removed: lines.toSpliced(at, 1),
          twice: lines.toSpliced(at, 0, line),
          moved: [...lines.toSpliced(at, 1), line],
          cut: lines.slice(0, at + 1),
          empty: lines.toSpliced(at, 0, ''),
        }[change];
        writeFileSync(file, `${changed.join('\n')}\n`);
        const { parts, isWrong, whole, isWholeWrong } = await readBoth(file, chunkBytes);

        expect(isWrong).toBe(isWholeWrong);
        // What is wrong need not be seen at the same line.
        const both = isWrong ? Math.min(parts.length, whole.length) : Number.POSITIVE_INFINITY;
        expect(parts.slice(0, both)).toEqual(whole.slice(0, both));
      },
    ),
    { numRuns: 60 },
  );
});

test('threads find what one finds, and where: a line that is none, and a text that was changed', async () => {
  await using books = await openExport();
  const { file, exported } = books;
  const text = readFileSync(file, 'utf8');
  const check = (threads: number) =>
    verifyExport({
      ...{ folders: [exported], notes: books.notes(), verifier, onProgress },
      reading: { threads, chunkBytes: 1000 },
    }).catch(String);

  expect(await check(2)).toEqual(await check(0));
  expect(await check(2)).toMatchObject({ problems: [], blocks: 9 });
  writeFileSync(file, text.replaceAll(',150,', ',151,'));
  expect(await check(2)).toEqual(await check(0));
  expect(await check(2)).toMatchObject({
    problems: expect.arrayContaining(['block 1: root is not what it seals']),
  });
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => line.startsWith('[15,'));
  writeFileSync(file, lines.with(at, '["nothing"').join('\n'));
  expect(await check(2)).toBe(await check(0));
  expect(await check(2)).toContain(`line ${at + 1}: is not what stands in an export there`);
});

test('what is packed comes out as it was, with balances and without', () => {
  const text = fc.string({ maxLength: 5 });
  const optional = fc.option(text);
  const integer = fc.maxSafeInteger();
  const key = fc.record({
    ...{ unit: text, issuerId: text, expiresOn: fc.nat(), priceClass: text },
    ...{ contributor: text, useScope: text },
  });
  const posting = {
    account: fc.constantFrom('AVAILABLE' as const, 'REDEEMED' as const),
    ...{ ownerId: text, key, amount: integer },
    claim: fc.option(fc.record({ amountMinor: integer, currency: text })),
  };
  const entry = fc.record({
    ...{ seq: integer, id: text, walletId: text, walletVersion: integer, unit: text },
    kind: fc.constantFrom('ACCRUE' as const, 'BURN' as const),
    ...{ points: integer, causeKind: text, causeId: text, ruleVersion: optional },
    ...{ reversesId: optional, holdId: optional, acceptorId: optional, actorId: optional },
    ...{ holdExpiresMs: fc.option(integer), counterWalletId: optional },
    ...{ counterVersion: fc.option(integer), recordedMs: integer },
    detail: fc.option(fc.dictionary(text, fc.oneof(text, integer, fc.constant(null)))),
    postings: fc.array(
      fc.oneof(fc.record(posting), fc.record({ ...posting, balanceAfter: fc.option(integer) })),
    ),
    reversals: fc.array(fc.record({ accrualId: text, points: integer })),
  });
  const stated = {
    ...{ height: 1, prevHash: '', root: '', answersHash: '', firstSeq: 1, lastSeq: 1 },
    ...{ entries: 1, recordedMs: 1 },
  };
  const block = fc.record({
    ...{ stated: fc.constant(stated), answersHash: text, root: text },
    entries: fc.array(entry, { maxLength: 3 }),
  });

  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      expect([...unpackBlocks(structuredClone(packBlocks(blocks)))]).toEqual(blocks);
    }),
  );
});
