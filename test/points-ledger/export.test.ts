import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  blocksFile,
  CHECKPOINT_FILE,
  exportJournal,
} from '../../subgraphs/points-ledger/proof/export-journal.ts';
import { signerOf } from '../../subgraphs/points-ledger/proof/note.ts';
import { verifyExport } from '../../subgraphs/points-ledger/proof/verify-export.ts';
import { type Engine, engines } from '../support/engines.ts';
import { accrue, burn, hold, reverse } from './books-world.ts';
import { name, openSigned, secret, verifier } from './signed-books.ts';

const scripts = join(import.meta.dirname, '../../subgraphs');
// There always is SQLite.
const sqlite = engines[0] as Engine;

const nobody = () => undefined;

type Signed = Awaited<ReturnType<typeof openSigned>>;

/** Some blocks with entries of several kinds and refusals. */
async function fill(books: Signed, rounds = 3): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const causeId = `p${round}`;
    await books.post([accrue({ causeId, points: 100 + round }), burn({ points: 30 })]);
    await books.postOne(burn({ points: 100_000 }));
    await books.post([
      accrue({ walletId: 'bob', issuerId: 'J' }),
      hold({ walletId: 'bob', holdId: causeId, points: 5 }),
      reverse({ reversesId: causeId, points: 90 }),
    ]);
  }
}

/** Exports a range, all by default, into a folder that goes with the books. */
async function exported(books: Signed, range: { from?: number; to?: number } = {}) {
  const folder = join(books.folder, `export-${readdirSync(books.folder).length}`);
  const { blocks = 0 } = (await books.make()) ?? {};
  const { from = 1, to = blocks } = range;
  const done = await exportJournal(books.database.reader, {
    ...{ folder, from, to, onProgress: nobody },
    note: await books.makeOver(to),
    verifierKey: signerOf(secret, name).verifierKey,
  });
  return { folder, ...done };
}

const check = (folders: string[], notes: string[] = []) =>
  verifyExport({ folders, notes, verifier, onProgress: nobody });

/** Changes the only file of an export. */
function edit(folder: string, change: (lines: string[]) => string[]): void {
  const [file = ''] = readdirSync(folder).filter((found) => found.endsWith('.ndjson'));
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(path, `${change(lines).join('\n')}\n`);
}

describe.each(engines)('an export on $name', (engine) => {
  test('proves the books without the database', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    const { folder, blocks, entries, files } = await exported(books);

    expect({ blocks, entries, files }).toEqual({ blocks: 9, entries: 15, files: 1 });
    expect(await check([folder], books.notes())).toEqual({
      ...{ problems: [], entries: 15, blocks: 9, signed: 9 },
    });
    await expect(exported(books, { from: 5, to: 12 })).rejects.toThrow('blocks are missing');
  });

  test('an archive and what comes after it prove the books together', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    const archive = await exported(books, { to: 4 });
    const rest = await exported(books, { from: 5 });

    expect((await check([rest.folder, archive.folder], books.notes())).problems).toEqual([]);
    expect((await check([archive.folder])).problems).toEqual([]);
    await expect(check([rest.folder])).rejects.toThrow('begins at block 5');
  });

  test('an end that was cut off is found out by a checkpoint, and by nothing else', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    const { folder } = await exported(books);
    const [signed = ''] = books.notes();
    const shorter = await exported(books, { to: 6 });

    expect((await check([shorter.folder], [signed])).problems).toEqual([
      'the journal ends at block 6, and 9 blocks were signed: its end is missing',
    ]);
    writeFileSync(join(folder, CHECKPOINT_FILE), signed.replace('\n9\n', '\n6\n'));
    expect((await check([folder])).problems).toEqual([
      'the checkpoint over 6 blocks is not signed with this key',
    ]);
  });

  test('npm run export writes it and npm run verify proves it, or says what is wrong', async () => {
    await using books = await openSigned(engine);
    await fill(books);
    const folder = join(books.folder, 'exported');
    const env = {
      ...process.env,
      TONGDUI_DATABASE_URL: books.databaseUrl,
      TONGDUI_CHECKPOINT_KEY: secret,
      TONGDUI_CHECKPOINT_NAME: name,
      TONGDUI_CHECKPOINT_FOLDER: books.folder,
    };
    const run = (script: string, ...words: string[]) =>
      spawnSync(process.execPath, [join(scripts, script), ...words], { env, encoding: 'utf8' });

    const written = run('export.ts', folder);
    expect(written).toMatchObject({ status: 0, stderr: '' });
    expect(written.stdout).toContain('15 entries of blocks 1 to 9 in 1 files');
    const [, key = ''] = /--key (\S+)/.exec(written.stdout) ?? [];
    const [kept = ''] = readdirSync(books.folder).filter((file) => file.startsWith('checkpoints'));
    const words = ['--from', folder, '--checkpoint', join(books.folder, kept)];
    expect(run('verify.ts', ...words, '--key', key)).toMatchObject({
      status: 0,
      stdout: '15 entries in 9 blocks, 9 of them signed: the books are in order\n',
      stderr: '',
    });
    expect(run('export.ts', folder).stderr).toContain('is not empty');
    edit(folder, (lines) => lines.slice(0, -5));
    const cut = run('verify.ts', ...words);
    expect(cut).toMatchObject({ status: 1, stdout: '' });
    expect(cut.stderr).toContain('9 blocks were signed: its end is missing');
    expect(run('verify.ts', '--from', join(folder, 'nothing')).stderr).toContain('is not a folder');
    expect(existsSync(join(folder, 'key.txt'))).toBe(true);
  }, 60_000);
});

test('every line that is changed, removed or moved is found out', async () => {
  await using books = await openSigned(sqlite);
  await fill(books, 1);
  const { folder } = await exported(books);
  const path = join(folder, blocksFile(1));
  const whole = readFileSync(path, 'utf8');
  const lines = whole.trimEnd().split('\n');
  const unnoticed: string[] = [];
  const tell = async (what: string, change: (lines: string[]) => string[]) => {
    writeFileSync(path, whole);
    edit(folder, change);
    const problems = await check([folder]).then((found) => found.problems, String);
    if (problems.length === 0) unnoticed.push(what);
  };

  for (const [at, line] of lines.entries()) {
    await tell(`removed ${line}`, (all) => all.toSpliced(at, 1));
    await tell(`twice ${line}`, (all) => all.toSpliced(at, 0, line));
    for (const [index, sign] of [...line].entries()) {
      if (!/[0-9A-Za-z]/.test(sign) || (index + at) % 23 !== 0) continue;
      const other = sign === '1' ? '2' : sign === 'a' ? 'b' : /\d/.test(sign) ? '1' : 'a';
      const changed = line.slice(0, index) + other + line.slice(index + 1);
      await tell(`${changed} for ${line}`, (all) => all.with(at, changed));
    }
  }
  expect(unnoticed).toEqual([]);
  expect(lines.length).toBeGreaterThan(10);
});
