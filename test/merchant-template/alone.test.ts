import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractSdl } from '../../gateway/foreign/contract.ts';
import { ask, secret } from './calls.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'subgraphs/merchant-template');
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const own = json(join(folder, 'package.json'));

describe('the folder stands alone', () => {
  test('its versions are pinned, and those of the platform where both have a package', () => {
    const platform = json(join(root, 'package.json')).dependencies;
    for (const [name, version] of Object.entries(own.dependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(platform[name], name).toBe(version);
    }
  });

  test('its lock file is that of its package file', () => {
    const lock = json(join(folder, 'package-lock.json'));

    expect(lock.packages[''].dependencies).toEqual(own.dependencies);
    expect(lock.packages[''].engines).toEqual(own.engines);
  });

  test('its contract is the one of the alliance', () => {
    expect(readFileSync(join(folder, 'contract.graphql'), 'utf8')).toBe(contractSdl());
  });
});

describe('a copy of the folder elsewhere, with nothing but its own packages', () => {
  const copy = mkdtempSync(join(tmpdir(), 'merchant-'));
  const children: ChildProcess[] = [];

  beforeAll(() => {
    cpSync(folder, copy, {
      recursive: true,
      filter: (file) => !/node_modules|\.env$/.test(file.slice(folder.length)),
    });
    for (const name of Object.keys(own.dependencies)) {
      const place = join(copy, 'node_modules', name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), place);
    }
  });

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(copy, { recursive: true, force: true });
  });

  function run(program: string, settings: Record<string, string>, ...words: string[]) {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: copy,
      env: { PATH: process.env.PATH, ...settings },
    });
    children.push(child);
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        said.text += text;
      });
    }
    const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
    return { child, said, ended };
  }

  test('starts, holds all rules, and ends when told to', async () => {
    const shop = run('server.js', { SIGNING_SECRET: secret, PORT: '0' });
    await expect.poll(() => shop.said.text, { timeout: 30_000 }).toContain('listens at');
    const [, url = ''] = /listens at (\S+)\/graphql/.exec(shop.said.text) ?? [];
    const check = run('conformance.js', { SIGNING_SECRET: secret }, url);

    expect([await check.ended, check.said.text]).toEqual([
      0,
      expect.stringContaining('All rules hold.'),
    ]);
    expect((await ask(url, '{ __typename }')).status).toBe(200);
    shop.child.kill('SIGTERM');
    expect(await shop.ended).toBe(0);
  });

  test.each([
    [{}, 'npm run secret'],
    [{ SIGNING_SECRET: 'whsec_short' }, 'npm run secret'],
    [{ SIGNING_SECRET: secret, PORT: 'many' }, 'PORT is many'],
    [{ SIGNING_SECRET: secret, PORT: '70000' }, 'PORT is 70000'],
  ])('with the settings %j it does not start and says why', async (settings, told) => {
    const shop = run('server.js', settings);

    expect(await shop.ended).toBe(1);
    expect(shop.said.text).toContain(told);
    expect(shop.said.text).not.toMatch(/^\s+at /m);
  });
});
