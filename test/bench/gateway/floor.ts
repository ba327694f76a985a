import { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, execute, parse } from 'graphql';
import { type Grounded, logger } from './ground.ts';
import { listing } from './listing.ts';
import { plainContext, plainSchema } from './plain.ts';
import { supergraphSdl } from './supergraph.ts';

/** Answers the listing once, as text. */
export type Floor = () => Promise<string>;

/**
 * What neither stack can avoid: in one process, the plan of the listing is carried out by
 * `@apollo/gateway` (planned once, as for both stacks), each fetch is executed by graphql-js on a
 * document that was parsed once, the parts are merged and shaped, and the answer is written as JSON once.
 * There is no HTTP, no Apollo Server, no caller, no check, no pruning and no limit.
 */
export async function openFloor(grounded: readonly Grounded[]): Promise<Floor> {
  const sources = new Map(
    grounded.map((one) => [one.definition.name as string, { process: executed(one) }]),
  );
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger,
    buildService: ({ name }) => {
      const source = sources.get(name);
      if (source === undefined) throw new Error(`no such subgraph: ${name}`);
      return source;
    },
  });
  const { executor } = await gateway.load();
  const document = parse(listing.query);
  const { query, variables } = listing;
  const request = { query, variables };
  return async () => {
    const context = { request, document, queryHash: 'listing', metrics: {}, context: {}, logger };
    // The gateway reads only these of what Apollo Server would give it.
    return JSON.stringify(await executor(context as never));
  };
}

function executed(grounded: Grounded) {
  const schema = plainSchema(grounded);
  const contextFor = plainContext(grounded);
  const documents = new Map<string, DocumentNode>();
  return async ({ request }: { request: { query?: string; variables?: object } }) => {
    const { query = '', variables = {} } = request;
    let document = documents.get(query);
    if (document === undefined) {
      document = parse(query, { noLocation: true });
      documents.set(query, document);
    }
    const variableValues = { ...variables };
    const contextValue = contextFor();
    // Apollo's type of an answer and that of graphql-js differ in name only.
    return (await execute({ schema, document, variableValues, contextValue })) as never;
  };
}
