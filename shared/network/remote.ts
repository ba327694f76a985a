import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { type SubgraphName, subgraphNames } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import {
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
} from '../graphql/request.ts';
import type { Logger } from '../logger.ts';
import { exchange, failureOf, isBroken } from './exchange.ts';
import { createGuard, type Guard, type GuardOptions, type GuardState } from './guard.ts';
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
  /** Told when a subgraph is given up for a while, and when it is back. */
  logger?: Logger;
  /** Other numbers than those of `limits`. */
  guard?: Partial<GuardOptions>;
}>;

export type Remote = Readonly<{
  transport: SubgraphTransport;
  /** How the way to a subgraph looks at the moment. */
  stateOf: (name: SubgraphName) => GuardState;
  close: () => void;
}>;

/**
 * Reaches subgraphs over HTTP, on connections that are kept. Every call is signed, bounded in time and
 * size, and ends as an answer or as a SubgraphFailure. A query whose connection broke is sent once
 * more; a mutation never, because it may have arrived. One that fails again and again is left alone
 * for a while, and one that hangs takes nothing from the others.
 */
export function remoteTransport(options: RemoteOptions): Remote {
  const { addresses, clock, timeoutMs = limits.timeoutMs } = options;
  const agent = new Agent({ keepAlive: true }); // How many connections there are, the guards decide.
  const guards = guardsOf(options, timeoutMs);

  async function transport(
    name: SubgraphName,
    request: SubgraphRequest,
  ): Promise<SubgraphResponse> {
    const { query, variables = {}, operationName = null, call } = request;
    const left = call.deadline === null ? timeoutMs : call.deadline - clock.now().getTime();
    const until = performance.now() + Math.min(left, timeoutMs);
    const url = new URL('/graphql', addresses[name]);
    const body = Buffer.from(JSON.stringify({ query, variables, operationName }));
    if (body.length > limits.requestBytes) {
      throw new SubgraphFailure(
        'SUBGRAPH_UNAVAILABLE',
        `${body.length} bytes are too many to send`,
      );
    }
    const send = async (): Promise<SubgraphResponse> => {
      const leftMs = until - performance.now();
      const headers = await signCall({ ...options, audience: name }, call, body, leftMs);
      const answerBytesMax = limits.answerBytes;
      return exchange({ url, headers, body, agent, leftMs, answerBytesMax });
    };
    const sendUpToTwice = (): Promise<SubgraphResponse> =>
      send().catch(async (error: unknown) => {
        if (!isBroken(error) || !isQuery(query, operationName)) throw error;
        await sleep(limits.retryMs * (1 + Math.random()));
        return send();
      });
    try {
      return await guards[name].run(until, sendUpToTwice);
    } catch (error) {
      throw failureOf(error);
    }
  }

  return { transport, stateOf: (name) => guards[name].state(), close: () => agent.destroy() };
}

function guardsOf(
  { logger, guard }: RemoteOptions,
  timeoutMs: number,
): Readonly<Record<SubgraphName, Guard>> {
  const fairMs = timeoutMs * limits.fairShare;
  const guards = subgraphNames.map((name): [SubgraphName, Guard] => [
    name,
    createGuard({ ...limits, name, logger, fairMs, ...guard }),
  ]);
  return Object.fromEntries(guards) as Record<SubgraphName, Guard>; // One for each name.
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
