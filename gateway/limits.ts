/** Every limit of the gateway on what one request may ask. */
export const limits = {
  /** Bytes of a request's body. */
  body: '256kb',
  /** Tokens of a document. */
  tokensMax: 4_000,
  /** Selections of a document after its fragments are spread, so that few words cannot mean a million. */
  selectionsMax: 2_000,
  /** After so many mistakes in a document the rest is not looked for. */
  validationErrorsMax: 5,
  /** How long the gateway waits for all subgraphs together, in milliseconds. */
  deadlineMs: 15_000,
  /** How long requests under way may go on after a stop, in milliseconds. */
  drainMs: 15_000,
  /** Texts of fetches of which the shape of the answer is remembered. */
  shapesMax: 1_000,
} as const;
