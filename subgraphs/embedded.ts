import type { SubgraphName } from '../shared/addresses.ts';
import type { Clock } from '../shared/clock.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import type { Keys } from '../shared/graphql/context.ts';
import { peersOf } from '../shared/graphql/peers.ts';
import type { SubgraphTransport } from '../shared/graphql/request.ts';
import {
  type AnySubgraphDefinition,
  createSubgraph,
  type Subgraph,
} from '../shared/graphql/subgraph.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { Logger } from '../shared/logger.ts';
import type { Worker } from '../shared/workers.ts';
import { catalog } from './catalog.ts';

export type EmbeddedOptions = Readonly<{
  databaseUrl: string;
  clock: Clock;
  newId: NewId;
  keys: Keys;
  logger: Logger;
  /** Replaces definitions, for tests that observe a subgraph at work. */
  definitions?: readonly AnySubgraphDefinition[];
  /** Told the text of every SQL statement of a subgraph. Tests count with it. */
  onStatement?: (name: SubgraphName, sql: string) => void;
}>;

/** All five subgraphs in this process, reached without a network. */
export type Embedded = Readonly<{
  subgraphs: ReadonlyMap<SubgraphName, Subgraph>;
  transport: SubgraphTransport;
  workers: readonly Worker[];
  /** Whether the databases of all subgraphs answer. */
  isReady: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

/** Opens the databases, brings them up to date, and brings all subgraphs to life. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const subgraphs = new Map<SubgraphName, Subgraph>();
  const transport: SubgraphTransport = async (name, request) => {
    const subgraph = subgraphs.get(name);
    if (subgraph === undefined) throw new Error(`${name} does not run in this process`);
    return subgraph.answer(request);
  };
  const { onStatement } = options;
  const close = async () => {
    for (const subgraph of subgraphs.values()) await subgraph.close();
  };
  for (const definition of options.definitions ?? catalog) {
    const { name } = definition;
    const database = await Database.open({
      address: addressUnder(options.databaseUrl, name),
      entities: definition.entities,
      migrations: definition.migrations,
      ...(onStatement && { onStatement: (sql: string) => onStatement(name, sql) }),
    }).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    const { clock, newId, keys } = options;
    const logger = options.logger.child({ subgraph: name });
    const peers = peersOf(name, transport);
    subgraphs.set(
      name,
      createSubgraph(definition, { database, clock, newId, peers, logger, keys }),
    );
  }
  return {
    subgraphs,
    transport,
    workers: [...subgraphs.values()].flatMap(({ workers }) => workers),
    isReady: async () => {
      const ready = [...subgraphs.values()].map((subgraph) => subgraph.isReady());
      return (await Promise.all(ready)).every((one) => one);
    },
    close,
  };
}
