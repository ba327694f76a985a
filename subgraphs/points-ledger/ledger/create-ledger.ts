import { isConnectionLost, isDuplicateKey } from '../../../shared/database/errors.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Request } from '../domain/answer.ts';
import { type Failure, failure, type Outcome } from '../domain/command.ts';
import { type BatchFrame, runBatch } from './run-batch.ts';

/** More than this many waiting commands are refused at once: waiting would not help them. */
const QUEUE_MAX = 10_000;
const BATCH_MAX = 500;
const ATTEMPTS_MAX = 3;

export type LedgerFrame = BatchFrame & Pick<Frame, 'logger'>;

export type Ledger = Readonly<{
  /**
   * Posts commands and answers each once it is committed, or has failed by itself. They are applied in
   * this order, but others may come between. Throws SUBGRAPH_UNAVAILABLE when too many wait already;
   * then none was taken. Throws the error of the driver when the database is out of reach; then it is
   * not known which were booked, and all may be posted again.
   */
  post: (requests: readonly Request[]) => Promise<(Outcome | Failure)[]>;
}>;

type Waiting = Readonly<{
  request: Request;
  answer: (outcome: Outcome | Failure) => void;
  fail: (error: unknown) => void;
}>;

/**
 * The queue before the books. While a batch is under way, commands gather; then they make the next
 * one. So a lone command does not wait, and under load one transaction carries hundreds.
 */
export function createLedger(
  frame: LedgerFrame,
  { batchMax = BATCH_MAX }: Readonly<{ batchMax?: number }> = {},
): Ledger {
  const queue: Waiting[] = [];
  let isRunning = false;

  async function drain(): Promise<void> {
    isRunning = true;
    try {
      // What is posted in the same turn of the event loop comes along.
      await Promise.resolve();
      while (queue.length > 0) await settleBatch(frame, queue.splice(0, batchMax));
    } finally {
      isRunning = false;
    }
  }

  async function post(requests: readonly Request[]): Promise<(Outcome | Failure)[]> {
    if (queue.length + requests.length > QUEUE_MAX) {
      throw fault('SUBGRAPH_UNAVAILABLE', 'LEDGER_BUSY');
    }
    const outcomes = requests.map(
      (request) =>
        new Promise<Outcome | Failure>((answer, fail) => queue.push({ request, answer, fail })),
    );
    if (!isRunning) void drain();
    const settled = await Promise.allSettled(outcomes);
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  return { post };
}

/**
 * Runs a batch and answers who waits for it. When a command breaks the transaction, the batch is
 * halved until the guilty one is alone: it alone fails, and nothing of it was written.
 */
async function settleBatch(frame: LedgerFrame, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await runAgain(
      frame,
      batch.map(({ request }) => request),
    );
    for (const [index, { answer }] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) answer(outcome);
    }
  } catch (error) {
    if (isConnectionLost(error)) {
      for (const { fail } of batch) fail(error);
      return;
    }
    const [alone, ...others] = batch;
    if (alone !== undefined && others.length === 0) {
      const { scope, key } = alone.request;
      frame.logger.error({ scope, key, error }, 'a command failed and is not booked');
      alone.answer(failure);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await settleBatch(frame, batch.slice(0, half));
    await settleBatch(frame, batch.slice(half));
  }
}

/**
 * A lost connection leaves open whether the transaction was committed. The keys make it safe to run
 * the same batch again: what was committed is answered from memory. A duplicate key says that another
 * process answered the same command meanwhile; it is visible now.
 */
async function runAgain(frame: LedgerFrame, requests: readonly Request[]): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runBatch(frame, requests);
    } catch (error) {
      const mayPass = isConnectionLost(error) || isDuplicateKey(error);
      if (!mayPass || attempt === ATTEMPTS_MAX) throw error;
      await new Promise((wake) => setTimeout(wake, 50 * 2 ** attempt));
    }
  }
}
