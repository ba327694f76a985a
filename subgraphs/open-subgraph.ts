import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import type { Frame } from '../shared/graphql/context.ts';
import { peersOf } from '../shared/graphql/peers.ts';
import type { SubgraphTransport } from '../shared/graphql/request.ts';
import {
  type AnySubgraphDefinition,
  createSubgraph,
  type Subgraph,
} from '../shared/graphql/subgraph.ts';

/** What all subgraphs of a process have in common. */
export type Ground = Pick<Frame, 'clock' | 'newId' | 'keys' | 'logger' | 'isDevelopment'> &
  Readonly<{ databaseUrl: string }>;

export type OpenOptions = Ground &
  Readonly<{
    /** How it reaches the others. */
    transport: SubgraphTransport;
    /** Told the text of every SQL statement. Tests count with it. */
    onStatement?: (sql: string) => void;
  }>;

/** Opens the database of a subgraph, brings it up to date, and brings the subgraph to life on it. */
export async function openSubgraph(
  definition: AnySubgraphDefinition,
  {
    databaseUrl,
    clock,
    newId,
    keys,
    logger,
    isDevelopment = false,
    transport,
    onStatement,
  }: OpenOptions,
): Promise<Subgraph> {
  const { name, entities, migrations } = definition;
  const database = await Database.open({
    address: addressUnder(databaseUrl, name),
    entities,
    migrations,
    ...(onStatement && { onStatement }),
  });
  return createSubgraph(definition, {
    database,
    clock,
    newId,
    keys,
    isDevelopment,
    logger: logger.child({ subgraph: name }),
    peers: peersOf(name, transport),
  });
}
