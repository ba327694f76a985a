import type { DocumentNode, GraphQLSchema } from 'graphql';
import { execute, type GraphQLError, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../logger.ts';
import { checkLiterals, checkTexts } from './checked-text.ts';
import { coercerOf } from './coerce.ts';
import { shownError } from './faults.ts';
import type { SubgraphRequest, SubgraphResponse } from './request.ts';
import type { Wording } from './wording.ts';

export type AnswererOptions = Readonly<{
  schema: GraphQLSchema;
  wording: Wording;
  logger: Logger;
  /** What resolvers are given. */
  contextFor: (request: SubgraphRequest) => unknown;
}>;

/**
 * Makes what answers requests by a schema: documents are remembered, texts are looked through, and of
 * errors only what is meant for the caller gets out.
 */
export function answerer({
  schema,
  wording,
  logger,
  contextFor,
}: AnswererOptions): (request: SubgraphRequest) => Promise<SubgraphResponse> {
  const documents = documentCache(schema);
  const coerced = coercerOf(schema);
  return async (request) => {
    const { locale } = request.call;
    const shown = (errors: readonly GraphQLError[]) =>
      errors.map((error) => shownError(error, { wording, locale, logger }));
    const { document, errors: rejected } = documents(request.query, request.isPlanned === true);
    if (rejected.length > 0) return { errors: shown(rejected) };
    const malformed = checkTexts(request.variables);
    if (malformed !== null) return { data: null, errors: shown([malformed]) };
    const operationName = request.operationName ?? null;
    const ready = coerced(document, operationName, request.variables ?? {});
    const { data, errors } = await execute({
      schema: ready.schema,
      document,
      variableValues: ready.variables,
      operationName,
      contextValue: contextFor(request),
    });
    return {
      ...(data === undefined ? {} : { data: data as Record<string, unknown> | null }),
      ...(errors === undefined ? {} : { errors: shown(errors) }),
    };
  };
}

/** Signs of all documents that are remembered together. */
const DOCUMENTS_SIZE_MAX = 4_000_000;

type Checked = Readonly<{ document: DocumentNode; errors: readonly GraphQLError[] }>;

/** Each text is parsed once, and checked once unless the query planner made it from this schema. */
function documentCache(schema: GraphQLSchema): (query: string, isPlanned: boolean) => Checked {
  // Bounded by what is kept and not by how many: a text may be long, and anybody may send many.
  const known = new LRUCache<string, Checked>({
    maxSize: DOCUMENTS_SIZE_MAX,
    sizeCalculation: (_, key) => key.length,
  });
  return (query, isPlanned) => {
    const key = `${isPlanned ? 'planned' : 'checked'}\n${query}`;
    let checked = known.get(key);
    if (checked === undefined) {
      try {
        const document = parse(query, { noLocation: true, maxTokens: 15_000 });
        const malformed = checkLiterals(document);
        const errors = isPlanned ? [] : validate(schema, document);
        checked = { document, errors: malformed === null ? errors : [malformed] };
      } catch (error) {
        const document = { kind: 'Document', definitions: [] } as unknown as DocumentNode;
        checked = { document, errors: [error as GraphQLError] };
      }
      known.set(key, checked);
    }
    return checked;
  };
}
