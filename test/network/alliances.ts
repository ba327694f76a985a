import { readFileSync } from 'node:fs';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import { assert } from '../../shared/assert.ts';
import type { Clock } from '../../shared/clock.ts';
import type { SubgraphTransport } from '../../shared/graphql/request.ts';
import type { NewId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { remoteTransport } from '../../shared/network/remote.ts';
import { type Served, serveSubgraph } from '../../shared/network/serve.ts';
import { catalog } from '../../subgraphs/catalog.ts';
import { openEmbedded } from '../../subgraphs/embedded.ts';
import { type Ground, openSubgraph } from '../../subgraphs/open-subgraph.ts';
import { countedIds, identifyAsSaid, Traveller } from './journey.ts';
import { deadAddress, keys, NOW } from './network.ts';

const supergraphSdl = readFileSync(
  new URL('../../gateway/supergraph.graphql', import.meta.url),
  'utf8',
);

export const clock: Clock = { now: () => new Date(NOW) };

/** Each maker of ids has a series of its own, so that it makes the same ones in any process. */
export const idsOf = (name: SubgraphName | 'gateway') =>
  countedIds(name === 'gateway' ? 0 : subgraphNames.indexOf(name) + 1);

export const groundAt = (databaseUrl: string): Omit<Ground, 'newId'> => ({
  databaseUrl,
  clock,
  keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
  logger: createLogger(process.env.TEST_LOG_LEVEL ?? 'silent'),
});

export async function gatewayBefore(
  transport: SubgraphTransport,
  its: Clock = clock,
): Promise<Readonly<{ gateway: Gateway; url: string }>> {
  const gateway = await createGateway({
    supergraphSdl,
    transport,
    identify: identifyAsSaid,
    logger: createLogger(process.env.TEST_LOG_LEVEL ?? 'silent'),
    clock: its,
    newId: idsOf('gateway'),
  });
  return { gateway, ...(await gateway.listen('127.0.0.1', 0)) };
}

/** All in one process, reached without a network. */
export async function openTogether(databaseUrl: string) {
  const newId = idsOf('gateway');
  const embedded = await openEmbedded({ ...groundAt(databaseUrl), newId, newIdOf: idsOf });
  const { gateway, url } = await gatewayBefore(embedded.transport);
  return {
    traveller: new Traveller(url),
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await embedded.close();
    },
  };
}

/** Starts one subgraph for others. Its workers are at rest, as everywhere in these tests. */
export async function serveOne(
  name: SubgraphName,
  databaseUrl: string,
  addresses: Readonly<Record<SubgraphName, URL>>,
  newId: NewId = idsOf(name),
) {
  const definition = catalog.find((known) => known.name === name);
  assert(definition, 'the catalog has every subgraph');
  const ground = groundAt(databaseUrl);
  const remote = remoteTransport({ addresses, keys, clock, logger: ground.logger });
  const subgraph = await openSubgraph(definition, {
    ...ground,
    newId,
    transport: remote.transport,
  });
  const port = Number(addresses[name].port);
  const { logger } = ground;
  const served = await serveSubgraph(subgraph, { host: '127.0.0.1', port, keys, clock, logger });
  return {
    ...served,
    subgraph,
    async stop() {
      await served.stop();
      await subgraph.close();
      remote.close();
    },
  };
}

/** An address for each subgraph, at which nobody listens yet. */
export async function freeAddresses(): Promise<Record<SubgraphName, URL>> {
  const entries = subgraphNames.map(async (name) => [name, await deadAddress()] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<SubgraphName, URL>;
}

/** Five servers and a gateway that reach one another only over HTTP, in this process. */
export async function openApart(databaseUrl: string, timeoutMs = 5_000) {
  const addresses = await freeAddresses();
  const served = new Map<SubgraphName, Served>();
  // One that is started again goes on where it was, as real ids do.
  const ids = new Map(subgraphNames.map((name) => [name, idsOf(name)]));
  async function startOne(name: SubgraphName): Promise<void> {
    served.set(name, await serveOne(name, databaseUrl, addresses, ids.get(name)));
  }
  for (const name of subgraphNames) await startOne(name);
  const remote = remoteTransport({ addresses, keys, clock, timeoutMs });
  const { gateway, url } = await gatewayBefore(remote.transport);
  return {
    traveller: new Traveller(url),
    addresses,
    stopOne: async (name: SubgraphName) => served.get(name)?.stop(),
    startOne,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      remote.close();
      for (const { stop } of served.values()) await stop();
    },
  };
}

export type Apart = Awaited<ReturnType<typeof openApart>>;
