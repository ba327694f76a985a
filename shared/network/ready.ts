import { setTimeout as sleep } from 'node:timers/promises';
import { type SubgraphName, subgraphNames } from '../addresses.ts';
import { limits } from './limits.ts';

const PING_MS = 2_000;
const REST_MS = 250;

type Addresses = Readonly<Record<SubgraphName, URL>>;

/**
 * Waits until every subgraph says that it is ready, and tells once which ones are waited for. Throws an
 * Error that names those that are not.
 */
export async function untilReady(
  addresses: Addresses,
  patienceMs: number,
  onWait: (silent: readonly SubgraphName[]) => void = () => undefined,
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let isFirst = true; ; isFirst = false) {
    const answers = await Promise.all(subgraphNames.map((name) => isReady(addresses[name])));
    const silent = subgraphNames.filter((_, index) => !answers[index]);
    if (silent.length === 0) {
      // Those that came first have asked the last one in vain, and leave it alone for a while.
      if (!isFirst) await sleep(limits.restMs);
      return;
    }
    if (isFirst) onWait(silent);
    if (performance.now() > until) {
      throw new Error(
        `These subgraphs do not answer: ${silent.join(', ')}. Start them first, each in a process of ` +
          `its own: npx node subgraphs/main.ts ${silent[0]}`,
      );
    }
    await sleep(REST_MS);
  }
}

/** Whether at least one subgraph says that it is ready. */
export function someReady(addresses: Addresses): Promise<boolean> {
  const answers = subgraphNames.map(async (name) => {
    if (!(await isReady(addresses[name]))) throw new Error(`${name} is not ready`);
  });
  return Promise.any(answers).then(
    () => true,
    () => false,
  );
}

/** Asks no more than once in a while, however often it is asked itself. A failure is a no. */
export function askedSeldom(ask: () => Promise<boolean>): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let last: Promise<boolean> = Promise.resolve(false);
  return () => {
    if (performance.now() - asked > limits.readyMs) {
      asked = performance.now();
      last = ask().catch(() => false);
    }
    return last;
  };
}

async function isReady(address: URL): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PING_MS);
    const response = await fetch(new URL('/readyz', address), { signal, redirect: 'error' });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
