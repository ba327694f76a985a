import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** The contract of one subgraph, whole. */
export type SubgraphSdl = Readonly<{ name: string; sdl: string }>;

/**
 * Composes the supergraph. Errors and hints alike are failures: a hint says that an input or enum
 * drifted between subgraphs, and then fields or values vanish from the graph without a word.
 */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const { errors, hints, supergraphSdl } = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      // Where it is is said when the gateway is made; without any address the gateway complains.
      url: `http://${name}/graphql`,
      typeDefs: parse(sdl),
    })),
  );
  const complaints = [
    ...(errors ?? []).map((error) => `${String(error.extensions.code)}: ${error.message}`),
    ...(hints ?? []).map((hint) => `${hint.definition.code}: ${hint.message}`),
  ];
  if (complaints.length > 0 || supergraphSdl === undefined) {
    throw new Error(`The subgraphs do not compose:\n${complaints.join('\n')}`);
  }
  return supergraphSdl;
}
