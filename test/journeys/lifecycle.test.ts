import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../support/engines.ts';

const main = join(import.meta.dirname, '../../subgraphs/main.ts');

/** A program of ours in a process and folder of its own. */
class Program {
  readonly child: ChildProcess;
  output = '';
  readonly ended: Promise<number | null>;

  constructor(folder: string, settings: Record<string, string>) {
    this.child = spawn(process.execPath, [main], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'development', TONGDUI_PORT: '0', ...settings },
    });
    this.child.stdout?.on('data', (text) => {
      this.output += text;
    });
    this.child.stderr?.on('data', (text) => {
      this.output += text;
    });
    this.ended = new Promise((done) => this.child.once('exit', (code) => done(code)));
  }

  /** The address, once it is ready. Throws with what was printed when the program ends before. */
  async url(): Promise<string> {
    const isEnded = this.ended.then(() => true);
    for (;;) {
      const [, url] = /ready at (\S+)/.exec(this.output) ?? [];
      if (url !== undefined) return url;
      const wait = new Promise<false>((wake) => setTimeout(() => wake(false), 50));
      if (await Promise.race([isEnded, wait])) throw new Error(this.output);
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what the explorer's page is given.
type Session = any;

// biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
async function ask(url: string, role: string, query: string, variables = {}): Promise<any> {
  const session: Session = await (await fetch(`${url}/explorer/session.json`)).json();
  const identity = session.identities.find((one: { roles: string[] }) => one.roles.includes(role));
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${identity.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const redeemSaved = async (url: string) => {
  const session: Session = await (await fetch(`${url}/explorer/session.json`)).json();
  const saved = session.operations.find(({ name }: { name: string }) => name === '3-redeem');
  return ask(url, 'OPERATOR', saved.query, JSON.parse(saved.variables));
};

const folders: string[] = [];
const programs: Program[] = [];

function start(folder: string, settings: Record<string, string> = {}): Program {
  const program = new Program(folder, settings);
  programs.push(program);
  return program;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-life-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** SQLite in the program's own default place, MariaDB by its URL. */
const databaseOf = (engine: Engine): Record<string, string> =>
  engine.name === 'SQLite' ? {} : { TONGDUI_DATABASE_URL: engine.freshUrl() };

describe.each(engines)('the program on $name', (engine) => {
  test('has its data after it was stopped, and after it was killed outright', async () => {
    const folder = newFolder();
    const settings = databaseOf(engine);
    const first = start(folder, settings);
    const url = await first.url();
    for (const page of ['/livez', '/readyz', '/explorer/']) {
      expect((await fetch(`${url}${page}`)).status, page).toBe(200);
    }
    const answered = await redeemSaved(url);
    expect(answered.data.redeem.__typename).toBe('RewardRedeemed');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = start(folder, settings);
    const afterStop = await redeemSaved(await second.url());
    second.child.kill('SIGKILL');
    await second.ended;
    const third = start(folder, settings);
    const afterKill = await redeemSaved(await third.url());

    // The same key: the same redemption and voucher, and no points taken again.
    expect(afterStop.data).toEqual(answered.data);
    expect(afterKill.data).toEqual(answered.data);
    expect(third.output).toContain('12 merchants');
    third.child.kill('SIGKILL');
    await third.ended;
    if (settings.TONGDUI_DATABASE_URL) await engine.remove(settings.TONGDUI_DATABASE_URL);
  });
});

describe('the program', () => {
  test('says what to do when its port is taken, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };

    const program = start(newFolder(), { TONGDUI_PORT: String(port) });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_PORT');
    taken.close();
  });

  test.each([
    ['a misspelt setting', { TONGDUI_PROT: '1' }, 'TONGDUI_PROT'],
    [
      'a database of another kind',
      { TONGDUI_DATABASE_URL: 'postgres://x/y' },
      'TONGDUI_DATABASE_URL',
    ],
    [
      'a database that is not there',
      { TONGDUI_DATABASE_URL: 'mysql://nobody:secret@127.0.0.1:1/tongdui' },
      'TONGDUI_DATABASE_URL',
    ],
  ])('%s is named in one line, without a stack or a secret', async (_, settings, named) => {
    const program = start(newFolder(), settings);

    expect(await program.ended).toBe(1);
    expect(program.output).toContain(named);
    expect(program.output).not.toMatch(/secret|node:internal|\.ts:\d/);
  });

  test('does not start in production on development keys', async () => {
    const program = start(newFolder(), { NODE_ENV: 'production' });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_PERSONAL_KEY');
  });

  test('does not start in production without an identity provider', async () => {
    const program = start(newFolder(), {
      NODE_ENV: 'production',
      TONGDUI_CURSOR_KEY: 'c'.repeat(32),
      TONGDUI_PERSONAL_KEY: 'p'.repeat(32),
    });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('TONGDUI_JWKS_URL');
  });
});
