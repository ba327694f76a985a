import { availableParallelism } from 'node:os';
import { parentPort, type Transferable, Worker } from 'node:worker_threads';

/** Jobs that wait at each thread, so that none stands idle while its answer is made use of. */
const AHEAD = 2;
/** More would wait for whoever makes use of their answers. */
const THREADS_MAX = 8;

/** How many threads are worth their while on this machine; 0: the work is better done where one is. */
export const usefulThreads = (cores = availableParallelism()): number =>
  cores < 2 ? 0 : Math.min(cores, THREADS_MAX);

export type Threads = Readonly<{
  /** The path of what each thread runs, which calls `answerJobs`. */
  script: string;
  /** At least one. */
  count: number;
  /** What each thread is told at its beginning (`workerData`). */
  data?: unknown;
}>;

/**
 * Gives jobs to threads and yields their answers in the order of the jobs. Jobs are taken only as answers are
 * made use of, so memory is bounded. Throws what a thread threw, and an Error when one ends without an
 * answer. The threads are gone when this is.
 */
export async function* inThreads<Job, Answer>(
  { script, count, data }: Threads,
  jobs: AsyncIterable<Job> | Iterable<Job>,
): AsyncGenerator<Answer> {
  const threads = Array.from({ length: count }, () => new Thread<Job, Answer>(script, data));
  const coming: Promise<Answer>[] = [];
  try {
    for await (const job of jobs) {
      const [least] = threads.toSorted((a, b) => a.waiting - b.waiting);
      if (least === undefined) throw new Error('jobs need a thread');
      const answer = least.ask(job);
      // It is thrown when its turn comes, or nobody is there any more who waits for it.
      answer.catch(() => undefined);
      coming.push(answer);
      if (coming.length >= count * AHEAD) yield await first(coming);
    }
    while (coming.length > 0) yield await first(coming);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

const first = <Answer>(coming: Promise<Answer>[]): Promise<Answer> =>
  coming.shift() ?? Promise.reject(new Error('nothing is coming'));

type Asked<Job> = Readonly<{ number: number; job: Job }>;
type Answered<Answer> = Readonly<{ number: number }> &
  (Readonly<{ answer: Answer }> | Readonly<{ error: unknown }>);

class Thread<Job, Answer> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #asked = 0;
  #failure: unknown = null;

  constructor(script: string, data: unknown) {
    this.#worker = new Worker(script, { workerData: data });
    this.#worker.on('message', (message: Answered<Answer>) => {
      const waiting = this.#waiting.get(message.number);
      this.#waiting.delete(message.number);
      if ('answer' in message) waiting?.resolve(message.answer);
      else waiting?.reject(message.error);
    });
    this.#worker.on('messageerror', (error) => this.#fail(error));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) =>
      this.#fail(new Error(`a thread ended (${code}) before its work was done`)),
    );
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  ask(job: Job): Promise<Answer> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#asked += 1;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(this.#asked, waiting);
    const asked: Asked<Job> = { number: this.#asked, job };
    this.#worker.postMessage(asked);
    return waiting.promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }
}

/** What a job came to, and what of it is handed over instead of being copied. */
export type Done<Answer> = Readonly<{ answer: Answer; moved?: readonly Transferable[] }>;

/** Makes a thread of `inThreads` out of a function. What it throws is thrown there. */
export function answerJobs<Job, Answer>(work: (job: Job) => Promise<Done<Answer>>): void {
  const port = parentPort;
  if (port === null) throw new Error('this runs in a thread only');
  port.on('message', async ({ number, job }: Asked<Job>) => {
    try {
      const { answer, moved = [] } = await work(job);
      port.postMessage({ number, answer } satisfies Answered<Answer>, moved);
    } catch (error) {
      port.postMessage({ number, error } satisfies Answered<Answer>);
    }
  });
}
