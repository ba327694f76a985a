import { readFileSync } from 'node:fs';
import { createGateway } from '../gateway/gateway.ts';
import { startGateway } from '../gateway/start.ts';
import { systemClock } from '../shared/clock.ts';
import type { Config } from '../shared/config.ts';
import { anonymous } from '../shared/graphql/caller.ts';
import { newId } from '../shared/identifiers.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import { settle, startWorkers } from '../shared/workers.ts';
import { askAs, operatorOf } from './alliance.ts';
import { demoIdentities } from './demo/identities.ts';
import { type DemoIds, loadDemo } from './demo/load.ts';
import { demoVariables } from './demo/variables.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { keysOf } from './keys.ts';

export type Started = Readonly<{
  url: string;
  /** What is there to be seen, or null where there is no demo. */
  demo: DemoIds | null;
  stop: () => Promise<void>;
}>;

/**
 * Starts the alliance in this process: databases, subgraphs, work in the background, gateway. Outside
 * of production the demo alliance is loaded, once. Throws an Error that says what to do when a setting
 * or the port cannot be used; nothing is left running then.
 */
export async function startAlliance(config: Config): Promise<Started> {
  const logger = createLogger(config.TONGDUI_LOG_LEVEL);
  const embedded = await openEmbedded({
    databaseUrl: config.TONGDUI_DATABASE_URL,
    keys: keysOf(config),
    clock: systemClock,
    newId,
    logger,
  });
  try {
    const demo = config.NODE_ENV === 'production' ? null : await loadInto(embedded, logger);
    const { gateway, url } = await startGateway({
      config,
      transport: embedded.transport,
      logger,
      clock: systemClock,
      newId,
      readiness: embedded.isReady,
      ...(demo && { identities: demoIdentities(demo), variables: demoVariables(demo) }),
    });
    const stopWorkers = startWorkers(embedded.workers, logger);
    const stop = async () => {
      await gateway.stop();
      await stopWorkers();
      await embedded.close();
    };
    return { url, demo, stop };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/** Loads the demo through the graph, before anybody else can ask. */
async function loadInto(embedded: Embedded, logger: Logger): Promise<DemoIds> {
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8'),
    transport: embedded.transport,
    identify: async () => anonymous,
    clock: systemClock,
    newId,
    logger,
  });
  try {
    const demo = await loadDemo(askAs(gateway, operatorOf('demo')));
    await settle(embedded.workers);
    return demo;
  } finally {
    await gateway.stop();
  }
}
