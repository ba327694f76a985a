import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShop } from '../../subgraphs/merchant-template/server.js';
import { secret } from './calls.ts';
import { isUnsigned, looksPast, startFaultyShop, when } from './faulty-shop.ts';

const folder = join(import.meta.dirname, '../../subgraphs/merchant-template');
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  shop = await startShop({ port: 0, secret, report: () => {} });
});
afterAll(() => shop.stop());

describe('as a program', () => {
  const run = async (...words: string[]) => {
    const program = join(folder, 'conformance.js');
    const env = { PATH: process.env.PATH, SIGNING_SECRET: secret };
    const child = spawn(process.execPath, [program, ...words], { env });
    const ended = new Promise((done) => child.once('exit', done));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, output, errors };
  };

  test('it prints one line for each rule and ends with 0', async () => {
    const { code, output, errors } = await run(shop.url);

    expect([code, errors]).toEqual([0, '']);
    expect(output.match(/^✓ /gm)?.length).toBeGreaterThanOrEqual(19);
    expect(output).not.toContain('✗');
    expect(output).toContain('All rules hold.');
  });

  test('it says what to do and ends with 1 when a rule is broken', async () => {
    const faulty = await startFaultyShop(shop.url, when(isUnsigned, looksPast));
    const { code, output } = await run(faulty.url);
    faulty.stop();

    expect(code).toBe(1);
    expect(output).toContain('✗ A call without a signature is refused, whatever it asks\n');
    expect(output).toContain('answer 401');
    expect(output).toContain('1 of 19 rules do not hold.');
  });

  test.each([
    [[], 'Usage:'],
    [['nowhere'], 'no address'],
    [['ftp://127.0.0.1'], 'no address'],
    [['http://127.0.0.1:1'], ''],
    [['http://127.0.0.1:1', '--secret', 'x'], 'npm run secret'],
  ])('with %j it ends with 1 and says why', async (words, told) => {
    const { code, output, errors } = await run(...words);

    expect(code).toBe(1);
    expect(errors).toContain(told);
    expect(output + errors).not.toMatch(/^\s+at /m);
    if (told === '')
      expect(output).toContain('✗ A signed call is answered\n    A signed call was not');
  });
});
