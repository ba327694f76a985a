import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { SubgraphRequest, SubgraphResponse } from '../graphql/request.ts';
import type { Subgraph } from '../graphql/subgraph.ts';
import type { Logger } from '../logger.ts';
import { LINES } from './exchange.ts';
import type { InternalKeys } from './internal-keys.ts';
import { limits } from './limits.ts';
import { readBytes } from './read-bytes.ts';
import { askedSeldom } from './ready.ts';
import { createVerifier } from './signed-call.ts';

export type ServeOptions = Readonly<{
  host: string;
  /** 0 takes any free one. */
  port: number;
  keys: InternalKeys;
  clock: Clock;
  logger: Logger;
}>;

export type Served = Readonly<{
  /** Such as `http://127.0.0.1:4001`. */
  url: string;
  /** Says "not ready", lets calls under way finish, and closes. A second call waits for the first. */
  stop: () => Promise<void>;
}>;

/**
 * Serves a subgraph to our own processes, and to nobody else: what is not signed is answered 401
 * before its body is read, introspection and `_service` included. `GET /livez` and `GET /readyz` are
 * open. Rejects when the port cannot be had.
 */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<Served> {
  const { host, port, logger } = options;
  const state = { isStopping: false };
  const graphql = graphqlHandler(subgraph, options);
  const isReady = askedSeldom(() => subgraph.isReady());

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    const { method, url } = request;
    if (url === '/graphql') return graphql(request);
    if (method === 'GET' && url === '/livez') return text(200, 'ok');
    if (method === 'GET' && url === '/readyz') {
      const ready = !state.isStopping && (await isReady());
      return ready ? text(200, 'ok') : text(503, 'not ready');
    }
    return text(404, 'nothing here');
  }

  const server = createServer(
    { requestTimeout: limits.arrivalMs, headersTimeout: limits.arrivalMs },
    async (request, response) => {
      const { status, type, body } = await replyTo(request).catch((error: unknown) => {
        logger.error({ error }, 'a call failed');
        return refusal(500, 'INTERNAL');
      });
      // What was not read of a refused request is not waited for, and a stop not for idle connections.
      if (status !== 200 || state.isStopping) response.setHeader('connection', 'close');
      if (typeof body === 'string') {
        const length = Buffer.byteLength(body);
        response.writeHead(status, { 'content-type': type, 'content-length': length });
        return void response.end(body);
      }
      response.setHeader('content-type', type);
      sendLines(response, body);
    },
  );
  server.keepAliveTimeout = limits.idleMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // Of a server that listens on a port.
  let stopped: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    stop() {
      state.isStopping = true;
      stopped ??= drain(server);
      return stopped;
    },
  };
}

/** Sends each line as soon as it is there; those of one turn of the event loop leave in one piece. */
function sendLines(response: ServerResponse, lines: readonly Promise<string>[]): void {
  let ready = '';
  let missing = lines.length;
  const send = (): void => {
    if (missing === 0) response.end(ready);
    else response.write(ready);
    ready = '';
  };
  for (const line of lines) {
    void line.then((text) => {
      missing -= 1;
      if (ready === '') setImmediate(send);
      ready += text;
    });
  }
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), limits.drainMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const questionSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()),
  operationName: z.string().nullable(),
});
const questionsSchema = z.array(questionSchema).min(1).max(limits.togetherMax);

type Asked = Omit<SubgraphRequest, 'call'>;

/** A body is one text, or lines of which each leaves as soon as it is there and none rejects. */
type Reply = Readonly<{ status: number; type: string; body: string | readonly Promise<string>[] }>;
type Handler = (request: IncomingMessage) => Promise<Reply>;

const text = (status: number, body: string): Reply => ({ status, type: 'text/plain', body });

const json = (status: number, body: unknown): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

/** Says nothing but its code. */
const refusal = (status: number, code: string): Reply =>
  json(status, { errors: [{ message: code, extensions: { code } }] });

function graphqlHandler(
  subgraph: Subgraph,
  { keys, clock, logger }: Pick<ServeOptions, 'keys' | 'clock' | 'logger'>,
): Handler {
  const verify = createVerifier({ keys, clock, audience: subgraph.name });
  const refuse = (): Reply => {
    logger.warn({ subgraph: subgraph.name }, 'a call that is not signed was refused');
    return refusal(401, 'UNAUTHENTICATED');
  };
  return async (request) => {
    const announced = request.method === 'POST' ? await verify(request.headers) : null;
    if (announced === null) return refuse();
    const body = await readBytes(request, limits.requestBytes);
    if (body === null) return refusal(413, 'BAD_USER_INPUT');
    const call = announced.prove(body);
    if (call === null) return refuse();
    const asked = requestOf(body);
    if (asked === null) return refusal(400, 'BAD_USER_INPUT');
    // No document is taken as planned: they came over a network, and each text is checked once.
    const answer = (one: Asked) => subgraph.answer({ ...one, call });
    if ('query' in asked) return json(200, await answer(asked));
    return { status: 200, type: LINES, body: asked.map((one, index) => line(index, answer(one))) };
  };

  /** What fails costs its own answer only: there is a line that says nothing. */
  async function line(index: number, answer: Promise<SubgraphResponse>): Promise<string> {
    const told = await answer.catch((error: unknown) => {
      logger.error({ error }, 'a call failed');
      return null;
    });
    return `${JSON.stringify([index, told])}\n`;
  }
}

function requestOf(body: Buffer): Asked | readonly Asked[] | null {
  try {
    const asked: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(asked) ? questionsSchema.parse(asked) : questionSchema.parse(asked);
  } catch {
    return null;
  }
}
