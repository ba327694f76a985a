import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { GraphQLFormattedError } from 'graphql';
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
 * Reaches one merchant's subgraph. It is told the question, the language, a request id and how long its
 * answer is waited for, and never who asks. A call is signed as Standard Webhooks has it, so that the
 * merchant can check it in any language; the secret is the merchant's own, so it is good nowhere else.
 * Nothing is sent twice. What its errors say stays here.
 */
export function foreignTransport(options: ForeignTransportOptions): ForeignTransport {
  const { name, url, clock, newId, logger } = options;
  const agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const webhook = new Webhook(options.secret);
  const guard = createGuard({ name, logger, ...limits });

  async function send({ query, variables = {}, call }: SubgraphRequest): Promise<SubgraphResponse> {
    const { timeoutMs, answerBytes: answerBytesMax, requestBytes } = limits;
    const left = call.deadline === null ? timeoutMs : call.deadline - clock.now().getTime();
    const until = performance.now() + Math.min(left, timeoutMs);
    const text = JSON.stringify({ query, variables });
    const body = Buffer.from(text);
    if (body.length > requestBytes) {
      throw new SubgraphFailure(
        'SUBGRAPH_UNAVAILABLE',
        `${body.length} bytes are too many to send`,
      );
    }
    const ask = async (): Promise<SubgraphResponse> => {
      const id = `call_${newId()}`;
      const now = clock.now();
      const leftMs = until - performance.now();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, now, text),
        'accept-language': call.locale,
        'x-request-id': call.requestId,
        'x-tongdui-time-left-ms': String(Math.max(0, Math.floor(leftMs))),
      };
      return exchange({ url, headers, body, agent, leftMs, answerBytesMax });
    };
    const { data, errors } = await guard.run(until, ask).catch((error: unknown) => {
      throw failureOf(error);
    });
    if (errors !== undefined) {
      logger.info(
        { subgraph: name, errors: errors.slice(0, 3) },
        'a merchant answered with errors',
      );
    }
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: errors.map((one) => reduced(one, call.locale)) }),
    };
  }

  return { send, close: () => agent.destroy() };
}

/** An error of a merchant's as far as it is passed on: where, and one of two codes. */
function reduced(
  { path, extensions }: GraphQLFormattedError,
  locale: Locale,
): GraphQLFormattedError {
  const isRefusal = extensions?.code === 'BAD_USER_INPUT';
  const code = isRefusal ? 'BAD_USER_INPUT' : 'SUBGRAPH_BAD_RESPONSE';
  const steps: readonly unknown[] = Array.isArray(path) && path.length <= 30 ? path : [];
  const isPath = steps.every((step) => typeof step === 'string' || Number.isSafeInteger(step));
  return {
    message: isRefusal ? word(foreignWording, 'MERCHANT_REFUSED', locale, {}) : code,
    ...(isPath && steps.length > 0 && { path: steps as (string | number)[] }),
    extensions: { code, ...(isRefusal && { reason: 'MERCHANT_REFUSED' }) },
  };
}
