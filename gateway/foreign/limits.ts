/** Every limit on a merchant's own subgraph, which is nobody of ours. */
export const limits = {
  /** How long its answer is waited for, in milliseconds. */
  timeoutMs: 2_000,
  /** Bytes of its answer. */
  answerBytes: 1024 * 1024,
  /** Bytes of a request to it. */
  requestBytes: 256 * 1024,
  /** How many items a list of it may hold. */
  listMax: 1_000,
  /** Characters of a text that it answers. */
  textMax: 10_000,
  /** Calls to one merchant under way at once, and those that wait for a place. Others are refused. */
  callsMax: 16,
  waitingMax: 64,
  /** After so many failures in a row it is asked nothing for so many milliseconds. */
  failuresMax: 5,
  restMs: 5_000,
  /** A call that had less time than this and was late says nothing about it. In milliseconds. */
  fairMs: 1_000,
  /** Merchants whose items are listed that are asked at once. */
  askedAtOnce: 8,
  /** Items of one page. */
  pageMax: 100,
  /** Characters of its contract. */
  sdlMax: 64_000,
  tokensMax: 8_000,
  typesMax: 50,
  /** Of all its types together, arguments and enum values included. */
  fieldsMax: 300,
  /** Characters of one description. */
  descriptionMax: 500,
} as const;
