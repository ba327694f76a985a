import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fastFolder } from './folders.ts';

const main = join(import.meta.dirname, '../../subgraphs/main.ts');

/** A program of ours in a process and folder of its own. */
export class Program {
  readonly child: ChildProcess;
  output = '';
  readonly ended: Promise<number | null>;

  constructor(folder: string, settings: Record<string, string>, ...words: string[]) {
    this.child = spawn(process.execPath, [main, ...words], {
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
export async function ask(url: string, role: string, query: string, variables = {}): Promise<any> {
  const session: Session = await (await fetch(`${url}/explorer/session.json`)).json();
  const identity = session.identities.find((one: { roles: string[] }) => one.roles.includes(role));
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${identity.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** What the explorer's saved redemption answers. The same key each time. */
export const redeemSaved = async (url: string) => {
  const session: Session = await (await fetch(`${url}/explorer/session.json`)).json();
  const saved = session.operations.find(({ name }: { name: string }) => name === '3-redeem');
  return ask(url, 'OPERATOR', saved.query, JSON.parse(saved.variables));
};

const folders: string[] = [];
const programs: Program[] = [];

/** `words` are what follows the program on the command line. */
export function start(
  folder: string,
  settings: Record<string, string> = {},
  ...words: string[]
): Program {
  const program = new Program(folder, settings, ...words);
  programs.push(program);
  return program;
}

export function newFolder(): string {
  const folder = mkdtempSync(join(fastFolder(), 'tongdui-life-'));
  folders.push(folder);
  return folder;
}

/** Ends all programs of a test outright, and removes their folders. */
export async function endAll(): Promise<void> {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
