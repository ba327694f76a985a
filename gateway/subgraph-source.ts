import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { type GraphQLFormattedError, type GraphQLSchema, Kind, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../shared/clock.ts';
import {
  type FailureCode,
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
} from '../shared/graphql/request.ts';
import type { Logger } from '../shared/logger.ts';
import { before } from './before.ts';
import type { GatewayContext } from './context.ts';
import { type Distinct, distinct, spreadEntities, spreadErrors } from './distinct.ts';
import { isFaultCode } from './errors.ts';
import { demandsOn } from './foreign/check-value.ts';
import { limits } from './limits.ts';
import { compilePrune, type Json, type JsonObject, type Prune, responseKeysOf } from './prune.ts';

/** How one subgraph is asked. Throws SubgraphFailure when there is no answer. */
export type AskSubgraph = (request: SubgraphRequest) => Promise<SubgraphResponse>;

export type SubgraphSourceOptions = Readonly<{
  /** Its name in the supergraph. */
  name: string;
  send: AskSubgraph;
  /** Of a merchant's own what its types begin with: then nothing of it is believed. Null for one of ours. */
  prefix: string | null;
  /** The whole supergraph, inaccessible parts included. */
  schema: GraphQLSchema;
  clock: Clock;
  logger: Logger;
  /** Told the text of every fetch. Tests count with it. */
  onFetch?: (name: string, query: string) => void;
}>;

type Fetch = Readonly<{
  query: string;
  variables: JsonObject;
  /** Of a fetch of entities: which ones, as often as the answer has a place for them. */
  entities: readonly Json[] | null;
  /** The same, as they were sent: each once. */
  once: Distinct | null;
  context: GatewayContext;
}>;

/** What an answer to one text may consist of. */
type Shape = Readonly<{ prune: Prune; keys: ReadonlySet<string> }>;

type Answer = Readonly<{ data: JsonObject | null; errors: readonly GraphQLFormattedError[] }>;

/**
 * How the gateway asks one subgraph. Sends along who asks, in which language and until when; takes from
 * the answer only what was asked for; makes one code of everything that goes wrong on the way, so that
 * the other subgraphs' fields stay and nothing internal gets out.
 */
export class SubgraphSource implements GraphQLDataSource<GatewayContext> {
  readonly #options: SubgraphSourceOptions;
  readonly #underWay = new WeakMap<GatewayContext, Map<string, Promise<SubgraphResponse>>>();
  /** How many errors a request was told already. */
  readonly #told = new WeakMap<GatewayContext, number>();
  readonly #shapes = new LRUCache<string, Shape>({
    max: limits.shapesMax,
    maxSize: limits.shapesSizeMax,
    sizeCalculation: (_, query) => query.length,
  });

  constructor(options: SubgraphSourceOptions) {
    this.#options = options;
  }

  // The answer is plain JSON, which Apollo's type of a response does not say.
  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<never> {
    return (await this.#ask(options)) as never;
  }

  async #ask(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Answer> {
    const { request } = options;
    const context = options.context as GatewayContext;
    const { name, prefix, clock, onFetch } = this.#options;
    const { caller, locale, requestId, purpose = null, deadline, answeredBy } = context;
    const query = request.query ?? '';
    const variables: JsonObject = request.variables ?? {};
    const entities = entitiesOf(query, variables);
    // An error of one entity is told at all its places, which a merchant's own could make too many.
    const once = entities === null || prefix !== null ? null : distinct(entities);
    onFetch?.(name, query);
    const start = performance.now();
    try {
      const response = await before(
        deadline === null ? null : deadline - clock.now().getTime(),
        this.#send(context, once === null, {
          query,
          variables:
            once === null ? variables : { ...variables, representations: once.representations },
          operationName: request.operationName ?? null,
          call: { caller, locale, requestId, purpose, deadline },
          isPlanned: true,
        }),
      );
      return this.#check(response, { query, variables, entities, once, context });
    } catch (error) {
      return this.#failed(error, query, context);
    } finally {
      answeredBy.push({ subgraph: name, ms: Math.round((performance.now() - start) * 10) / 10 });
    }
  }

  /**
   * A listing may reach the same entities on two ways, such as issuers and debtors. While one fetch of
   * them is under way for a request, another one that is the same waits for its answer.
   */
  #send(
    context: GatewayContext,
    isAlone: boolean,
    request: SubgraphRequest,
  ): Promise<SubgraphResponse> {
    const { send } = this.#options;
    if (isAlone) return send(request);
    const underWay = this.#underWay.get(context) ?? new Map<string, Promise<SubgraphResponse>>();
    this.#underWay.set(context, underWay);
    const key = `${request.query}\n${JSON.stringify(request.variables)}`;
    const answer = underWay.get(key) ?? send(request).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  }

  /** The errors of an answer, as many as are told of a request, each at a place of the answer or at none. */
  #located(
    told: readonly GraphQLFormattedError[],
    { query, entities, once, context }: Omit<Fetch, 'variables'>,
  ): readonly GraphQLFormattedError[] {
    if (!Array.isArray(told)) throw new Error('errors that are no list');
    if (told.length === 0) return told;
    const before = this.#told.get(context) ?? 0;
    const max = limits.errorsMax - before;
    let errors: readonly GraphQLFormattedError[] = told.slice(0, max);
    if (once !== null) errors = spreadErrors(told, once, max);
    else if (this.#options.prefix !== null) {
      const { keys } = this.#shape(query);
      errors = errors.map(({ path, ...rest }) => {
        const steps = stepsOf(path, keys, entities?.length ?? 0);
        return { ...rest, ...(steps.length > 0 && { path: steps }) };
      });
    }
    this.#told.set(context, before + errors.length);
    if (errors.length >= max) {
      const { name, logger } = this.#options;
      logger.warn({ subgraph: name, errors: told.length }, 'not all errors of a subgraph are told');
    }
    return errors;
  }

  #check(response: SubgraphResponse, fetch: Fetch): Answer {
    const { query, variables, entities, once } = fetch;
    try {
      // What was parsed from JSON, or in process is the same.
      const data = (response.data ?? null) as JsonObject | null;
      const errors = this.#located(response.errors ?? [], fetch);
      const given =
        once === null || data === null
          ? data
          : { ...data, _entities: spreadEntities(data._entities, once) };
      const pruned = given === null ? null : this.#shape(query).prune(given, variables);
      if (pruned !== null && entities !== null) {
        const answered: Json | undefined = pruned._entities;
        if (!Array.isArray(answered) || answered.length !== entities.length) {
          throw new Error('other entities than those asked for');
        }
      }
      if (pruned === null && errors.length === 0) throw new Error('neither data nor errors');
      return { data: pruned, errors: errors.map(plainError) };
    } catch (error) {
      const why = error instanceof Error ? error.message : 'not usable';
      throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', why);
    }
  }

  #shape(query: string): Shape {
    let shape = this.#shapes.get(query);
    if (shape === undefined) {
      const { schema, prefix } = this.#options;
      const demands = prefix === null ? undefined : demandsOn(prefix);
      shape = { prune: compilePrune(schema, query, demands), keys: responseKeysOf(query) };
      this.#shapes.set(query, shape);
    }
    return shape;
  }

  /**
   * What is null because of it is told once for each subgraph and request: a second fetch of entities
   * that fails adds holes and no news. A root field that fails always says so itself.
   */
  #failed(error: unknown, query: string, { failed }: GatewayContext): Answer {
    const { name, logger } = this.#options;
    const code: FailureCode =
      error instanceof SubgraphFailure ? error.code : 'SUBGRAPH_UNAVAILABLE';
    logger.warn({ subgraph: name, code, error }, 'a fetch failed');
    const isTold = failed.has(name);
    failed.add(name);
    const paths = pathsOf(query).filter(([key]) => !(isTold && key === '_entities'));
    return {
      data: null,
      errors: paths.map((path) => ({ message: code, path, extensions: { code } })),
    };
  }
}

