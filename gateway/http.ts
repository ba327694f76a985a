import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { GraphQLError } from 'graphql';
import type { Clock } from '../shared/clock.ts';
import { Fault } from '../shared/graphql/faults.ts';
import { localeOf, type Parameters, word } from '../shared/graphql/wording.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { Logger } from '../shared/logger.ts';
import type { Identify } from './caller.ts';
import { type Asking, asking, type GatewayContext } from './context.ts';
import { type ExplorerOptions, explorerPages } from './explorer.ts';
import { limits } from './limits.ts';
import { type GatewayReason, gatewayWording } from './wording.ts';

/** Whether to send requests here. */
export type Readiness = { isReady: boolean; readonly check: () => Promise<boolean> };

type AppOptions = Readonly<{
  server: ApolloServer<GatewayContext>;
  state: Readiness;
  identify: Identify;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  isProduction: boolean;
  explorer: ExplorerOptions | null;
}>;

const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

/** What a request is for goes into records that are read years later: nothing that cannot be printed. */
const PURPOSE = /^[\x20-\x7e]{1,100}$/;

/** Everything that is served over HTTP: the graph, the questions of health, and the pages. */
export function createApp(options: AppOptions): Express {
  const { server, state, newId, logger, explorer } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((request, response, next) => {
    const known = askingOf(request, newId);
    response.locals.asking = known;
    response.set({
      'Content-Language': known.locale,
      Vary: 'Accept-Language',
      'X-Request-Id': known.requestId,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    });
    next();
  });
  app.get('/livez', (_, response) => void response.send('ok'));
  app.get('/readyz', async (_, response) => {
    const isReady = state.isReady && (await state.check().catch(() => false));
    response.status(isReady ? 200 : 503).send(isReady ? 'ok' : 'not ready');
  });
  app.use(
    '/graphql',
    express.json({ limit: limits.body }),
    (request, response, next) => {
      if (purposeOf(request) === undefined) sendError(response, 400, 'PURPOSE_NOT_READABLE', {});
      else next();
    },
    // Below the reading of the body, which forgets on whose behalf it goes on.
    (_, response, next) => asking.run(response.locals.asking, next),
    expressMiddleware(server, { context: (given) => contextOf(given, options) }),
  );
  if (explorer !== null) app.use(explorerPages(explorer));
  app.use((_, response) => {
    sendError(response, 404, 'NO_SUCH_ADDRESS', {});
  });
  app.use(failedRequest(logger));
  return app;
}

function askingOf(request: Request, newId: NewId): Asking {
  const given = request.get('x-request-id') ?? '';
  return {
    locale: localeOf(request.get('accept-language')),
    requestId: REQUEST_ID.test(given) ? given : newId(),
  };
}

/** Null when the caller says nothing, undefined when it cannot be taken down. */
function purposeOf(request: Request): string | null | undefined {
  const given = request.get('x-tongdui-purpose');
  if (given === undefined) return null;
  return PURPOSE.test(given) ? given : undefined;
}

type Given = Readonly<{ req: Request; res: express.Response }>;

async function contextOf(
  { req, res }: Given,
  { identify, clock, isProduction, logger }: AppOptions,
): Promise<GatewayContext> {
  const { locale, requestId } = res.locals.asking as Asking; // Put there for every request.
  const caller = await identify(req.headers.authorization).catch((error: unknown) => {
    if (!(error instanceof Fault)) logger.error({ requestId, error }, 'nobody could be identified');
    const fault = error instanceof Fault ? error : new Fault('INTERNAL', 'IDENTITY_UNAVAILABLE');
    const status = fault.extensions.code === 'UNAUTHENTICATED' ? 401 : 503;
    const { code } = fault.extensions;
    // Apollo reads the status from the outer error, our wording comes from the inner one.
    throw new GraphQLError(fault.message, {
      originalError: fault,
      extensions: { code, http: { status } },
    });
  });
  return {
    caller,
    locale,
    requestId,
    purpose: purposeOf(req) ?? null,
    deadline: clock.now().getTime() + limits.deadlineMs,
    answeredBy: [],
    failed: new Set(),
    isTraced: !isProduction && req.headers['x-tongdui-trace'] === '1',
  };
}

/** What Express could not read, in the form of every other error. */
const failedRequest =
  (logger: Logger): ErrorRequestHandler =>
  (error, _request, response, _next) => {
    const status: unknown = error?.status;
    if (error?.type === 'entity.too.large') {
      return sendError(response, 413, 'BODY_TOO_LARGE', { limit: limits.body });
    }
    if (error?.type === 'entity.parse.failed') return sendError(response, 400, 'BODY_NOT_JSON', {});
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return sendError(response, status, 'BODY_NOT_READABLE', {});
    }
    logger.error({ error }, 'a request failed');
    const { requestId } = response.locals.asking as Asking; // Put there for every request.
    return sendError(response, 500, 'INTERNAL', { incident: requestId });
  };

function sendError(
  response: express.Response,
  status: number,
  reason: GatewayReason | 'INTERNAL',
  parameters: Parameters,
): void {
  const { locale, requestId } = response.locals.asking as Asking; // Put there for every request.
  if (response.headersSent) return void response.end();
  const code = reason === 'INTERNAL' ? reason : 'BAD_REQUEST';
  const message = word(gatewayWording, reason, locale, parameters);
  response.status(status).json({ errors: [{ message, extensions: { code, reason, requestId } }] });
}
