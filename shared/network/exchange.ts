import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SubgraphFailure, type SubgraphResponse } from '../graphql/request.ts';
import { readBytes } from './read-bytes.ts';
import { readLines } from './read-lines.ts';

export type Sending = Readonly<{
  url: URL;
  /** What proves the call. The kind and length of the body are added. */
  headers: Readonly<Record<string, string>>;
  /** As text: Node sends it together with the head, in one piece. */
  body: string;
  /** Keeps the connections. It must fit the protocol of the URL. */
  agent: Agent;
  /** How long the answer is waited for, from the first byte sent to the last received. */
  leftMs: number;
  answerBytesMax: number;
  /**
   * Only reads: a body that met a connection which the other side had just closed, since it was idle,
   * is sent once more as it is, with the same headers.
   */
  isRead?: boolean;
}>;

/**
 * The other side did answer, and what is wrong may be the question's fault: an argument that it cannot
 * take, or an answer that is too long. Anybody can ask such a thing, so it says nothing about the subgraph.
 */
export class QuestionFailure extends SubgraphFailure {}

/**
 * How a question may be answered that could not be understood (400, 422), was too long (413) or was kept
 * out for a word in it, as firewalls do (403). 401 is not among them: it is our signature that was not
 * believed, whatever was asked.
 */
const STATUSES_OF_QUESTIONS = [400, 403, 413, 422];

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

/** Of an answer with a line for each of several questions: `[<number of the question>,<its answer>]`. */
export const LINES = 'application/x-ndjson';

/**
 * Sends a body once and answers what came back: at most so many bytes, in at most so much time, read
 * as an answer of GraphQL. Nobody is followed elsewhere. Every failure is a SubgraphFailure.
 */
export async function exchange(sending: Sending): Promise<SubgraphResponse> {
  const { answerBytesMax } = sending;
  const until = performance.now() + sending.leftMs;
  const read = (response: IncomingMessage) => readWhole(response, answerBytesMax);
  const bytes = await post(sending, read)
    .catch((error: unknown) => {
      if (!sending.isRead || !(error instanceof StaleConnection)) throw error;
      return post({ ...sending, leftMs: until - performance.now() }, read);
    })
    .catch((error: unknown) => {
      throw failureOf(error);
    });
  return responseOf(parsed(bytes.toString('utf8')));
}

/**
 * The same with a body of several questions. The answer to each is handed over as soon as it is there,
 * so none waits for another. Throws when one of them got none that can be used.
 */
export async function exchangeLines(
  sending: Sending,
  take: (index: number, answer: SubgraphResponse) => void,
): Promise<void> {
  let bad: unknown = null;
  const takeLine = (line: string): void => {
    try {
      const told = parsed(line);
      if (!Array.isArray(told) || !Number.isSafeInteger(told[0])) throw badResponse('no such line');
      take(told[0], responseOf(told[1]));
    } catch (error) {
      bad ??= error;
    }
  };
  await post(sending, async (response) => {
    checkHead(response, LINES);
    const isAll = await readLines(response, sending.answerBytesMax, takeLine);
    if (!isAll) throw tooLong(sending.answerBytesMax);
  }).catch((error: unknown) => {
    throw failureOf(error);
  });
  if (bad !== null) throw bad;
}

/** A connection that was kept broke before a byte of an answer came: most likely nobody read the body. */
class StaleConnection extends Error {
  constructor(cause: unknown) {
    super('a connection that was kept was closed', { cause });
  }
}

/** Whether the connection was refused or broke, so that a query may be sent again. */
export function isBroken(failure: unknown): boolean {
  const cause = failure instanceof SubgraphFailure ? failure.cause : null;
  return isBreak(cause);
}

function isBreak(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && CONNECTION_ERRORS.includes(code);
}

/** Whatever was thrown on the way to a subgraph, as a failure with a code. */
export function failureOf(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const cause = error instanceof StaleConnection ? error.cause : error;
  return new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the connection failed', { cause });
}

/** Sends the body and has the answer read, within the time that is left. */
async function post<T>(
  sending: Sending,
  read: (response: IncomingMessage) => Promise<T>,
): Promise<T> {
  const { url, headers, body, agent, leftMs } = sending;
  if (leftMs <= 0) throw new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no time was left');
  const sendRequest = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, {
      agent,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
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
    let bytesBefore = 0;
    request.on('socket', (socket) => {
      bytesBefore = socket.bytesRead;
    });
    request.on('error', (error) => {
      const isUnanswered = request.socket?.bytesRead === bytesBefore;
      const isStale = request.reusedSocket && isUnanswered && isBreak(error);
      fail(isStale ? new StaleConnection(error) : error);
    });
    request.on('response', (response) => {
      read(response).then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      }, fail);
    });
    request.end(body);
  });
}

async function readWhole(response: IncomingMessage, bytesMax: number): Promise<Buffer> {
  checkHead(response, 'application/json');
  const bytes = await readBytes(response, bytesMax);
  if (bytes === null) throw tooLong(bytesMax);
  return bytes;
}

function checkHead({ statusCode = 0, headers }: IncomingMessage, expected: string): void {
  if (statusCode !== 200) {
    const message = `answered with status ${statusCode}`;
    throw STATUSES_OF_QUESTIONS.includes(statusCode)
      ? new QuestionFailure('SUBGRAPH_UNAVAILABLE', message)
      : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', message);
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== expected) throw badResponse(`it is not ${expected}`);
}

const badResponse = (message: string): SubgraphFailure =>
  new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', message);

const tooLong = (bytesMax: number): SubgraphFailure =>
  new QuestionFailure('SUBGRAPH_BAD_RESPONSE', `more than ${bytesMax} bytes`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badResponse('it cannot be read as JSON');
  }
}

function responseOf(answer: unknown): SubgraphResponse {
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
