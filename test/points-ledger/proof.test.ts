import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertRows } from '../../shared/database/rows.ts';
import {
  auditPath,
  leafHash,
  merkleRoot,
  rootFromPath,
  TreeEdge,
} from '../../subgraphs/points-ledger/domain/merkle.ts';
import { sha256 } from '../../subgraphs/points-ledger/ledger/sha256.ts';
import {
  blockLeaf,
  blockPath,
  blockRoot,
  growBlockTree,
} from '../../subgraphs/points-ledger/proof/block-tree.ts';
import { checkProof } from '../../subgraphs/points-ledger/proof/entry-proofs.ts';
import {
  isSignedBy,
  readCheckpoint,
  signerOf,
  signNote,
  verifierOf,
} from '../../subgraphs/points-ledger/proof/note.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant } from '../support/people.ts';
import { accrue, burn, openBooks } from './books-world.ts';
import { clearingOf, namesOf } from './clearing-world.ts';
import { name, openSigned, secret, verifier } from './signed-books.ts';

const script = join(import.meta.dirname, '../../subgraphs/verify.ts');

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('a path through a tree', () => {
  const leaves = Array.from({ length: 20 }, (_, index) => leafHash(hash, Uint8Array.of(index)));

  test('leads from every leaf of a tree of every size to its root, and from no other', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size);
      const root = merkleRoot(hash, some);
      for (const [index, leaf] of some.entries()) {
        const path = auditPath(hash, some, index);
        expect(rootFromPath(hash, { leaf, index, size }, path)).toEqual(root);
        const other = leafHash(hash, Uint8Array.of(200));
        expect(rootFromPath(hash, { leaf: other, index, size }, path)).not.toEqual(root);
        for (const wrong of [index - 1, index + 1]) {
          expect(rootFromPath(hash, { leaf, index: wrong, size }, path)).not.toEqual(root);
        }
      }
    }
  });

  test('a tree that grows leaf by leaf has the root of one made at once', () => {
    const edge = new TreeEdge(hash);
    for (const [index, leaf] of leaves.entries()) {
      edge.append(leaf);
      expect(edge.root()).toEqual(merkleRoot(hash, leaves.slice(0, index + 1)));
    }
  });
});

describe('a signed note', () => {
  // Of the documentation of golang.org/x/mod/sumdb/note: what others sign, we can check.
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n";
  const signature =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  test('of another program is believed', () => {
    expect(isSignedBy(verifierOf(key), `${text}\n${signature}`)).toBe(true);
    expect(isSignedBy(verifierOf(key), `${text.replace('If', 'Is')}\n${signature}`)).toBe(false);
  });

  test('is believed with the signatures of witnesses, and not with a broken one of its own', () => {
    const note = signNote(text, signerOf(secret, name));

    expect(isSignedBy(verifier, note + signature)).toBe(true);
    expect(isSignedBy(verifierOf(key), note)).toBe(false);
    expect(isSignedBy(verifier, note.replace(text, `${text}more\n`))).toBe(false);
    expect(isSignedBy(verifier, `${text}\n${signature}`)).toBe(false);
  });

  test.each([
    ['', 'no verifier key'],
    [key.replace('c74f20a3', 'c74f20a4'), 'has a slip'],
    ['name+c74f20a3+AAAA', 'no verifier key'],
  ])('a key that cannot be one is refused: %s', (wrong, what) => {
    expect(() => verifierOf(wrong)).toThrow(what);
  });
});

