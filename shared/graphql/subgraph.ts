import type { GraphQLSchema } from 'graphql';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { SubgraphName } from '../addresses.ts';
import { runCommand } from '../commands/run-command.ts';
import type { MigrationClass } from '../database/migrate.ts';
import type { Worker } from '../workers.ts';
import { answerer } from './answer.ts';
import { buildSchema, type ResolverMap, readSdl } from './build-subgraph.ts';
import type { BaseContext, Frame } from './context.ts';
import type { SubgraphRequest, SubgraphResponse } from './request.ts';
import type { StaffDeeds } from './staff.ts';
import { sharedWording, type Wording } from './wording.ts';

/** What the folder of a subgraph offers: everything that is needed to run it. */
export type SubgraphDefinition<Loaders, Services> = Readonly<{
  name: SubgraphName;
  /** Where its `*.graphql` files are: `import.meta.dirname`. */
  folder: string;
  entities: readonly EntitySchema[];
  migrations: readonly MigrationClass[];
  resolvers: ResolverMap;
  /** Which of its mutations need which role at a merchant; not given: it knows the staff itself. */
  staff?: StaffDeeds;
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
  const services = definition.services?.(frame) ?? {};
  const answer = answerer({
    schema,
    wording,
    logger: frame.logger,
    contextFor: (request) => contextFor(definition, frame, services, request),
  });

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
  const made = { sdl, schema: buildSchema(sdl, definition.resolvers, wording, definition.staff) };
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
    async runTogether(together, asked) {
      const outcome = await together(call.caller, asked);
      loaders = null;
      return outcome;
    },
  };
}
