import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { composeSupergraph } from '../../gateway/compose.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/gateway.ts';
import type { SubgraphName } from '../../shared/addresses.ts';
import { anonymous } from '../../shared/graphql/caller.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../../shared/graphql/request.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

/** Two subgraphs, real ones, as small as they can be: members, and points that belong to them. */
export const sdl = {
  members: `${federation}
    type Query { member(id: ID!): Member  members: [Member!]!  greeting: Greeting! }
    type Mutation { rename(id: ID!, name: String!): RenameResult! }
    type Member @key(fields: "id") { id: ID!  displayName: String  friends: [Member!] }
    union RenameResult = Renamed | NameTaken
    type Renamed { member: Member! }
    interface Refusal { code: String! }
    type NameTaken implements Refusal { code: String!  name: String! }
    type Greeting { text: String! }`,
  'points-ledger': `${federation}
    type Member @key(fields: "id") { id: ID!  wallet: Wallet }
    type Wallet { available: Int!  lots: [Lot!]! }
    type Lot { points: Int!  label: String }`,
} satisfies Partial<Record<SubgraphName, string>>;

export type SmallName = keyof typeof sdl;

export const supergraphSdl = composeSupergraph(
  Object.entries(sdl).map(([name, text]) => ({ name, sdl: text })),
);

const person = (id: string): unknown =>
  id === 'nobody'
    ? null
    : { __typename: 'Member', id, displayName: `Name of ${id}`, friends: [{ id: 'ann' }] };

// Resolvers of the small subgraphs; Apollo's type of them cannot follow literals.
const resolvers = {
  members: {
    Query: {
      member: (_: unknown, { id }: { id: string }) => person(id),
      members: () => ['ann', 'bob'].map(person),
      greeting: () => ({ text: 'hello' }),
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) =>
        name === 'taken'
          ? { __typename: 'NameTaken', code: 'NAME_TAKEN', name }
          : { __typename: 'Renamed', member: { id, displayName: name } },
    },
    Member: { __resolveReference: ({ id }: { id: string }) => person(id) },
  },
  'points-ledger': {
    Member: {
      __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Member', id }),
      wallet: () => ({ available: 100, lots: [{ points: 60, label: 'a' }, { points: 40 }] }),
    },
  },
};

const schemas = Object.fromEntries(
  Object.entries(sdl).map(([name, text]) => [
    name,
    buildSubgraphSchema([
      { typeDefs: parse(text), resolvers: resolvers[name as SmallName] as never },
    ]),
  ]),
);

/** Both subgraphs in this process. */
export const honest: SubgraphTransport = async (name, { query, variables }) => {
  const schema = schemas[name];
  if (schema === undefined) throw new Error(`no subgraph ${name}`);
  const answer = await execute({ schema, document: parse(query), variableValues: variables });
  return JSON.parse(JSON.stringify(answer));
};

/** As `honest`, but one subgraph answers what `instead` makes of its answer. */
export const altered =
  (
    altered: SmallName,
    instead: (answer: SubgraphResponse, request: SubgraphRequest) => unknown,
  ): SubgraphTransport =>
  async (name, request) => {
    const answer = await honest(name, request);
    // A subgraph that misbehaves answers what its type does not say.
    return name === altered ? ((await instead(answer, request)) as SubgraphResponse) : answer;
  };

export type SmallGateway = Gateway & AsyncDisposable;

/** A gateway over the small graph. What a test sets is what it is about. */
export async function openGateway(
  options: Partial<GatewayOptions> = {},
): Promise<Gateway & AsyncDisposable> {
  const gateway = await createGateway({
    supergraphSdl,
    transport: honest,
    logger: createLogger('silent'),
    identify: async () => anonymous,
    clock: { now: () => new Date() },
    newId,
    ...options,
  });
  return { ...gateway, [Symbol.asyncDispose]: gateway.stop };
}
