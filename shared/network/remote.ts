import { Agent, type IncomingMessage, request as sendRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { SubgraphName } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import {
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
} from '../graphql/request.ts';
import type { InternalKeys } from './internal-keys.ts';
import { limits } from './limits.ts';
import { signCall } from './signed-call.ts';

export type RemoteOptions = Readonly<{
  /** Where each subgraph is, such as `http://127.0.0.1:4001`. */
  addresses: Readonly<Record<SubgraphName, URL>>;
  keys: InternalKeys;
  clock: Clock;
  /** How long an answer is waited for at most, in milliseconds. */
  timeoutMs?: number;
}>;

export type Remote = Readonly<{ transport: SubgraphTransport; close: () => void }>;

/** Connections that were refused or broke, so that it is not known whether the call arrived. */
const CONNECTION_ERRORS = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/**
 * Reaches subgraphs over HTTP, on connections that are kept. Every call is signed, bounded in time and
 * size, and ends as an answer or as a SubgraphFailure. A query whose connection broke is sent once
 * more; a mutation never, because it may have arrived.
 */
export function remoteTransport(options: RemoteOptions): Remote {
  const agent = new Agent({ keepAlive: true, maxSockets: limits.connectionsMax });
  const { addresses, clock, timeoutMs = limits.timeoutMs } = options;

  async function transport(
    name: SubgraphName,
    request: SubgraphRequest,
  ): Promise<SubgraphResponse> {
    const { query, variables = {}, operationName = null, call } = request;
    const left = call.deadline === null ? timeoutMs : call.deadline - clock.now().getTime();
    const until = performance.now() + Math.min(left, timeoutMs);
    const body = Buffer.from(JSON.stringify({ query, variables, operationName }));
    const send = async (): Promise<SubgraphResponse> => {
      const leftMs = until - performance.now();
      if (leftMs <= 0) throw new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no time was left');
      const signed = await signCall({ ...options, audience: name }, call, body, leftMs);
      return readResponse(await post({ agent, address: addresses[name], signed, body, leftMs }));
    };
    try {
      return await send();
    } catch (error) {
      if (!isBroken(error) || !isQuery(query, operationName)) throw failureOf(error);
      await sleep(limits.retryMs * (1 + Math.random()));
      return send().catch((again: unknown) => {
        throw failureOf(again);
      });
    }
  }

  return { transport, close: () => agent.destroy() };
}

type Posting = Readonly<{
  agent: Agent;
  address: URL;
  signed: Readonly<Record<string, string>>;
  body: Buffer;
  leftMs: number;
}>;

/** Sends the body and answers the bytes of the answer, of which there is an end to time and number. */
function post({ agent, address, signed, body, leftMs }: Posting): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(new URL('/graphql', address), {
      agent,
      method: 'POST',
      headers: {
        ...signed,
        'content-type': 'application/json',
        'content-length': body.length,
        accept: 'application/json',
      },
    });
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(error);
      request.destroy();
    };
    const late = new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no answer in time');
    const timer = setTimeout(fail, leftMs, late);
    request.on('error', fail);
    request.on('response', (response) => {
      collect(response).then((bytes) => {
        clearTimeout(timer);
        resolve(bytes);
      }, fail);
    });
    request.end(body);
  });
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `answered with status ${statusCode}`);
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw badResponse('it is not JSON');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > limits.answerBytes) throw badResponse(`more than ${limits.answerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const badResponse = (message: string): SubgraphFailure =>
  new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', message);

function readResponse(bytes: Buffer): SubgraphResponse {
  let answer: unknown;
  try {
    answer = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badResponse('it cannot be read as JSON');
  }
  if (!isObject(answer)) throw badResponse('it is not an object');
  const { data, errors } = answer;
  const isAnswer =
    (data === undefined || data === null || isObject(data)) &&
    (errors === undefined || (Array.isArray(errors) && errors.every(isObject)));
  if (!isAnswer) throw badResponse('it is not an answer of GraphQL');
  return answer;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function isBroken(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && CONNECTION_ERRORS.includes(code);
}

const failureOf = (error: unknown): SubgraphFailure =>
  error instanceof SubgraphFailure
    ? error
    : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', error instanceof Error ? error.message : 'lost');

/** Whether the document may be sent twice. Asked only after a failure, so it is read only then. */
function isQuery(query: string, operationName: string | null): boolean {
  try {
    const operation = getOperationAST(parse(query, { noLocation: true }), operationName);
    return operation?.operation === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}
