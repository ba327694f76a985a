import { composeSupergraph } from '../../../gateway/compose.ts';
import { readSdl } from '../../../shared/graphql/build-subgraph.ts';
import { catalog } from '../../../subgraphs/catalog.ts';

/** Composed of the five subgraphs that are measured, whatever else the committed one holds. */
export const supergraphSdl = composeSupergraph(
  catalog.map(({ name, folder }) => ({ name, sdl: readSdl(folder) })),
);
