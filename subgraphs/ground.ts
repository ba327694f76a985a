import { systemClock } from '../shared/clock.ts';
import { addressesOf, type Config } from '../shared/config.ts';
import { newId } from '../shared/identifiers.ts';
import { createLogger } from '../shared/logger.ts';
import { type Remote, remoteTransport } from '../shared/network/remote.ts';
import { internalKeysOf, keysOf } from './keys.ts';
import type { Ground } from './open-subgraph.ts';

/** What the subgraphs of a process stand on, as the settings say. */
export const groundOf = (config: Config): Ground => ({
  databaseUrl: config.TONGDUI_DATABASE_URL,
  keys: keysOf(config),
  isDevelopment: config.NODE_ENV !== 'production',
  clock: systemClock,
  newId,
  logger: createLogger(config.TONGDUI_LOG_LEVEL),
});

/** How the subgraphs of other processes are reached. */
export const remoteOf = (config: Config): Remote =>
  remoteTransport({
    addresses: addressesOf(config),
    keys: internalKeysOf(config),
    clock: systemClock,
    logger: createLogger(config.TONGDUI_LOG_LEVEL),
  });
