import { createServer } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import { assert } from '../../shared/assert.ts';
import { type Foreign, foreignServer } from '../network/network.ts';
import { newFolder, type Program, start } from '../support/program.ts';

export type Part = SubgraphName | 'gateway';

export const parts: readonly Part[] = ['gateway', ...subgraphNames];

/**
 * The alliance as it is in production: six programs, each at an address of its own that it has again
 * when it is started again, and an identity provider. All of them end with the test (`endAll`).
 */
export class SixProcesses {
  readonly url: string;
  /** The access token of an operator. */
  readonly token: string;
  /** Everything that a process said, those that were ended included. */
  readonly said: Program[] = [];
  readonly #folder = newFolder();
  readonly #settings: Readonly<Record<string, string>>;
  readonly #running = new Map<Part, Program>();

  private constructor(url: string, token: string, settings: Readonly<Record<string, string>>) {
    this.url = url;
    this.token = token;
    this.#settings = settings;
  }

  static async open(
    databaseUrl: string,
    provider: IdentityProvider,
  ): Promise<SixProcesses & AsyncDisposable> {
    const [gatewayPort = 0, ...ports] = await fixedPorts(parts.length);
    const settings: Record<string, string> = {
      NODE_ENV: 'production',
      TONGDUI_PORT: String(gatewayPort),
      TONGDUI_DATABASE_URL: databaseUrl,
      TONGDUI_CURSOR_KEY: 'c'.repeat(32),
      TONGDUI_PERSONAL_KEY: 'p'.repeat(32),
      TONGDUI_INTERNAL_KEY: 'i'.repeat(32),
      TONGDUI_CHECKPOINT_KEY: 'k'.repeat(32),
      TONGDUI_JWKS_URL: provider.jwks.href,
      TONGDUI_ISSUER: provider.issuer,
      TONGDUI_LOG_LEVEL: 'error',
    };
    for (const [index, name] of subgraphNames.entries()) {
      const setting = `TONGDUI_URL_${name.toUpperCase().replaceAll('-', '_')}`;
      settings[setting] = `http://127.0.0.1:${ports[index]}`;
    }
    const url = `http://127.0.0.1:${gatewayPort}`;
    const six = new SixProcesses(url, await provider.operator('operator:load'), settings);
    await Promise.all(parts.map((part) => six.start(part)));
    return Object.assign(six, { [Symbol.asyncDispose]: () => six.#kill() });
  }

  /** Starts one and waits until it is ready. */
  async start(part: Part): Promise<void> {
    const program = start(this.#folder, { ...this.#settings }, part);
    this.#running.set(part, program);
    this.said.push(program);
    await program.url();
  }

  signal(part: Part, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#program(part).child.kill(signal);
  }

  /** Waits for the end of one and answers its exit code: null when a signal ended it. */
  ended(part: Part): Promise<number | null> {
    return this.#program(part).ended;
  }

  /** What was said that somebody has to look at. */
  complaints(): string[] {
    return this.said.flatMap(({ output }) =>
      output.split('\n').filter((line) => line !== '' && !line.includes('ready at')),
    );
  }

  #program(part: Part): Program {
    const program = this.#running.get(part);
    assert(program, `${part} was started`);
    return program;
  }

  async #kill(): Promise<void> {
    for (const { child, ended } of this.#running.values()) {
      child.kill('SIGKILL');
      await ended;
    }
  }
}

export type IdentityProvider = Foreign &
  Readonly<{ issuer: string; jwks: URL; operator: (subject: string) => Promise<string> }>;

/** Signs access tokens and shows the key to check them with. */
export async function openIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const key = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
  const issuer = 'https://identity.test';
  const server = await foreignServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }));
  });
  return {
    ...server,
    issuer,
    jwks: new URL('/jwks', server.address),
    operator: (subject) =>
      new SignJWT({ roles: ['OPERATOR'] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience('tongdui')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
  };
}

/**
 * Ports that stay free while nobody listens: below those from which connections get theirs, or one of
 * them might have taken the port of a process that is down.
 */
async function fixedPorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (isFree) ports.add(port);
    await new Promise((closed) => server.close(closed));
  }
  return [...ports];
}
