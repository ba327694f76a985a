import type { Call, SubgraphResponse } from '../graphql/request.ts';
import { limits } from './limits.ts';

/** A question on its way to a subgraph, and where its answer goes. */
export type Question = Readonly<{
  query: string;
  operationName: string | null;
  /** All of it as JSON, and how many bytes that is. */
  text: string;
  bytes: number;
  call: Call;
  resolve: (answer: SubgraphResponse) => void;
  reject: (failure: unknown) => void;
}>;

/**
 * Lets questions travel together that one request asks one subgraph in the same turn of the event loop:
 * ten exchanges for a listing become six. Who asks is signed once for all, so only questions of the very
 * same call do. A mutation always goes alone, and at once.
 */
export function gatherer(
  send: (questions: readonly Question[]) => void,
): (question: Question) => void {
  let waiting: Question[][] = [];
  const sendAll = (): void => {
    const groups = waiting;
    waiting = [];
    for (const group of groups) send(group);
  };
  return (question) => {
    // The word is in every mutation. A query that has it, too, loses nothing by going alone.
    if (question.query.includes('mutation')) return send([question]);
    const group = waiting.find((others) => isRoomIn(others, question));
    if (group !== undefined) return void group.push(question);
    if (waiting.length === 0) setImmediate(sendAll);
    waiting.push([question]);
  };
}

function isRoomIn(group: readonly Question[], { call, bytes }: Question): boolean {
  const [first] = group;
  if (first === undefined || !isSameCall(first.call, call)) return false;
  if (group.length >= limits.togetherMax) return false;
  // Each brings a comma or a bracket, and there is one more bracket.
  const others = group.reduce((sum, other) => sum + other.bytes + 1, 1);
  return others + bytes + 1 <= limits.requestBytes;
}

/** Within one request the caller is one object, and another one when the same person asks again. */
const isSameCall = (one: Call, other: Call): boolean =>
  one.caller === other.caller &&
  one.requestId === other.requestId &&
  one.locale === other.locale &&
  one.deadline === other.deadline &&
  (one.purpose ?? null) === (other.purpose ?? null);
