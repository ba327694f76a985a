import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call } from '../shared/graphql/request.ts';

/** One fetch from a subgraph: how long it took, in milliseconds. */
export type AnsweredBy = Readonly<{ subgraph: string; ms: number }>;

/** What the gateway knows about a request while it is answered. */
export type GatewayContext = Call & {
  /** The fetches so far, in the order of their answers. */
  readonly answeredBy: AnsweredBy[];
  /** The subgraphs of which the caller is told already that they did not answer. */
  readonly failed: Set<string>;
  /** Whether the caller wants to see `answeredBy`. */
  readonly isTraced: boolean;
};

/** What is known about a request before it is known who asks. */
export type Asking = Pick<Call, 'locale' | 'requestId'>;

/**
 * The request under way. Apollo Server forms some errors without telling for which request; they are
 * worded in the language of this one.
 */
export const asking = new AsyncLocalStorage<Asking>();
