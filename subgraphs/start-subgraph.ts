import type { SubgraphName } from '../shared/addresses.ts';
import { addressesOf, type Config } from '../shared/config.ts';
import type { AnySubgraphDefinition } from '../shared/graphql/subgraph.ts';
import { serveSubgraph } from '../shared/network/serve.ts';
import { startWorkers } from '../shared/workers.ts';
import { groundOf, remoteOf } from './ground.ts';
import { internalKeysOf } from './keys.ts';
import { openSubgraph } from './open-subgraph.ts';
import type { Started } from './started.ts';

/** A process loads the one that it runs: the others would double its memory and the time of its start. */
const definitions: Readonly<Record<SubgraphName, () => Promise<AnySubgraphDefinition>>> = {
  members: async () => (await import('./members/subgraph.ts')).members,
  merchants: async () => (await import('./merchants/subgraph.ts')).merchants,
  'points-ledger': async () => (await import('./points-ledger/subgraph.ts')).pointsLedger,
  'rewards-catalog': async () => (await import('./rewards-catalog/subgraph.ts')).rewardsCatalog,
  'green-consumption': async () =>
    (await import('./green-consumption/subgraph.ts')).greenConsumption,
};

/** Starts one subgraph for the other processes, with its work in the background. */
export async function startSubgraph(config: Config, name: SubgraphName): Promise<Started> {
  const ground = groundOf(config);
  const { clock, logger } = ground;
  const keys = internalKeysOf(config);
  const remote = remoteOf(config);
  const subgraph = await openSubgraph(await definitions[name](), {
    ...ground,
    transport: remote.transport,
  });
  const close = async () => {
    await subgraph.close();
    remote.close();
  };
  try {
    const port = Number(addressesOf(config)[name].port || 80);
    const host = config.TONGDUI_HOST;
    const { url, stop: stopServing } = await serveSubgraph(subgraph, {
      host,
      port,
      keys,
      clock,
      logger,
    });
    const stopWorkers = startWorkers(subgraph.workers, logger);
    const stop = async () => {
      await stopServing();
      await stopWorkers();
      await close();
    };
    return { url, demo: null, refused: [], stop };
  } catch (error) {
    await close();
    throw error;
  }
}
