import type { AnySubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { catalog } from '../../subgraphs/catalog.ts';

/** A resolver of a subgraph that a test can make fail, as if the subgraph were out of reach. */
export type Interruption = {
  isOut: boolean;
  /** What happens elsewhere while the answer is on its way. */
  meanwhile: (() => Promise<void>) | null;
  definition: AnySubgraphDefinition;
};

type Resolve = (...given: unknown[]) => unknown;

export function interruption(
  definition: AnySubgraphDefinition,
  type: string,
  field: string,
): Interruption {
  // A resolver map is typed where it is written; here one of its functions is put behind a switch.
  const resolvers = definition.resolvers as Record<string, Record<string, Resolve>>;
  const interrupted: Interruption = { isOut: false, meanwhile: null, definition };
  const guarded: Resolve = (...given) => {
    if (interrupted.isOut) throw new Error('out of reach');
    const answer = resolvers[type]?.[field]?.(...given);
    const { meanwhile } = interrupted;
    return meanwhile === null
      ? answer
      : Promise.resolve(answer).then(async (answered) => {
          await meanwhile();
          return answered;
        });
  };
  const changed = { ...resolvers, [type]: { ...resolvers[type], [field]: guarded } };
  interrupted.definition = { ...definition, resolvers: changed };
  return interrupted;
}

/** All subgraphs, with these in place of those of the same name. */
export const catalogWith = (...changed: readonly AnySubgraphDefinition[]) =>
  catalog.map((known) => changed.find(({ name }) => name === known.name) ?? known);