describe.each(engines)('on $name', (engine) => {
  test('the head of the books is signed when it has moved, outside of the database too', async () => {
    await using books = await openSigned(engine);
    await books.settle();
    expect(books.notes()).toEqual([]);

    await books.post([accrue(), burn({ points: 200 })]);
    await books.settle();
    await books.settle();
    await books.postOne(burn({ points: 1 }));
    await books.settle();

    const notes = books.notes();
    expect(notes.map((note) => readCheckpoint(note)?.size)).toEqual([1, 2]);
    expect(notes.every((note) => isSignedBy(verifier, note))).toBe(true);
    // A member has it with her statement.
    const [member] = await books.entities(
      '... on Member { wallet { statement(first: 1) { checkpoint { note } } } }',
      [{ __typename: 'Member', id: 'ann' }],
      { as: asMember('ann') },
    );
    expect(member.wallet.statement.checkpoint.note).toBe(notes[1]);
    const { checkpoint } = await books.data(
      '{ checkpoint { blocks entries root note verifierKey } }',
      {},
      { as: asMerchant('I') },
    );
    expect(checkpoint).toMatchObject({ blocks: 2, entries: 2, note: notes[1] });
    expect(checkpoint.verifierKey).toBe(signerOf(secret, name).verifierKey);
    expect(await blockRoot(books.database.reader, 2)).toBe(checkpoint.root);
  });

  test('what was cut off in the file is passed over, and the books go on', async () => {
    await using books = await openSigned(engine);
    await books.postOne(accrue());
    await books.settle();
    const [file = ''] = readdirSync(books.folder);
    const whole = readFileSync(join(books.folder, file), 'utf8');
    await books.postOne(accrue());
    for (const length of [30, whole.length - 20]) {
      writeFileSync(join(books.folder, file), whole + whole.slice(0, length));
      await books.tamper('DELETE FROM points_checkpoint WHERE blocks = 2');
      await books.make();
      expect(books.notes().map((note) => readCheckpoint(note)?.size)).toEqual([1, 2]);
      expect(books.notes().every((note) => isSignedBy(verifier, note))).toBe(true);
    }
  });

  test('nothing is signed that contradicts what was signed before', async () => {
    await using books = await openSigned(engine);
    await books.postOne(accrue());
    await books.postOne(accrue());
    await books.make();
    await books.tamper('DELETE FROM points_checkpoint');
    const [block] = await books.tamper('SELECT hash FROM points_block WHERE height = 1');

    await books.tamper("UPDATE points_block SET hash = 'ff' WHERE height = 1");
    await books.postOne(accrue());
    await expect(books.make()).rejects.toThrow('not those that were signed');
    await books.tamper('UPDATE points_block SET hash = ? WHERE height = 1', [block.hash]);
    await books.tamper('UPDATE points_chain_head SET height = 1');
    await expect(books.make()).rejects.toThrow('block 2 was signed, and the books end at 1');
    expect(books.notes()).toHaveLength(1);
  });

  test('every entry is proven to be in the books, and no other entry is', async () => {
    await using books = await openSigned(engine);
    const ids: (string | null)[] = [];
    for (const size of [1, 2, 5, 1, 1, 3]) {
      const outcomes = await books.post(Array.from({ length: size }, () => accrue()));
      ids.push(...outcomes.map(({ entryId }) => entryId));
    }
    expect(await books.proofOf(ids[0] ?? null)).toBeNull();
    await books.settle();

    for (const [index, entryId] of ids.entries()) {
      const { text } = await books.proofOf(entryId);
      expect(checkProof(text, verifier)).toMatchObject({ id: entryId, seq: index + 1, blocks: 6 });
      const changed = JSON.parse(text);
      for (const [field, value] of [
        ['entry', changed.entry.replace('"ACCRUE"', '"BURN"')],
        ['entry', changed.entry.replace(/^\[\d+/, `[${index}`)],
        ['block', changed.block.replace('0,1', '0,2')],
        ['path', [...changed.path, 'a'.repeat(64)]],
        ['blockPath', changed.blockPath.slice(1)],
        ['checkpoint', changed.checkpoint.replace('\n6\n', '\n7\n')],
      ]) {
        const wrong = { ...changed, [field]: value };
        if (JSON.stringify(wrong) === JSON.stringify(changed)) continue;
        expect(() => checkProof(JSON.stringify(wrong), verifier), field).toThrow();
      }
    }
    expect(() => checkProof('{', verifier)).toThrow('not JSON');
    const other = verifierOf(signerOf('x'.repeat(32), name).verifierKey);
    const { text } = await books.proofOf(ids[0] ?? null);
    expect(() => checkProof(text, other)).toThrow('not signed by');
  });

  test('npm run verify tells an entry from its proof, and refuses a proof that was changed', async () => {
    await using books = await openSigned(engine);
    const { entryId } = await books.postOne(accrue({ points: 77 }));
    await books.settle();
    const file = join(books.folder, 'proof.json');
    const { text } = await books.proofOf(entryId);
    const { verifierKey } = signerOf(secret, name);
    const verify = (content: string) => {
      writeFileSync(file, content);
      const words = [script, '--proof', file, '--key', verifierKey];
      return spawnSync(process.execPath, words, { encoding: 'utf8' });
    };

    const good = verify(text);
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toContain('entry 1 is in block 1 of 1 that were signed');
    const bad = verify(text.replace('77', '78'));
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('was changed');
  });

  test('a clearing statement bears the first checkpoint over its cycle, also as CSV and as a page', async () => {
    await using books = await openSigned(engine, { peer: namesOf() });
    const { close, statement } = clearingOf(books);
    await books.post([accrue(), burn({ points: 50 })]);
    await close();
    expect(await statement('B', 'checkpoint { note }')).toEqual({ checkpoint: null });
    await books.postOne(accrue());
    await books.settle();
    await books.postOne(accrue());
    await books.settle();

    const [note = ''] = books.notes();
    const { checkpoint, csv, page } = await statement('B', 'checkpoint { note entries } csv page');
    expect(checkpoint).toEqual({ note, entries: 3 });
    expect(csv).toContain(note);
    expect(page).toContain(note.split('\n').at(-2));
  });

  test('a member gets the proof of her own entries, and nobody that of hers', async () => {
    await using books = await openSigned(engine);
    const { entryId } = await books.postOne(accrue());
    await books.settle();

    expect(await books.proofOf(entryId, asMember('ann'))).toMatchObject({ entryId, block: 1 });
    expect(await books.proofOf(entryId, asMember('bob'))).toBeNull();
    await expect(books.proofOf(entryId, asMerchant('I'))).rejects.toThrow('FORBIDDEN');
  });

  test('roots and paths over many blocks come from few rows, and are those of the whole tree', async () => {
    await using books = await openBooks(engine);
    const count = 1_500;
    const hashes = hashesOf('block', count);
    await books.database.transaction((manager) =>
      insertRows(
        manager,
        'points_block',
        // biome-ignore format: the columns in the order of the values below.
        ['height', 'prev_hash', 'hash', 'root', 'answers_hash', 'first_seq', 'last_seq', 'entries', 'recorded_ms'],
        hashes.map((text, index) => [index + 1, '', text, '', '', 1, 1, 1, 1]),
      ),
    );
    const { reader } = books.database;
    await growBlockTree(books.database, 300);
    await growBlockTree(books.database, count);
    const edge = new TreeEdge(sha256);
    for (const text of hashes) edge.append(blockLeaf(text));

    expect(await blockRoot(reader, count)).toBe(hex(edge.root()));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: count }), fc.nat(), async (size, seed) => {
        const height = 1 + (seed % size);
        books.statements.length = 0;
        const root = await blockRoot(reader, size);
        const path = await blockPath(reader, height, size);
        expect(books.statements.length).toBeLessThan(60);
        const leaf = blockLeaf(hashes[height - 1] ?? '');
        const nodes = path.map((text) => Buffer.from(text, 'hex'));
        const found = rootFromPath(sha256, { leaf, index: height - 1, size }, nodes);
        expect(hex(found ?? new Uint8Array())).toBe(root);
      }),
      { numRuns: 20 },
    );
  });

  test('a subtree of subtrees is stored too', async () => {
    await using books = await openBooks(engine);
    const hashes = hashesOf('subtree', 257);
    await books.database.transaction((manager) =>
      insertRows(
        manager,
        'points_block_tree',
        ['level', 'place', 'hash'],
        hashes.map((text, place) => [8, place, text]),
      ),
    );
    await growBlockTree(books.database, 257 * 256);
    const edge = new TreeEdge(sha256);
    for (const text of hashes) edge.append(Buffer.from(text, 'hex'));

    expect(await books.tamper('SELECT place FROM points_block_tree WHERE level = 16')).toHaveLength(
      1,
    );
    expect(await blockRoot(books.database.reader, 257 * 256)).toBe(hex(edge.root()));
  });
});

const hashesOf = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => hex(hash(Buffer.from(`${what} ${index}`))));

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
