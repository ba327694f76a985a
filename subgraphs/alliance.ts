import { readFileSync } from 'node:fs';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway/gateway.ts';
import { systemClock } from '../shared/clock.ts';
import { anonymous, type Caller } from '../shared/graphql/caller.ts';
import type { Keys } from '../shared/graphql/context.ts';
import type { Locale } from '../shared/graphql/wording.ts';
import { newId } from '../shared/identifiers.ts';
import type { Logger } from '../shared/logger.ts';
import { type Embedded, openEmbedded } from './embedded.ts';

/** The whole alliance in this process: the subgraphs, and the gateway before them. */
export type Alliance = Readonly<{
  gateway: Gateway;
  embedded: Embedded;
  workers: Embedded['workers'];
  askAs: (caller: Caller, locale?: Locale) => Ask;
  close: () => Promise<void>;
}>;

export type AllianceOptions = Readonly<{
  databaseUrl: string;
  keys: Keys;
  logger: Logger;
  gateway?: Partial<GatewayOptions>;
}>;

/** Opens the databases, brings the subgraphs to life and composes their graph. */
export async function openAlliance({
  databaseUrl,
  keys,
  logger,
  gateway: more = {},
}: AllianceOptions): Promise<Alliance> {
  const embedded = await openEmbedded({ databaseUrl, keys, logger, clock: systemClock, newId });
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8'),
    transport: embedded.transport,
    identify: async () => anonymous,
    logger,
    clock: systemClock,
    newId,
    ...more,
  }).catch(async (error: unknown) => {
    await embedded.close();
    throw error;
  });
  return {
    gateway,
    embedded,
    workers: embedded.workers,
    askAs: (caller, locale) => askAs(gateway, caller, locale),
    close: async () => {
      await gateway.stop();
      await embedded.close();
    },
  };
}

/** Asks the graph and answers the data; throws an Error with the first message when there is any error. */
// biome-ignore lint/suspicious/noExplicitAny: each caller states the shape of its own document.
export type Ask = (query: string, variables: Record<string, unknown>) => Promise<any>;

/** Our own programs ask like everybody else: through the gateway, as somebody. */
export const askAs =
  (gateway: Gateway, caller: Caller, locale: Locale = 'en'): Ask =>
  async (query, variables) => {
    const { data, errors } = await gateway.ask({ query, variables, caller, locale });
    if (errors !== undefined) throw new Error(errors[0]?.message);
    return data;
  };

/** The operator's own programs: `name` says which, in the record of who did what. */
export const operatorOf = (name: string): Caller => ({
  subject: `operator:${name}`,
  roles: ['PUBLIC', 'OPERATOR'],
  memberId: null,
  merchantId: null,
});
