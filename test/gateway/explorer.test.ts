import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDevelopmentIdentities } from '../../gateway/development-identities.ts';
import { operator } from '../support/world.ts';
import { openGateway } from './small-graph.ts';

const clock = { now: () => new Date('2026-11-22T02:00:00Z') };

async function openExplorer() {
  const { identify, tokens } = await createDevelopmentIdentities({
    identities: [{ name: { zh: '运营', en: 'Operator' }, caller: operator }],
    audience: 'tongdui',
    clock,
  });
  const variables = { '3-redeem': { input: { idempotencyKey: 'explorer-1' } } };
  const gateway = await openGateway({
    identify,
    clock,
    isProduction: false,
    explorer: { tokens, variables },
  });
  return {
    gateway,
    ...(await gateway.listen('127.0.0.1', 0)),
    [Symbol.asyncDispose]: gateway.stop,
  };
}

test('the explorer offers the saved operations in order, with their variables', async () => {
  await using explorer = await openExplorer();

  const session = await jsonOf(await fetch(`${explorer.url}/explorer/session.json`));

  const signs = session.operations.map(({ title }: { title: { en: string } }) => title.en[0]);
  const numbers = session.operations.map(({ name }: { name: string }) => Number.parseInt(name, 10));
  expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => a - b));
  expect(signs).toEqual(numbers.map((number: number) => '①②③④⑤⑥⑦⑧⑨⑩⑪⑫'[number - 1]));
  expect(session.operations[2]).toMatchObject({
    name: '3-redeem',
    title: { zh: '③ 兑换', en: '③ Redeem' },
    role: 'MEMBER',
    query: expect.stringContaining('mutation Redeem('),
  });
  expect(JSON.parse(session.operations[2].variables)).toEqual({
    input: { idempotencyKey: 'explorer-1' },
  });
});

test('an identity of the explorer is let in', async () => {
  await using explorer = await openExplorer();
  const { identities } = await jsonOf(await fetch(`${explorer.url}/explorer/session.json`));

  const response = await fetch(`${explorer.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-tongdui-trace': '1',
      authorization: `Bearer ${identities[0].token}`,
    },
    body: '{"query":"{ greeting { text } }"}',
  });

  expect(identities[0]).toMatchObject({ name: { zh: '运营' }, roles: ['PUBLIC', 'OPERATOR'] });
  expect(await jsonOf(response)).toEqual({
    data: { greeting: { text: 'hello' } },
    extensions: { answeredBy: [{ subgraph: 'members', ms: expect.any(Number) }] },
  });
});

test('everything of the page comes from here, and nothing may come from elsewhere', async () => {
  await using explorer = await openExplorer();

  const page = await fetch(explorer.url);
  const html = await page.text();

  expect(page.url).toBe(`${explorer.url}/explorer/`);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self';/,
  );
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => String(file));
  for (const file of files.filter((name) => !name.startsWith('data:'))) {
    expect((await fetch(new URL(file, page.url))).status, file).toBe(200);
  }
  for (const file of ['ruru.js', 'graphqlWorker.js', 'jsonWorker.js', 'editorWorker.js']) {
    const { status, headers } = await fetch(`${explorer.url}/ruru/${file}`);
    expect([file, status, headers.get('content-type')]).toEqual([
      file,
      200,
      expect.stringMatching(/javascript/),
    ]);
  }
  const folder = join(import.meta.dirname, '../../gateway/pages/explorer');
  for (const file of readdirSync(folder)) {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/https?:\/\//);
  }
});

test('there is no explorer in production', async () => {
  await expect(openGateway({ isProduction: true, explorer: {} })).rejects.toThrow(/production/);
});

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects.
const jsonOf = async (response: Response): Promise<any> => response.json();
