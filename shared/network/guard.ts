import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
  type IBackoff,
  isBrokenCircuitError,
  isBulkheadRejectedError,
} from 'cockatiel';
import { SubgraphFailure } from '../graphql/request.ts';
import type { Logger } from '../logger.ts';
import { QuestionFailure } from './exchange.ts';

export type GuardOptions = Readonly<{
  /** Of the subgraph, for the log. */
  name: string;
  logger?: Logger | undefined;
  /** After so many failures in a row the subgraph is asked nothing for a while. */
  failuresMax: number;
  /** For how long, in milliseconds. Then a single call tries whether it is back. */
  restMs: number;
  /** A call that came with less time than this and was late says nothing about the subgraph. */
  fairMs: number;
  /** Calls under way at once. */
  callsMax: number;
  /** Calls that wait until one of those is done. Any more are refused. */
  waitingMax: number;
}>;

/** For whoever watches: `OPEN` means that nothing is asked, `HALF_OPEN` that one call tries. */
export type GuardState = Readonly<{
  circuit: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  calls: number;
  waiting: number;
}>;

export type Guard = Readonly<{
  /**
   * Makes a call when there is a place for it. `until` is on the clock of `performance.now()`: to wait
   * for a place is part of the call's own time. Throws what the call throws, and a SubgraphFailure
   * when it is not made.
   */
  run: <T>(until: number, send: () => Promise<T>) => Promise<T>;
  state: () => GuardState;
}>;

/**
 * Stands before one subgraph, so that a dead or hanging one costs neither time nor memory. Counted are
 * failures that speak of the subgraph: a connection that was refused or broke, an answer that cannot
 * be used, and none at all in a fair time. A QuestionFailure is never counted, or whoever asks badly
 * could close the way for all.
 */
export function createGuard(options: GuardOptions): Guard {
  const { failuresMax, restMs, fairMs, callsMax, waitingMax } = options;
  const places = bulkhead(callsMax, waitingMax);
  const circuit = circuitBreaker(handleType(Counted), {
    breaker: new ConsecutiveBreaker(failuresMax),
    halfOpenAfter: { next: () => restFor(restMs) },
  });
  logChanges(circuit, options);

  async function run<T>(until: number, send: () => Promise<T>): Promise<T> {
    // The library would let everybody wait for how the try ends.
    if (circuit.state === CircuitState.HalfOpen) throw refused('it is tried whether it is back');
    const make = async (isTry: boolean): Promise<T> => {
      const givenMs = until - performance.now();
      return send().catch((error: unknown) => {
        if (error instanceof QuestionFailure) throw error;
        // A try that brings no answer, for whatever reason, does not show that it is back.
        throw isTry || isTelling(error, givenMs, fairMs) ? new Counted(error) : error;
      });
    };
    try {
      return await circuit.execute(() => {
        // The try takes no place: those may all be taken by calls that hang.
        if (circuit.state === CircuitState.HalfOpen) return make(true);
        return inPlace(places, until, () => {
          if (circuit.state === CircuitState.Closed) return make(false);
          throw refused('it failed while this call waited');
        });
      });
    } catch (error) {
      throw thrownBy(error);
    }
  }

  return {
    run,
    state: () => ({
      circuit: nameOf(circuit.state),
      calls: callsMax - places.executionSlots,
      waiting: waitingMax - places.queueSlots,
    }),
  };
}

/** A failure that counts. */
class Counted extends Error {
  constructor(cause: unknown) {
    super('counted', { cause });
  }
}

const isTelling = (error: unknown, givenMs: number, fairMs: number): boolean =>
  error instanceof SubgraphFailure && (error.code !== 'SUBGRAPH_TIMEOUT' || givenMs >= fairMs);

const refused = (why: string): SubgraphFailure => new SubgraphFailure('SUBGRAPH_UNAVAILABLE', why);

function thrownBy(error: unknown): unknown {
  if (error instanceof Counted) return error.cause;
  if (isBrokenCircuitError(error)) return refused('it failed too often in a row');
  if (isBulkheadRejectedError(error)) return refused('too many calls are waiting for it');
  return error;
}

/** Makes a call when there is a place, or throws when the time is up before. Then it is never made. */
async function inPlace<T>(
  places: BulkheadPolicy,
  until: number,
  make: () => Promise<T>,
): Promise<T> {
  if (places.executionSlots > 0) return places.execute(make);
  const givenUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      givenUp.abort();
      reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no place was free in time'));
    }, until - performance.now());
  });
  const made = places.execute(() => {
    clearTimeout(timer);
    return make();
  }, givenUp.signal);
  try {
    return await Promise.race([made, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The library reads the machine's clock, which may be set back for hours. This says by another. */
function restFor(restMs: number): IBackoff<unknown> {
  const until = performance.now() + restMs;
  return {
    next: () => restFor(restMs),
    get duration() {
      const isOver = performance.now() >= until;
      return isOver ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    },
  };
}

const nameOf = (state: CircuitState): GuardState['circuit'] => {
  if (state === CircuitState.Closed) return 'CLOSED';
  return state === CircuitState.HalfOpen ? 'HALF_OPEN' : 'OPEN';
};

/** Says when an outage begins and when it is over. The tries in between are details. */
function logChanges(circuit: CircuitBreakerPolicy, { name, logger, restMs }: GuardOptions): void {
  let since: number | null = null;
  circuit.onStateChange((state) => {
    if (state === CircuitState.Closed) {
      const ms = since === null ? null : Math.round(performance.now() - since);
      since = null;
      logger?.warn({ subgraph: name, ms }, 'a subgraph answers again');
    } else if (state === CircuitState.Open && since === null) {
      since = performance.now();
      const failure = circuit.lastFailure;
      const error = failure && 'error' in failure ? thrownBy(failure.error) : null;
      const about = { subgraph: name, restMs, error };
      logger?.warn(about, 'a subgraph failed too often in a row and is asked nothing for a while');
    } else {
      logger?.debug({ subgraph: name }, 'it is tried whether a subgraph is back');
    }
  });
}
