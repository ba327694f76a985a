/** Every limit of the gateway on what one request may ask. The table in the README shows them. */
export const limits = {
  /** Bytes of a request's body, unpacked. */
  body: '256kb',
  /** Tokens of a document. */
  tokensMax: 4_000,
  /** Operations of a document, of which one is asked for. */
  operationsMax: 20,
  /** Selections of an operation after its fragments are spread, so that few words cannot mean a million. */
  selectionsMax: 2_000,
  /** Fields of a query at the top. Each is a fetch of its own. */
  rootFieldsMax: 20,
  /** Fields of a mutation at the top, so that a code cannot be tried out a hundred at a time. */
  rootMutationsMax: 10,
  /** Fields of an operation under another name, fragments spread. */
  aliasesMax: 60,
  /** `allianceItems` in an operation, fragments spread. Each asks up to 16 merchants. */
  allianceListsMax: 2,
  /** Directives of an operation, fragments spread. */
  directivesMax: 30,
  /** Fields asked for where they are asked for already. Fragments of several components repeat a few. */
  repeatsMax: 100,
  /** How deep the fields of a document may be nested. */
  depthMax: 15,
  /** Objects that the answer to a document may hold, lists counted as often as they may repeat. */
  objectsMax: 20_000,
  /** What an operation may cost: objects, and what fields weigh by their contracts. */
  costMax: 100_000,
  /** How deep a value may be nested, in the document or in a variable. */
  nestingMax: 20,
  /** Values in all variables together, lists and objects counted. An import may bring 6,000 lines of 7 values. */
  valuesMax: 60_000,
  /** Values of one list in the variables. Each list of the graph refuses more than 1,000 in its own words. */
  listMax: 2_000,
  /** After so many mistakes in a document the rest is not looked for. */
  validationErrorsMax: 5,
  /** Signs of another program's sentence that are passed on. It may quote what was sent. */
  detailMax: 300,
  /** Errors of one subgraph that a request is told, and nulls that break a promise. */
  errorsMax: 1_000,
  /** How long the gateway waits for all subgraphs together, in milliseconds. */
  deadlineMs: 15_000,
  /** How long requests under way may go on after a stop, in milliseconds. */
  drainMs: 15_000,
  /** Texts of fetches of which the shape of the answer is remembered. */
  shapesMax: 1_000,
  /** Signs of all those texts together. */
  shapesSizeMax: 4_000_000,
} as const;
