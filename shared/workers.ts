import type { Logger } from './logger.ts';

/** Work in the background, done a step at a time. */
export type Worker = Readonly<{
  name: string;
  /** How long to rest when there was nothing to do. */
  restMs: number;
  /** Does some of the work; true when there may be more. A step that is repeated changes nothing. */
  step: () => Promise<boolean>;
}>;

/**
 * Thrown by a step that can go no further until somebody mends the cause. It is tried again like any
 * other, but logged as an error each time, because it does not pass by itself.
 */
export class StandStill extends Error {
  override readonly name = 'StandStill';
}

/** Runs workers until stopped. A step that throws is logged and tried again after a longer rest. */
export function startWorkers(workers: readonly Worker[], logger: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const loops = workers.map((worker) => loop(worker, stopping.signal, logger));
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

async function loop(worker: Worker, stopping: AbortSignal, logger: Logger): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    let mayBeMore = false;
    try {
      mayBeMore = await worker.step();
      if (failures > 0)
        logger.warn({ worker: worker.name, failures }, 'a step that failed is done');
      failures = 0;
    } catch (error) {
      failures += 1;
      const level = error instanceof StandStill ? 'error' : 'warn';
      logger[level]({ worker: worker.name, failures, error }, 'a step failed and is tried again');
    }
    const restMs = mayBeMore ? 0 : Math.min(worker.restMs * 2 ** failures, 60_000);
    await rest(restMs, stopping);
  }
}

async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  // It may have been stopped during the step, and is not told of that again.
  if (stopping.aborted) return;
  await new Promise<void>((wake) => {
    const timer = setTimeout(done, ms);
    stopping.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      wake();
    }
  });
}

/** Runs every worker until none has anything left to do. For tests and for commands that end. */
export async function settle(workers: readonly Worker[]): Promise<void> {
  let mayBeMore = true;
  for (let round = 0; mayBeMore && round < 10_000; round += 1) {
    mayBeMore = false;
    for (const worker of workers) mayBeMore = (await worker.step()) || mayBeMore;
  }
}
