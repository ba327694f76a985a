/** Every limit on a call between two processes of ours. */
export const limits = {
  /** How long an answer is waited for when the request has more time than that, in milliseconds. */
  timeoutMs: 5_000,
  /** Bytes of an answer. */
  answerBytes: 8 * 1024 * 1024,
  /** Bytes of a request. */
  requestBytes: 4 * 1024 * 1024,
  /** How far the clocks of two processes may be apart, and how long a signature is good, in ms. */
  signatureMs: 60_000,
  /** Calls that are remembered so that none is taken twice. The oldest are forgotten first. */
  seenMax: 200_000,
  /** Characters of an internal token. */
  tokenMax: 8_192,
  /** Questions of one request that travel together. */
  togetherMax: 16,
  /** Calls to one subgraph at once, each on a connection of its own. */
  callsMax: 128,
  /** Calls to one subgraph that wait for a place, within their own time. Any more are refused. */
  waitingMax: 512,
  /** After so many failures in a row a subgraph is asked nothing for a while. */
  failuresMax: 5,
  /** How long that while is, in milliseconds. Then a single call tries whether it is back. */
  restMs: 1_000,
  /** The part of `timeoutMs` that a call must have had for its lateness to count as a failure. */
  fairShare: 0.5,
  /** A query whose connection broke is sent again after so many milliseconds, or up to twice as many. */
  retryMs: 20,
  /** How long a connection without a request is kept open, in milliseconds. */
  idleMs: 60_000,
  /** How long a request may take to arrive, in milliseconds. */
  arrivalMs: 10_000,
  /** How long requests under way may go on after a stop, in milliseconds. */
  drainMs: 15_000,
  /** How long an answer to `/readyz` stands, in milliseconds: asking often burdens nobody. */
  readyMs: 1_000,
} as const;
