import type { DocumentNode, GraphQLSchema } from 'graphql';
import { execute, type GraphQLError, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { SubgraphName } from '../addresses.ts';
import { runCommand } from '../commands/run-command.ts';
import type { MigrationClass } from '../database/migrate.ts';
import type { Worker } from '../workers.ts';
import { buildSchema, type ResolverMap, readSdl } from './build-subgraph.ts';
import { checkLiterals, checkTexts } from './checked-text.ts';
import type { BaseContext, Frame } from './context.ts';
import { shownError } from './faults.ts';
import type { SubgraphRequest, SubgraphResponse } from './request.ts';
import { sharedWording, type Wording } from './wording.ts';

/** What the folder of a subgraph offers: everything that is needed to run it. */
export type SubgraphDefinition<Loaders, Services> = Readonly<{
  name: SubgraphName;
  /** Where its `*.graphql` files are: `import.meta.dirname`. */
  folder: string;
  entities: readonly EntitySchema[];
  migrations: readonly MigrationClass[];
  resolvers: ResolverMap;
  /** The sentences of its own refusals and faults. */
  wording: Wording;
  /** Made once per request: a loader remembers what it has read, which must not outlive the caller. */
  loaders: (reader: EntityManager) => Loaders;
  /** What lives as long as the process, such as the queue of the ledger. */
  services?: (frame: Frame) => Services;
  /** Work in the background: following feeds, finishing what a crash left. */
  workers?: (frame: Frame, services: Services) => readonly Worker[];
}>;

/** A definition whose own types nobody outside of its folder needs to know. */
// biome-ignore lint/suspicious/noExplicitAny: the loaders and services of a subgraph are its own affair.
export type AnySubgraphDefinition = SubgraphDefinition<any, any>;

export type Subgraph = Readonly<{
  name: SubgraphName;
  sdl: string;
  workers: readonly Worker[];
  answer: (request: SubgraphRequest) => Promise<SubgraphResponse>;
  /** Whether its database answers. */
  isReady: () => Promise<boolean>;
  close: () => Promise<void>;
}>;

/** Brings a subgraph to life on its frame. */
export function createSubgraph(definition: AnySubgraphDefinition, frame: Frame): Subgraph {
  const wording = { ...sharedWording, ...definition.wording };
  const { sdl, schema } = schemaOf(definition, wording);
  const documents = documentCache(schema);
  const services = definition.services?.(frame) ?? {};

  async function answer(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { locale } = request.call;
    const shown = (errors: readonly GraphQLError[]) =>
      errors.map((error) => shownError(error, { wording, locale, logger: frame.logger }));
    const { document, errors: rejected } = documents(request.query, request.isPlanned === true);
    if (rejected.length > 0) return { errors: shown(rejected) };
    const malformed = checkTexts(request.variables);
    if (malformed !== null) return { data: null, errors: shown([malformed]) };
    const { data, errors } = await execute({
      schema,
      document,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: contextFor(definition, frame, services, request),
    });
    return {
      ...(data === undefined ? {} : { data: data as Record<string, unknown> | null }),
      ...(errors === undefined ? {} : { errors: shown(errors) }),
    };
  }

  return {
    name: definition.name,
    sdl,
    workers: definition.workers?.(frame, services) ?? [],
    answer,
    isReady: () => frame.database.isReady(),
    close: () => frame.database.close(),
  };
}

/** A schema has no state of its own, so a definition's is built once however often it is brought to life. */
const schemas = new WeakMap<AnySubgraphDefinition, { sdl: string; schema: GraphQLSchema }>();

function schemaOf(definition: AnySubgraphDefinition, wording: Wording) {
  const built = schemas.get(definition);
  if (built !== undefined) return built;
  const sdl = readSdl(definition.folder);
  const made = { sdl, schema: buildSchema(sdl, definition.resolvers, wording) };
  schemas.set(definition, made);
  return made;
}

function contextFor(
  definition: AnySubgraphDefinition,
  frame: Frame,
  services: unknown,
  { call }: SubgraphRequest,
): BaseContext<unknown, unknown> {
  let loaders: unknown = null;
  return {
    ...frame,
    ...call,
    services,
    get loaders() {
      loaders ??= definition.loaders(frame.database.reader);
      return loaders;
    },
    async run(command, input) {
      const outcome = await runCommand({ ...frame, caller: call.caller }, command, input);
      loaders = null;
      return outcome;
    },
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
