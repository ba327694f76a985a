import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './importing.ts';

const ENTRY = join(import.meta.dirname, '../../subgraphs/import.ts');
const EXCERPT = join(import.meta.dirname, '../fixtures/online-retail-excerpt.csv');

/** Runs `npm run import -- …` in a folder of its own. */
const runImport = (
  folder: string,
  argv: readonly string[],
  databaseUrl = `sqlite:${folder}/data`,
) =>
  new Promise<{ code: number; out: string; error: string }>((done) => {
    const env = { ...process.env, LANG: 'C', TONGDUI_DATABASE_URL: databaseUrl };
    execFile(process.execPath, [ENTRY, ...argv], { cwd: folder, env }, (failure, out, error) => {
      done({ code: typeof failure?.code === 'number' ? failure.code : 0, out, error });
    });
  });

test('the command reads a file, says what became of it and, when that is as expected, ends with 0', async () => {
  using folder = temporaryFolder();

  const right = folder.file(
    'right.json',
    '{"rows": 72, "recorded": 15, "repeated": {"rows": 0, "patterns": 0}}',
  );
  const words = [EXCERPT, '--dry-run', '--language', 'zh-CN', '--expect', right];

  const { code, out } = await runImport(folder.path, words);

  expect(code).toBe(0);
  expect(out).toContain('共读取 72 行，其中 20 行未采用。');
  expect(out).toContain('新增订单 15 笔，退货 10 笔，已存在 0 笔；积分 9,945 分。');
  expect(out).toMatch(/NO_CUSTOMER\s+11\n/);
});

test('counts that are not as expected end with 1 and are told', async () => {
  using folder = temporaryFolder();
  const wrong = folder.file('wrong.json', '{"rows": 72, "recorded": 16}');
  const unknown = folder.file('unknown.json', '{"row": 72}');
  const run = (expect: string) =>
    runImport(folder.path, [EXCERPT, '--dry-run', '--expect', expect]);

  const { code, error } = await run(wrong);
  expect([code, error]).toEqual([
    1,
    expect.stringContaining('recorded is not as expected: 15 instead of 16.'),
  ]);
  const refused = await run(unknown);
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('cannot be used')]);
});

test('a database that cannot be opened ends with 1, and ends', async () => {
  using folder = temporaryFolder();
  const databaseUrl = 'mysql://nobody:x@127.0.0.1:1/none';

  const { code, error } = await runImport(folder.path, [EXCERPT], databaseUrl);

  expect([code, error]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
});

test('a file with which nothing can be done ends with 1 and says what to do', async () => {
  using folder = temporaryFolder();
  const wrong = folder.file('wrong.csv', 'foo,bar\n1,2\n');
  const fine = folder.file('fine.csv', 'customer,orderNumber,date,amount\nk,1,2026-01-01,1\n');

  for (const [argv, sentence] of [
    [[], 'Usage: npm run import'],
    [['--bogus'], '--bogus'],
    [['nowhere.csv'], 'There is no file nowhere.csv'],
    [[wrong], 'Say what they mean in a mapping file'],
    [[wrong, '--mapping', 'nowhere.json'], 'plain, online-retail, cdnow'],
    [[fine, '--merchant', 'Shop', '--report', fine], 'would overwrite'],
    [[fine], 'Say it with --merchant'],
  ] as const) {
    const { code, error } = await runImport(folder.path, argv);
    expect(error).toContain(sentence);
    expect(code).toBe(1);
  }
});
