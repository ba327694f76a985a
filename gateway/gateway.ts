import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { buildASTSchema, type GraphQLFormattedError, parse } from 'graphql';
import { subgraphNames } from '../shared/addresses.ts';
import { assert } from '../shared/assert.ts';
import type { Clock } from '../shared/clock.ts';
import { anonymous, type Caller } from '../shared/graphql/caller.ts';
import type { SubgraphTransport } from '../shared/graphql/request.ts';
import type { Locale } from '../shared/graphql/wording.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { Logger } from '../shared/logger.ts';
import type { Identify } from './caller.ts';
import { asking, type GatewayContext } from './context.ts';
import { fieldCostsOf } from './cost.ts';
import { documentLimits } from './document-limits.ts';
import { errorFormatter } from './errors.ts';
import type { ExplorerOptions } from './explorer.ts';
import { createAlliance } from './foreign/alliance.ts';
import { subgraphOf } from './foreign/alliance-sdl.ts';
import type { ForeignSubgraph } from './foreign/sources.ts';
import { createApp, type Readiness } from './http.ts';
import { introspectionByRole, oneRefusal } from './introspection.ts';
import { limits } from './limits.ts';
import { bounded, brokenPromises, oneOperation, whoAnswered } from './plugins.ts';
import { SubgraphSource, type SubgraphSourceOptions } from './subgraph-source.ts';

// Read by `@apollo/gateway` when a gateway is made. Without it, it reports to its maker every hour.
process.env.APOLLO_TELEMETRY_DISABLED = '1';

export type GatewayOptions = Readonly<{
  supergraphSdl: string;
  /** How the subgraphs of the platform are reached. */
  transport: SubgraphTransport;
  /** The merchants' own subgraphs in the supergraph. None without it. */
  foreign?: readonly ForeignSubgraph[];
  logger: Logger;
  /** Who is asking, from the `Authorization` header. Throws a fault when it cannot be believed. */
  identify: Identify;
  clock: Clock;
  newId: NewId;
  /** Closed unless opened: `false` allows introspection to all, and `extensions.answeredBy`. */
  isProduction?: boolean;
  /** Whether what stands behind the gateway is ready. Asked by `/readyz`. */
  readiness?: () => Promise<boolean>;
  /** The page on which to try the graph, or null for none. Not in production. */
  explorer?: ExplorerOptions | null;
  /** Told the text of every fetch from a subgraph. Tests count with it. */
  onFetch?: (name: string, query: string) => void;
  /** How long `/readyz` says no before the server stops listening, so that balancers see it. In ms. */
  stopGraceMs?: number;
}>;

export type Question = Readonly<{
  query: string;
  variables?: Readonly<Record<string, unknown>>;
  operationName?: string;
  /** Anonymous unless said otherwise. */
  caller?: Caller;
  /** English unless said otherwise. */
  locale?: Locale;
  /** Asks for `extensions.answeredBy`. Not in production. */
  isTraced?: boolean;
}>;

/** Plain JSON, as HTTP carries it. A part that is missing there is missing here. */
export type GatewayAnswer = Readonly<{
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}>;

export type Gateway = Readonly<{
  /** Asks the graph from within, on the path that a request over HTTP takes. */
  ask: (question: Question) => Promise<GatewayAnswer>;
  /** Starts to serve. Port 0 takes any free one. Answers the address, such as `http://127.0.0.1:4000`. */
  listen: (host: string, port: number) => Promise<Readonly<{ url: string }>>;
  /** Says "not ready", lets requests under way finish, and closes. A second call waits for the first. */
  stop: () => Promise<void>;
}>;

/** The graph as one: made from a composed supergraph, served over HTTP once it listens. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, newId, readiness, isProduction = true, explorer = null } = options;
  assert(!(isProduction && explorer), 'the explorer hands out identities: not in production');
  const state: Readiness = { isReady: true, check: readiness ?? (async () => true) };
  const httpServer = createServer();
  const server = createApolloServer(options, isProduction);
  server.addPlugin(
    ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: limits.drainMs }),
  );
  await server.start();
  httpServer.on('request', createApp({ ...options, isProduction, explorer, server, state }));

  let stopping: Promise<void> | null = null;
  async function stop(): Promise<void> {
    state.isReady = false;
    const { stopGraceMs = 0 } = options;
    if (stopGraceMs > 0) await new Promise((wake) => setTimeout(wake, stopGraceMs));
    await server.stop();
  }

  return {
    async ask({ query, variables, operationName, caller, locale = 'en', isTraced = false }) {
      const contextValue: GatewayContext = {
        caller: caller ?? anonymous,
        locale,
        requestId: newId(),
        deadline: clock.now().getTime() + limits.deadlineMs,
        answeredBy: [],
        failed: new Set(),
        isTraced: isTraced && !isProduction,
      };
      const { body } = await asking.run(contextValue, () =>
        server.executeOperation(
          { query, variables: { ...variables }, ...(operationName && { operationName }) },
          { contextValue },
        ),
      );
      assert(body.kind === 'single', 'nothing here answers in parts');
      return JSON.parse(JSON.stringify(body.singleResult));
    },
    async listen(host, port) {
      await new Promise<void>((resolve, reject) => {
        httpServer.once('error', reject).listen(port, host, resolve);
      });
      const address = httpServer.address() as AddressInfo; // Of a server that listens on a port.
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}` };
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function createApolloServer(
  options: GatewayOptions,
  isProduction: boolean,
): ApolloServer<GatewayContext> {
  const { supergraphSdl, logger, newId } = options;
  const sources = sourcesOf(options);
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger,
    __exposeQueryPlanExperimental: false,
    // It was composed, and the composed one is validated. Not in production either.
    validateSupergraph: false,
    buildService: ({ name }) => {
      const source = sources.get(name);
      assert(source, `the supergraph names a subgraph that is not one: ${name}`);
      return new SubgraphSource({ ...options, ...source, name, schema });
    },
  });
  return new ApolloServer<GatewayContext>({
    gateway,
    logger,
    nodeEnv: 'production',
    // By role and limit, for each request: `introspectionByRole`, `documentLimits`.
    introspection: true,
    maxRecursiveSelections: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokensMax },
    validationRules: [documentLimits],
    validationOptions: { maxErrors: limits.validationErrorsMax },
    formatError: errorFormatter(newId, logger),
    plugins: [
      oneRefusal,
      introspectionByRole(isProduction),
      oneOperation,
      bounded(fieldCostsOf(schema)),
      brokenPromises,
      whoAnswered,
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

type Sources = ReadonlyMap<string, Pick<SubgraphSourceOptions, 'send' | 'prefix'>>;

/** How each subgraph of the supergraph is asked. */
function sourcesOf({ transport, foreign = [], logger, clock }: GatewayOptions): Sources {
  type Source = [name: string, Pick<SubgraphSourceOptions, 'send' | 'prefix'>];
  return new Map([
    ...subgraphNames.map(
      (name): Source => [name, { send: (request) => transport(name, request), prefix: null }],
    ),
    ['alliance', { send: createAlliance({ foreign, transport, logger, clock }), prefix: null }],
    ...foreign.map(({ prefix, send }): Source => [subgraphOf(prefix), { send, prefix }]),
  ]);
}
