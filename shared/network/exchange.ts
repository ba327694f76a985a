import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SubgraphFailure, type SubgraphResponse } from '../graphql/request.ts';
import { readBytes } from './read-bytes.ts';

export type Sending = Readonly<{
  url: URL;
  /** What proves the call. The kind and length of the body are added. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Keeps the connections. It must fit the protocol of the URL. */
  agent: Agent;
  /** How long the answer is waited for, from the first byte sent to the last received. */
  leftMs: number;
  answerBytesMax: number;
}>;

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
 * Sends a body once and answers what came back: at most so many bytes, in at most so much time, read
 * as an answer of GraphQL. Nobody is followed elsewhere. Every failure is a SubgraphFailure.
 */
export async function exchange(sending: Sending): Promise<SubgraphResponse> {
  if (sending.leftMs <= 0) throw new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no time was left');
  const bytes = await post(sending).catch((error: unknown) => {
    throw failureOf(error);
  });
  return readResponse(bytes);
}

/** Whether the connection was refused or broke, so that a query may be sent again. */
export function isBroken(failure: unknown): boolean {
  const cause = failure instanceof SubgraphFailure ? failure.cause : null;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && CONNECTION_ERRORS.includes(code);
}

/** Whatever was thrown on the way to a subgraph, as a failure with a code. */
export const failureOf = (error: unknown): SubgraphFailure =>
  error instanceof SubgraphFailure
    ? error
    : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the connection failed', { cause: error });

/** Answers the bytes of the answer, of which there is an end to time and number. */
function post(sending: Sending): Promise<Buffer> {
  const { url, headers, body, agent, leftMs, answerBytesMax } = sending;
  const sendRequest = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, {
      agent,
      method: 'POST',
      headers: {
        ...headers,
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
    // Made only when it happens: an error that is never thrown costs as much as one that is.
    const late = () => fail(new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no answer in time'));
    const timer = setTimeout(late, leftMs);
    request.on('error', fail);
    request.on('response', (response) => {
      collect(response, answerBytesMax).then((bytes) => {
        clearTimeout(timer);
        resolve(bytes);
      }, fail);
    });
    request.end(body);
  });
}

async function collect(response: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `answered with status ${statusCode}`);
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw badResponse('it is not JSON');
  const bytes = await readBytes(response, bytesMax);
  if (bytes === null) throw badResponse(`more than ${bytesMax} bytes`);
  return bytes;
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