function entitiesOf(query: string, { representations }: JsonObject): readonly Json[] | null {
  // A list of the caller's may have a variable of the same name.
  return query.includes('_entities(') && Array.isArray(representations) ? representations : null;
}

/**
 * The path of a merchant's error, up to the first step that the fetch did not ask for: a path is shown, and
 * could tell what the merchant likes. None when it leads to an entity that was not asked for.
 */
function stepsOf(
  path: unknown,
  keys: ReadonlySet<string>,
  entities: number,
): readonly (string | number)[] {
  const given: readonly unknown[] = Array.isArray(path) ? path : [];
  const steps: (string | number)[] = [];
  for (const step of given.slice(0, limits.depthMax * 2)) {
    if (typeof step === 'string' ? !keys.has(step) : !isIndex(step)) break;
    steps.push(step as string | number); // One of the two, as was looked at.
  }
  const [root, index] = steps;
  const isLost = root === '_entities' && !(typeof index === 'number' && index < entities);
  return isLost ? [] : steps;
}

const isIndex = (step: unknown): boolean => Number.isSafeInteger(step) && Number(step) >= 0;

/** Only what an error may consist of; anything else a subgraph attaches stays here. */
function plainError({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const { code, reason, incident } = extensions ?? {};
  return {
    message: String(message),
    ...(Array.isArray(path) ? { path } : {}),
    extensions: {
      // With another code `@apollo/gateway` may do what it likes; one is enough to crash it.
      code: isFaultCode(code) ? code : 'INTERNAL',
      ...(typeof reason === 'string' ? { reason } : {}),
      ...(typeof incident === 'string' ? { incident } : {}),
    },
  };
}

/** Where a failed fetch leaves its holes: its root fields, or the first of the entities asked for. */
function pathsOf(query: string): (string | number)[][] {
  for (const definition of parse(query, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    return definition.selectionSet.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      const key = selection.alias?.value ?? selection.name.value;
      return [key === '_entities' ? [key, 0] : [key]];
    });
  }
  return [];
}
