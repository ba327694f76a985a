import { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, execute, parse } from 'graphql';
import { distinct, spreadEntities } from '../../../gateway/distinct.ts';
import type { Json } from '../../../gateway/prune.ts';
import { type Grounded, logger } from './ground.ts';
import { listing } from './listing.ts';
import { plainContext, plainSchema } from './plain.ts';
import { supergraphSdl } from './supergraph.ts';

/** Answers the listing once, as text. */
export type Floor = () => Promise<string>;

/**
 * What neither stack can avoid: in one process, the plan of the listing is carried out by
 * `@apollo/gateway` (planned once, as for both stacks), each fetch asks about each entity once and is
 * executed by graphql-js on a document that was parsed once, the parts are merged and shaped, and the
 * answer is written as JSON once. There is no HTTP, no Apollo Server, no caller, no check, no pruning
 * and no limit.
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

type Asked = Readonly<{
  request: Readonly<{ query?: string; variables?: Readonly<Record<string, unknown>> }>;
}>;

/** Answers one subgraph's fetches. Like the rest of this stack it does no more than it must. */
function executed(grounded: Grounded): (asked: Asked) => Promise<never> {
  const schema = plainSchema(grounded);
  const contextFor = plainContext(grounded);
  const documents = new Map<string, DocumentNode>();
  const executeOn = (query: string, variableValues: Asked['request']['variables']) => {
    const document = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, document);
    return execute({
      schema,
      document,
      ...(variableValues && { variableValues }),
      contextValue: contextFor(),
    });
  };
  return async ({ request: { query = '', variables = {} } }) => {
    const { representations: all } = variables;
    // Apollo's type of an answer and that of graphql-js differ in name only.
    if (!Array.isArray(all)) return (await executeOn(query, variables)) as never;
    const once = distinct(all);
    const { data, errors } = await executeOn(query, {
      ...variables,
      representations: once.representations,
    });
    // What graphql-js answers is JSON here. `@apollo/gateway` merges into what it is given, so each
    // place gets an object of its own.
    const entities = spreadEntities(data?._entities as Json | undefined, once);
    return { data: { _entities: entities.map((one) => Object.assign({}, one)) }, errors } as never;
  };
}
