/** Every limit of the gateway on what one request may ask. */
export const limits = {
  /** Bytes of a request's body. */
  body: '256kb',
  /** Tokens of a document. */
  tokensMax: 4_000,
  /** Selections of a document after its fragments are spread, so that few words cannot mean a million. */
  selectionsMax: 2_000,
  /** Objects that the answer to a document may hold, lists counted as often as they may repeat. */
  objectsMax: 20_000,
  /** How deep the fields of a document may be nested. */
  depthMax: 15,
  /** How deep the values of variables may be nested. */
  nestingMax: 20,
  /** After so many mistakes in a document the rest is not looked for. */
  validationErrorsMax: 5,
  /** How long the gateway waits for all subgraphs together, in milliseconds. */
  deadlineMs: 15_000,
  /** How long requests under way may go on after a stop, in milliseconds. */
  drainMs: 15_000,
  /** Texts of fetches of which the shape of the answer is remembered. */
  shapesMax: 1_000,
  /** Signs of all those texts together. */
  shapesSizeMax: 4_000_000,
} as const;
