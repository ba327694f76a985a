import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { type SubgraphName, subgraphNames } from '../addresses.ts';
import { assert } from '../assert.ts';
import type { Clock } from '../clock.ts';
import {
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
} from '../graphql/request.ts';
import type { Logger } from '../logger.ts';
import { exchange, exchangeLines, failureOf, isBroken, QuestionFailure } from './exchange.ts';
import { gatherer, type Question } from './gather.ts';
import { createGuard, type GuardOptions, type GuardState } from './guard.ts';
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
  const { addresses, clock, logger, timeoutMs = limits.timeoutMs } = options;
  const agent = new Agent({ keepAlive: true }); // How many connections there are, the guards decide.
  const urls = byName((name) => new URL('/graphql', addresses[name]));
  const fairMs = timeoutMs * limits.fairShare;
  const guards = byName((name) =>
    createGuard({ ...limits, name, logger, fairMs, ...options.guard }),
  );

  /** Sends questions of the same call in one exchange, and tells each what became of it. */
  async function send(name: SubgraphName, questions: readonly Question[]): Promise<void> {
    const [first] = questions;
    assert(first, 'nothing is sent without a question');
    const { call, query, operationName } = first;
    const left = call.deadline === null ? timeoutMs : call.deadline - clock.now().getTime();
    const until = performance.now() + Math.min(left, timeoutMs);
    const waiting = new Set(questions);
    // Answers what a question that is alone is told, when that is known to the guard.
    const sendOnce = async (): Promise<SubgraphResponse | null> => {
      const asked = [...waiting];
      const isAlone = asked.length === 1;
      const texts = asked.map(({ text }) => text).join(',');
      const body = isAlone ? texts : `[${texts}]`;
      const leftMs = until - performance.now();
      const sending = {
        url: urls[name],
        headers: await signCall({ ...options, audience: name }, call, body, leftMs),
        ...{ body, agent, leftMs, answerBytesMax: limits.answerBytes },
      };
      if (isAlone) return exchange(sending);
      await exchangeLines(sending, (index, answer) => {
        const question = asked[index];
        if (question !== undefined && waiting.delete(question)) question.resolve(answer);
      });
      if (waiting.size > 0) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'not all answered');
      return null;
    };
    const sendUpToTwice = (): Promise<SubgraphResponse | null> =>
      sendOnce().catch(async (error: unknown) => {
        if (waiting.size === 0 || !isBroken(error) || !isQuery(query, operationName)) throw error;
        await sleep(limits.retryMs * (1 + Math.random()));
        return sendOnce();
      });
    try {
      const answer = await guards[name].run(until, sendUpToTwice);
      if (answer !== null) for (const question of waiting) question.resolve(answer);
    } catch (error) {
      for (const question of waiting) {
        // Which of them caused it is not known: each may show that it did not.
        if (error instanceof QuestionFailure && questions.length > 1) void send(name, [question]);
        else question.reject(failureOf(error));
      }
    }
  }

  const ask = byName((name) => gatherer((questions) => void send(name, questions)));

  async function transport(
    name: SubgraphName,
    { query, variables = {}, operationName = null, call }: SubgraphRequest,
  ): Promise<SubgraphResponse> {
    const text = JSON.stringify({ query, variables, operationName });
    const bytes = Buffer.byteLength(text);
    if (bytes > limits.requestBytes) {
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', `${bytes} bytes are too many to send`);
    }
    return new Promise((resolve, reject) => {
      ask[name]({ query, operationName, text, bytes, call, resolve, reject });
    });
  }

  return { transport, stateOf: (name) => guards[name].state(), close: () => agent.destroy() };
}

function byName<T>(make: (name: SubgraphName) => T): Readonly<Record<SubgraphName, T>> {
  const made = subgraphNames.map((name) => [name, make(name)]);
  return Object.fromEntries(made) as Record<SubgraphName, T>; // One for each name.
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
