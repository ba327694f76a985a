import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { SubgraphName } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from '../graphql/request.ts';
import { exchange, failureOf, isBroken } from './exchange.ts';
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
    const url = new URL('/graphql', addresses[name]);
    const body = Buffer.from(JSON.stringify({ query, variables, operationName }));
    const send = async (): Promise<SubgraphResponse> => {
      const leftMs = until - performance.now();
      const headers = await signCall({ ...options, audience: name }, call, body, leftMs);
      const answerBytesMax = limits.answerBytes;
      return exchange({ url, headers, body, agent, leftMs, answerBytesMax });
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

/** Whether the document may be sent twice. Asked only after a failure, so it is read only then. */
function isQuery(query: string, operationName: string | null): boolean {
  try {
    const operation = getOperationAST(parse(query, { noLocation: true }), operationName);
    return operation?.operation === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}
