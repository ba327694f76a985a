// @ts-check
import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { createCatalog } from './catalog.js';
import { items as ownItems } from './items.js';
import { createContext, createSchema } from './schema.js';
import { createDoor } from './signature.js';

const limits = {
  /** Bytes of a request. */
  requestBytes: 256 * 1024,
  /** How long a request may take to arrive, in milliseconds. */
  arrivalMs: 10_000,
  /** How long answers under way may go on after a stop, in milliseconds. */
  drainMs: 10_000,
};

/** The errors that say what a request did wrong. Of any other only the code leaves the house. */
const SHOWN = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
];

/**
 * @typedef {object} ShopOptions
 * @property {string} [host]
 * @property {number} [port] 0 takes any free one.
 * @property {string | undefined} secret `whsec_…`, the same as registered with the alliance.
 * @property {readonly import('./items.js').Item[]} [items]
 * @property {(error: unknown) => void} [report] Told of every failure that is kept from the caller.
 */

/**
 * Serves the shop's items at `/graphql` to the alliance and to nobody else. Rejects when the secret
 * cannot be used or the port cannot be had.
 *
 * @param {ShopOptions} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is without `/graphql`, such as
 *   `http://127.0.0.1:4100`. `stop` lets answers under way finish.
 */
export async function startShop({
  host = '127.0.0.1',
  port = 4100,
  secret,
  items = ownItems,
  report = console.error,
}) {
  const door = createDoor(secret);
  const app = express().disable('x-powered-by');
  const http = createServer(
    { requestTimeout: limits.arrivalMs, headersTimeout: limits.arrivalMs },
    app,
  );
  const apollo = createApollo(http, report);
  await apollo.start();
  const catalog = createCatalog(items);
  app.get('/healthz', (_, response) => void response.type('text/plain').send('ok'));
  app.use(
    '/graphql',
    onlySigned(door),
    expressMiddleware(apollo, {
      context: async ({ req }) => createContext(catalog, localeOf(req)),
    }),
  );
  app.use((_, response) => refuse(response, 404, 'NOT_FOUND', 'Nothing is at this address.'));
  app.use(failed(report));
  await new Promise((resolve, reject) => {
    http.once('error', reject).listen(port, host, () => resolve(null));
  });
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (http.address());
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    stop: () => apollo.stop(),
  };
}

/**
 * @param {import('node:http').Server} httpServer
 * @param {(error: unknown) => void} report
 */
function createApollo(httpServer, report) {
  /** @type {import('@apollo/server').ApolloServerOptions<import('./schema.js').Context>} */
  const options = {
    schema: createSchema(),
    // Only signed calls get here, so what is told does not depend on NODE_ENV.
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError(formatted, error) {
      const code = formatted.extensions?.code;
      if (SHOWN.includes(String(code))) return formatted;
      report(error);
      const { path } = formatted;
      const kept = { message: 'Something went wrong here.', extensions: { code: 'INTERNAL' } };
      return path === undefined ? kept : { ...kept, path };
    },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: limits.drainMs }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
  return new ApolloServer(options);
}

/**
 * Lets a POST pass whose signature is that of its bytes, and gives its JSON on. Whatever else comes is
 * answered before GraphQL sees it, and why a signature is not believed is told nobody.
 *
 * @param {import('./signature.js').Door} door
 * @returns {import('express').RequestHandler[]}
 */
function onlySigned(door) {
  /** @param {import('express').Response} response */
  const unauthenticated = (response) =>
    refuse(
      response,
      401,
      'UNAUTHENTICATED',
      'Only calls that the alliance has signed are answered.',
    );
  return [
    (request, response, next) => {
      if (request.method !== 'POST') {
        response.set('allow', 'POST');
        return refuse(response, 405, 'METHOD_NOT_ALLOWED', 'Use POST.');
      }
      return door.isAnnounced(request.headers) ? next() : unauthenticated(response);
    },
    // The signature is over the bytes as they came, so nothing may be unpacked or parsed before.
    express.raw({ type: () => true, limit: limits.requestBytes, inflate: false }),
    (request, response, next) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!door.isSigned(request.headers, body)) return unauthenticated(response);
      if (!request.is('application/json')) {
        return refuse(response, 415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.');
      }
      try {
        request.body = JSON.parse(body.toString('utf8'));
      } catch {
        return refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
      }
      return next();
    },
  ];
}

/**
 * @param {import('express').Request} request
 * @returns {'zh' | 'en'}
 */
const localeOf = (request) =>
  String(request.acceptsLanguages('en', 'zh-CN', 'zh')).startsWith('zh') ? 'zh' : 'en';

/**
 * What Express could not read, and what should not happen, in the form of every other error.
 *
 * @param {(error: unknown) => void} report
 * @returns {import('express').ErrorRequestHandler}
 */
const failed = (report) => (error, _request, response, _next) => {
  if (response.headersSent) return void response.end();
  const status = Number(error?.status);
  if (status === 413) return refuse(response, 413, 'BODY_TOO_LARGE', 'Send less than 256 kB.');
  if (status >= 400 && status < 500) {
    return refuse(response, status, 'BAD_REQUEST', 'The request cannot be read.');
  }
  report(error);
  return refuse(response, 500, 'INTERNAL', 'Something went wrong here.');
};

/**
 * @param {import('express').Response} response
 * @param {number} status
 * @param {string} code
 * @param {string} message
 * @returns {void}
 */
function refuse(response, status, code, message) {
  // What was not read of a refused request is not waited for.
  response.set('connection', 'close').status(status);
  response.json({ errors: [{ message, extensions: { code } }] });
}

/** Runs as a program: settings from the environment, until it is told to end. */
async function main() {
  const { HOST = '127.0.0.1', PORT = '4100', SIGNING_SECRET: secret } = process.env;
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) {
    throw new Error(`PORT is ${PORT}: give a number from 0 to 65535, 0 for any free one.`);
  }
  const shop = await startShop({ host: HOST, port: Number(PORT), secret });
  console.log(`The shop listens at ${shop.url}/graphql`);
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void shop.stop());
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
