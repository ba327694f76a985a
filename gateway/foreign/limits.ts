/** Every limit on a merchant's own subgraph, which is nobody of ours. */
export const limits = {
  /** How long its answer is waited for, in milliseconds. */
  timeoutMs: 2_000,
  /** Bytes of its answer. */
  answerBytes: 1024 * 1024,
  /** Bytes of a request to it. */
  requestBytes: 256 * 1024,
  /** Objects and entries of lists in an answer of it, together. */
  partsMax: 10_000,
  /** Errors in an answer of it. */
  errorsMax: 50,
  /** Documents of which it is remembered what is sent to it. */
  documentsMax: 200,
  /** Characters of a text of its that are written into the log. */
  loggedMax: 200,
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
  /** Merchants that are asked for one page. The next page goes on behind them. */
  sourcesMax: 16,
  /** Items of one merchant that are listed. Its own list may have more. */
  itemsMax: 1_000,
  /** Characters of the id of an item, and of a cursor. */
  idMax: 200,
  cursorMax: 2_000,
  /** So long before the end of a request no list is asked for any more: the items take time too. In ms. */
  itemsMs: 5_000,
  /** Items of one page. */
  pageMax: 100,
  /** Characters of its contract. */
  sdlMax: 64_000,
  tokensMax: 8_000,
  typesMax: 50,
  /** Of all its types together, arguments and enum values included. */
  fieldsMax: 300,
  /** Sentences that are said of what is wrong with it, and characters of each. */
  problemsMax: 20,
  problemMax: 500,
  /** Characters of one description. */
  descriptionMax: 500,
} as const;
