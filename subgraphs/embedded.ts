import type { SubgraphName } from '../shared/addresses.ts';
import { SubgraphFailure, type SubgraphTransport } from '../shared/graphql/request.ts';
import type { AnySubgraphDefinition, Subgraph } from '../shared/graphql/subgraph.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { Worker } from '../shared/workers.ts';
import { catalog } from './catalog.ts';
import { type Ground, openSubgraph } from './open-subgraph.ts';

export type EmbeddedOptions = Ground &
  Readonly<{
    /** Other definitions than all of ours: some of them, or some that a test observes at work. */
    definitions?: readonly AnySubgraphDefinition[];
    /** How subgraphs are reached that do not run in this process. They are out of reach without it. */
    elsewhere?: SubgraphTransport;
    /** Ids for each subgraph by itself, for tests that compare what is answered. */
    newIdOf?: (name: SubgraphName) => NewId;
    /** Told the text of every SQL statement of a subgraph. Tests count with it. */
    onStatement?: (name: SubgraphName, sql: string) => void;
  }>;

/** The subgraphs of this process, reached without a network. */
export type Embedded = Readonly<{
  subgraphs: ReadonlyMap<SubgraphName, Subgraph>;
  transport: SubgraphTransport;
  workers: readonly Worker[];
  /** Whether the databases of all subgraphs answer. */
  isReady: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

/** Opens the databases, brings them up to date, and brings the subgraphs to life. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const subgraphs = new Map<SubgraphName, Subgraph>();
  const { definitions = catalog, elsewhere = nowhere, newIdOf, onStatement, ...ground } = options;
  const transport: SubgraphTransport = (name, request) =>
    subgraphs.get(name)?.answer(request) ?? elsewhere(name, request);
  const close = async () => {
    for (const subgraph of subgraphs.values()) await subgraph.close();
  };
  for (const definition of definitions) {
    const { name } = definition;
    const subgraph = await openSubgraph(definition, {
      ...ground,
      transport,
      ...(newIdOf && { newId: newIdOf(name) }),
      ...(onStatement && { onStatement: (sql: string) => onStatement(name, sql) }),
    }).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    subgraphs.set(name, subgraph);
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

const nowhere: SubgraphTransport = async (name) => {
  throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `${name} does not run in this process`);
};
