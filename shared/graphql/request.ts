import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphName } from '../addresses.ts';
import type { Caller } from './caller.ts';
import type { Locale } from './wording.ts';

/** What travels with every call to a subgraph, whether in process or over HTTP. */
export type Call = Readonly<{
  caller: Caller;
  locale: Locale;
  requestId: string;
  /** What the caller says it is for, such as the number of a regulator's case. Printable ASCII. */
  purpose?: string | null;
  /** Milliseconds since 1970 after which nobody waits for the answer, or null. */
  deadline: number | null;
}>;

export type SubgraphRequest = Readonly<{
  query: string;
  variables?: Readonly<Record<string, unknown>>;
  operationName?: string | null;
  call: Call;
  /** The document was checked against the subgraph's schema already (the query planner made it). */
  isPlanned?: boolean;
}>;

/** Plain JSON: byte for byte what HTTP would carry. */
export type SubgraphResponse = Readonly<{
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}>;

/**
 * How the gateway reaches a subgraph, and one subgraph another. It may be in process or far away. It
 * throws SubgraphFailure when there is no answer.
 */
export type SubgraphTransport = (
  name: SubgraphName,
  request: SubgraphRequest,
) => Promise<SubgraphResponse>;

/** The codes of an outage: there was no answer in time, none at all, or none that could be used. */
export type FailureCode = 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_BAD_RESPONSE';

/** A transport brought no answer. What its message says is for the log and leaves nowhere. */
export class SubgraphFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
