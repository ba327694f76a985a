import { setTimeout as sleep } from 'node:timers/promises';
import { type SubgraphName, subgraphNames } from '../addresses.ts';

const PING_MS = 2_000;
const REST_MS = 250;

/** Waits until every subgraph says that it is ready. Throws an Error that names those that do not. */
export async function untilReady(
  addresses: Readonly<Record<SubgraphName, URL>>,
  patienceMs: number,
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const answers = await Promise.all(subgraphNames.map((name) => isReady(addresses[name])));
    const silent = subgraphNames.filter((_, index) => !answers[index]);
    if (silent.length === 0) return;
    if (performance.now() > until) {
      throw new Error(
        `These subgraphs do not answer: ${silent.join(', ')}. Start them first, each in a process of ` +
          `its own: npx node subgraphs/main.ts ${silent[0]}`,
      );
    }
    await sleep(REST_MS);
  }
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
