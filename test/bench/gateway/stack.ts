import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request as sendRequest } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type SubgraphName, subgraphNames } from '../../../shared/addresses.ts';
import { atOnce } from './at-once.ts';
import { freshSecret } from './ground.ts';
import { listing } from './listing.ts';
import type { Part, Question, Told } from './part.ts';

export type Ran = Readonly<{ answer: string; latencies: readonly number[]; cpuMs: number }>;

/** Processes that answer the listing together. */
export type Stack = Readonly<{
  name: 'plain' | 'http' | 'embedded' | 'floor';
  /** Asks so often, some at the same time. `cpuMs` is what all its processes together used for one. */
  run: (times: number, callers: number) => Promise<Ran>;
  stop: () => Promise<void>;
}>;

const TRIES_MAX = 5;

/** All stacks over one database, or on resolvers that answer from memory. */
export async function openStacks(databaseUrl: string | null): Promise<readonly Stack[]> {
  const secret = freshSecret();
  const [plain, ours, embedded, floor] = await Promise.all([
    Promise.all(subgraphNames.map((name) => start({ kind: 'plain subgraph', name, databaseUrl }))),
    Promise.all(
      subgraphNames.map((name) => start({ kind: 'our subgraph', name, databaseUrl, secret })),
    ),
    start({ kind: 'embedded', databaseUrl }),
    start({ kind: 'floor', databaseUrl }),
  ]);
  const [plainGateway, ourGateway] = await Promise.all([
    start({ kind: 'plain gateway', databaseUrl, addresses: addressesOf(plain) }),
    start({ kind: 'our gateway', databaseUrl, addresses: addressesOf(ours), secret }),
  ]);
  return [
    served('plain', plainGateway, plain),
    served('http', ourGateway, ours),
    served('embedded', embedded, []),
    {
      name: 'floor',
      run: (times, callers) =>
        counted(
          [floor],
          async () => {
            const told = await floor.ask({ ask: 'run', times, callers });
            if (told.told !== 'run') throw new Error(`no answer to what was asked: ${told.told}`);
            return told;
          },
          times,
        ),
      stop: floor.stop,
    },
  ];
}

const addressesOf = (running: readonly Running[]) =>
  Object.fromEntries(subgraphNames.map((name, index) => [name, running[index]?.url])) as Record<
    SubgraphName,
    string
  >; // One is running for each name.

function served(name: Stack['name'], gateway: Running, subgraphs: readonly Running[]): Stack {
  const agent = new Agent({ keepAlive: true });
  const all = [gateway, ...subgraphs];
  return {
    name,
    run: (times, callers) =>
      patiently(() =>
        counted(all, () => atOnce(() => askOver(agent, gateway), times, callers), times),
      ),
    async stop() {
      agent.destroy();
      await Promise.all(all.map(({ stop }) => stop()));
    },
  };
}

/**
 * While others have their turn connections go stale, and the plain stack answers with errors when one
 * breaks: it tries nothing twice. What broke is measured again.
 */
async function patiently(run: () => Promise<Ran>): Promise<Ran> {
  for (let tries = 1; ; tries += 1) {
    const ran = await run().catch((error: unknown) => {
      if (tries === TRIES_MAX) throw error;
      return null;
    });
    if (ran !== null && (tries === TRIES_MAX || !ran.answer.includes('"errors"'))) return ran;
  }
}

async function counted(
  processes: readonly Running[],
  run: () => Promise<Omit<Ran, 'cpuMs'>>,
  times: number,
): Promise<Ran> {
  const before = await cpuOf(processes);
  const { answer, latencies } = await run();
  const cpuMs = ((await cpuOf(processes)) - before) / times;
  return { answer, latencies, cpuMs };
}

async function cpuOf(processes: readonly Running[]): Promise<number> {
  const told = await Promise.all(processes.map(({ ask }) => ask({ ask: 'cpu' })));
  return told.reduce((sum, one) => sum + (one.told === 'cpu' ? one.ms : Number.NaN), 0);
}

type Running = Readonly<{
  url: string;
  token: string | null;
  ask: (question: Question) => Promise<Told>;
  stop: () => Promise<void>;
}>;

async function start(part: Part): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'part.ts'), [JSON.stringify(part)]);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = await next(child);
  if (ready.told !== 'ready') throw new Error(`not ready: ${ready.told}`);
  return {
    url: ready.url ?? '',
    token: ready.token ?? null,
    ask(question) {
      const answer = next(child);
      child.send(question);
      return answer;
    },
    stop() {
      child.disconnect();
      return ended;
    },
  };
}

/** What a process tells next. Each is asked one thing at a time. */
function next(child: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    const lost = (code: number | null) => reject(new Error(`a process ended early (${code})`));
    child.once('exit', lost);
    child.once('message', (told) => {
      child.off('exit', lost);
      resolve(told as Told); // Only `part.ts` speaks there.
    });
  });
}

const body = JSON.stringify(listing);

function askOver(agent: Agent, { url, token }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'accept-language': 'en',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      text(response).then(resolve, reject);
    });
    request.end(body);
  });
}
