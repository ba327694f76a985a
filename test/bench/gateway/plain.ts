import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { type SubgraphName, subgraphNames } from '../../../shared/addresses.ts';
import { runCommand } from '../../../shared/commands/run-command.ts';
import { readSdl } from '../../../shared/graphql/build-subgraph.ts';
import type { BaseContext } from '../../../shared/graphql/context.ts';
import { scalars } from '../../../shared/graphql/scalars.ts';
import { type Grounded, HOST, operator } from './ground.ts';

/**
 * The same subgraph as the documentation of Apollo makes it: the same contract and resolvers, without
 * anything that ours add. It checks no caller and believes everybody to be an operator.
 */
export async function servePlainSubgraph(grounded: Grounded): Promise<string> {
  const server = new ApolloServer({ schema: plainSchema(grounded) });
  const context = plainContext(grounded);
  const { url } = await startStandaloneServer(server, {
    listen: { host: HOST, port: 0 },
    context: async () => context(),
  });
  return url;
}

/** `@apollo/gateway` with its default way to reach subgraphs, behind Apollo Server's own HTTP. */
export async function servePlainGateway(
  addresses: Readonly<Record<SubgraphName, string>>,
): Promise<string> {
  const { supergraphSdl } = await import('./supergraph.ts');
  const sdl = subgraphNames.reduce(
    (text, name) => text.replace(`"http://${name}/graphql"`, JSON.stringify(addresses[name])),
    supergraphSdl,
  );
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: sdl }) });
  const { url } = await startStandaloneServer(server, { listen: { host: HOST, port: 0 } });
  return url;
}

export const plainSchema = ({ definition }: Grounded): GraphQLSchema =>
  buildSubgraphSchema([
    {
      typeDefs: parse(readSdl(definition.folder)),
      // Apollo's type of a resolver map is looser than ours; ours is checked where it is written.
      resolvers: { ...scalars, ...definition.resolvers } as never,
    },
  ]);

/** What resolvers expect to be given, new for each fetch. */
export function plainContext({ definition, frame }: Grounded): () => BaseContext<unknown, unknown> {
  const services = definition.services?.(frame) ?? {};
  return () => ({
    ...frame,
    caller: operator,
    locale: 'en',
    requestId: 'bench',
    deadline: null,
    services,
    loaders: definition.loaders(frame.database.reader),
    run: (command, input) => runCommand({ ...frame, caller: operator }, command, input),
    runTogether: (together, asked) => together(operator, asked),
  });
}
