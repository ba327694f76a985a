import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../../shared/clock.ts';
import {
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
} from '../../shared/graphql/request.ts';
import { type Locale, word } from '../../shared/graphql/wording.ts';
import type { NewId } from '../../shared/identifiers.ts';
import type { Logger } from '../../shared/logger.ts';
import { exchange, failureOf } from '../../shared/network/exchange.ts';
import { createGuard } from '../../shared/network/guard.ts';
import type { AskSubgraph } from '../subgraph-source.ts';
import { anonymous } from './anonymous.ts';
import { checkSize } from './check-value.ts';
import { limits } from './limits.ts';
import { foreignWording } from './wording.ts';

export type ForeignTransportOptions = Readonly<{
  /** Its name in the supergraph, for the log. */
  name: string;
  url: URL;
  /** `whsec_…`, known to this merchant and the platform only. */
  secret: string;
  clock: Clock;
  newId: NewId;
  logger: Logger;
}>;

export type ForeignTransport = Readonly<{ send: AskSubgraph; close: () => void }>;

/**
 * Reaches one merchant's subgraph. It is told the question, the language, an id of this call and how long
 * its answer is waited for, and neither who asks nor what the caller calls it. A call is signed as
 * Standard Webhooks has it, so that the merchant can check it in any language; the secret is the merchant's
 * own, so it is good nowhere else. What its errors say stays here.
 */
export function foreignTransport(options: ForeignTransportOptions): ForeignTransport {
  const { name, url, clock, newId, logger } = options;
  const agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const webhook = new Webhook(options.secret);
  const guard = createGuard({ name, logger, ...limits });

  const documents = new LRUCache<string, string>({ max: limits.documentsMax });

  function documentOf(query: string): string {
    const known = documents.get(query) ?? anonymous(query);
    documents.set(query, known);
    return known;
  }

  async function send({ query, variables = {}, call }: SubgraphRequest): Promise<SubgraphResponse> {
    const { timeoutMs, answerBytes: answerBytesMax, requestBytes } = limits;
    const left = call.deadline === null ? timeoutMs : call.deadline - clock.now().getTime();
    const until = performance.now() + Math.min(left, timeoutMs);
    const body = JSON.stringify({ query: documentOf(query), variables });
    const bytes = Buffer.byteLength(body);
    if (bytes > requestBytes) {
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `${bytes} bytes are too many to send`);
    }
    // Our own: what the caller calls its request may be said of the caller.
    const id = `call_${newId()}`;
    const about = { subgraph: name, call: id, requestId: call.requestId };
    const ask = async (): Promise<SubgraphResponse> => {
      const now = clock.now();
      const leftMs = until - performance.now();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, now, body),
        'accept-language': call.locale,
        'x-request-id': id,
        'x-tongdui-time-left-ms': String(Math.max(0, Math.floor(leftMs))),
      };
      return exchange({ url, headers, body, agent, leftMs, answerBytesMax, isRead: true });
    };
    const response = await guard.run(until, ask).catch((error: unknown) => {
      const failure = failureOf(error);
      logger.info({ ...about, code: failure.code }, 'a call to a merchant failed');
      throw failure;
    });
    // Not before the guard: a question for too much may be the caller's doing.
    checkBounds(response);
    const { data, errors } = response;
    if (errors !== undefined) {
      const told = errors.slice(0, 3).map(({ message }) => clipped(message));
      logger.info({ ...about, errors: told }, 'a merchant answered with errors');
    }
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: errors.map((one) => reduced(one, call.locale)) }),
    };
  }

  return { send, close: () => agent.destroy() };
}

/** Throws when an answer holds more than anything honest, which would take the gateway long to look at. */
function checkBounds({ data, errors = [] }: SubgraphResponse): void {
  if (errors.length > limits.errorsMax) throw badResponse(`${errors.length} errors`);
  try {
    checkSize(data);
  } catch (error) {
    throw badResponse(error instanceof Error ? error.message : 'too large');
  }
}

const badResponse = (message: string): SubgraphFailure =>
  new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', message);

/** What a merchant calls a message may be anything, and as long as its answer. */
const clipped = (message: unknown): string =>
  typeof message === 'string' ? message.slice(0, limits.loggedMax) : typeof message;

/** An error of a merchant's as far as it is passed on: where, which is looked at later, and one of two codes. */
function reduced(
  { path, extensions }: GraphQLFormattedError,
  locale: Locale,
): GraphQLFormattedError {
  const isRefusal = extensions?.code === 'BAD_USER_INPUT';
  const code = isRefusal ? 'BAD_USER_INPUT' : 'SUBGRAPH_BAD_RESPONSE';
  return {
    message: isRefusal ? word(foreignWording, 'MERCHANT_REFUSED', locale, {}) : code,
    ...(Array.isArray(path) && { path }),
    extensions: { code, ...(isRefusal && { reason: 'MERCHANT_REFUSED' }) },
  };
}
