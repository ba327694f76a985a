import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway, type Gateway } from '../gateway/gateway.ts';
import { startGateway } from '../gateway/start.ts';
import { subgraphNames } from '../shared/addresses.ts';
import { systemClock } from '../shared/clock.ts';
import { addressesOf, type Config } from '../shared/config.ts';
import { anonymous } from '../shared/graphql/caller.ts';
import type { SubgraphTransport } from '../shared/graphql/request.ts';
import { newId } from '../shared/identifiers.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import { askedSeldom, someReady, untilReady } from '../shared/network/ready.ts';
import { settle, startWorkers } from '../shared/workers.ts';
import { type Ask, operatorOf } from './alliance.ts';
import { catalog } from './catalog.ts';
import { demoIdentities } from './demo/identities.ts';
import { type DemoIds, loadDemo } from './demo/load.ts';
import type { DemoShop } from './demo/shop.ts';
import { demoVariables } from './demo/variables.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { groundOf, remoteOf } from './ground.ts';
import type { Ground } from './open-subgraph.ts';
import { registrationsOf, shopOf } from './own-subgraphs.ts';
import type { Started } from './started.ts';

/** What may be left out of the process: a subgraph, or the jewellery shop of the demo. */
export const leavable = [...subgraphNames, 'merchant-template'] as const;
export type Leavable = (typeof leavable)[number];

/** How long the gateway waits for the subgraphs before it loads the demo, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Starts the alliance in this process: databases, subgraphs, work in the background, gateway. Outside
 * of production the demo alliance is loaded, once. Throws an Error that says what to do when a setting
 * or the port cannot be used; nothing is left running then.
 *
 * What it is started `without` is asked for at its address, as if it ran there: it may, or not.
 */
export async function startAlliance(
  config: Config,
  without: readonly Leavable[] = [],
): Promise<Started> {
  const ground = groundOf(config);
  const elsewhere = subgraphNames.filter((name) => without.includes(name));
  // The demo is loaded by all of them, and then some are left out.
  const loaded = elsewhere.length === 0 ? null : await loadOnce(config, ground);
  const remote = elsewhere.length === 0 ? null : remoteOf(config);
  const embedded = await openEmbedded({
    ...ground,
    ...(remote && {
      definitions: catalog.filter(({ name }) => !elsewhere.includes(name)),
      elsewhere: remote.transport,
    }),
  });
  const { transport, isReady: readiness } = embedded;
  const close = async () => {
    await embedded.close();
    remote?.close();
  };
  try {
    const demo = loaded ?? (await loadInto(config, embedded, ground.logger));
    const shop = await shopOf(config, demo, without.includes('merchant-template'));
    const before = await startBefore(config, { transport, demo, readiness, shop }).catch(
      async (error: unknown) => {
        await shop?.stop();
        throw error;
      },
    );
    const stopWorkers = startWorkers(embedded.workers, ground.logger);
    const stop = async () => {
      await before.stop();
      await shop?.stop();
      await stopWorkers();
      await close();
    };
    return { ...before, demo, stop };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Starts the gateway alone, before subgraphs that run in other processes. One that is down costs its own
 * fields; only when none answers, requests are better sent to another gateway.
 */
export async function startGatewayAlone(config: Config): Promise<Started> {
  const remote = remoteOf(config);
  try {
    const demo = await loadThrough(config, remote.transport);
    const { transport } = remote;
    const readiness = askedSeldom(() => someReady(addressesOf(config)));
    const shop = await shopOf(config, demo, true);
    const before = await startBefore(config, { transport, demo, readiness, shop });
    const stop = async () => {
      await before.stop();
      remote.close();
    };
    return { ...before, demo, stop };
  } catch (error) {
    remote.close();
    throw error;
  }
}

type Before = Readonly<{
  transport: SubgraphTransport;
  demo: DemoIds | null;
  readiness?: () => Promise<boolean>;
  shop?: DemoShop | null;
}>;

const startBefore = async (config: Config, { demo, shop = null, ...rest }: Before) =>
  startGateway({
    config,
    ...rest,
    merchants: [
      ...(await registrationsOf(config, demo, rest.transport)),
      ...(shop === null ? [] : [shop.registration]),
    ],
    logger: createLogger(config.TONGDUI_LOG_LEVEL),
    clock: systemClock,
    newId,
    ...(demo && {
      identities: demoIdentities(demo),
      variables: demoVariables(demo, systemClock.now()),
    }),
  });

async function loadOnce(config: Config, ground: Ground): Promise<DemoIds | null> {
  if (config.NODE_ENV === 'production') return null;
  const embedded = await openEmbedded(ground);
  try {
    return await loadInto(config, embedded, ground.logger);
  } finally {
    await embedded.close();
  }
}

async function loadInto(
  config: Config,
  { transport, workers }: Embedded,
  logger: Logger,
): Promise<DemoIds | null> {
  if (config.NODE_ENV === 'production') return null;
  const demo = await load(transport, logger);
  await settle(workers);
  return demo;
}

async function loadThrough(config: Config, transport: SubgraphTransport): Promise<DemoIds | null> {
  if (config.NODE_ENV === 'production') return null;
  await untilReady(addressesOf(config), PATIENCE_MS, (silent) => {
    console.log(`The demo waits for ${silent.join(', ')}.`);
  });
  return load(transport, createLogger(config.TONGDUI_LOG_LEVEL));
}

/** How often the demo asks again for what was too slow. Processes that start together are slow at first. */
const ATTEMPTS = 5;

/** Asks as the operator, and again with the same key while a subgraph brings no answer. */
function askAgain(gateway: Gateway, name: string): Ask {
  return async (query, variables) => {
    for (let attempt = 1; ; attempt += 1) {
      const caller = operatorOf(name);
      const { data, errors } = await gateway.ask({ query, variables, caller });
      if (errors === undefined) return data;
      const isOutage = errors.every(({ extensions }) =>
        String(extensions?.code).startsWith('SUBGRAPH_'),
      );
      if (!isOutage || attempt === ATTEMPTS) throw new Error(errors[0]?.message);
      await sleep(attempt * 500);
    }
  };
}

/** Loads the demo through the graph, before anybody else can ask. */
async function load(transport: SubgraphTransport, logger: Logger): Promise<DemoIds> {
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8'),
    transport,
    identify: async () => anonymous,
    clock: systemClock,
    newId,
    logger,
  });
  try {
    return await loadDemo(askAgain(gateway, 'demo'), askAgain(gateway, 'demo-second'));
  } finally {
    await gateway.stop();
  }
}
