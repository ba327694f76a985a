import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A folder with an `.env` of these lines, or none. */
function folderWith(lines: readonly string[] | null) {
  const path = mkdtempSync(join(tmpdir(), 'tongdui-env-'));
  if (lines !== null) writeFileSync(join(path, '.env'), lines.join('\n'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a program of ours in a folder, to its end. */
const run = (folder: string, words: readonly string[], settings: Record<string, string> = {}) =>
  new Promise<{ code: unknown; error: string }>((done) => {
    const [program, ...more] = words;
    const env = { PATH: process.env.PATH, ...settings };
    execFile(
      process.execPath,
      [join(root, `subgraphs/${program}.ts`), ...more],
      { cwd: folder, env },
      (failure, _, error) => done({ code: failure?.code ?? 0, error }),
    );
  });

test.each([
  ['main'],
  ['import', join(root, 'test/fixtures/online-retail-excerpt.csv')],
  ['migrate'],
  ['verify'],
])('%s reads the .env of the folder where it is started', async (...words) => {
  using folder = folderWith(['TONGDUI_PORT=many']);

  const { code, error } = await run(folder.path, words);

  expect([code, error]).toEqual([1, expect.stringContaining('TONGDUI_PORT')]);
});

test('what the environment says stands before what .env says', async () => {
  using folder = folderWith(['TONGDUI_DATABASE_URL=sqlite:theirs', 'TONGDUI_LOG_LEVEL=loud']);

  const settings = { TONGDUI_DATABASE_URL: 'sqlite:ours', TONGDUI_LOG_LEVEL: 'warn' };
  const { code } = await run(folder.path, ['migrate'], settings);

  expect(code).toBe(0);
  expect(existsSync(join(folder.path, 'ours'))).toBe(true);
  expect(existsSync(join(folder.path, 'theirs'))).toBe(false);
});

test('without an .env nothing is said of it', async () => {
  using folder = folderWith(null);

  const { code, error } = await run(folder.path, ['migrate']);

  expect([code, error]).toEqual([0, '']);
  // Node's own flag would say so each time. Only `dev` has it, which restarts when the file changes.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const withFlag = Object.keys(scripts).filter((name) => scripts[name].includes('--env-file'));
  expect(withFlag).toEqual(['dev']);
});
