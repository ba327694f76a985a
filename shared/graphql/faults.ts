import { randomUUID } from 'node:crypto';
import { type ASTNode, GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Logger } from '../logger.ts';
import { QuantityOverflow } from '../quantities.ts';
import { PeerFailure } from './peers.ts';
import { valueDetail } from './value-detail.ts';
import { type Locale, type Parameters, type Wording, word } from './wording.ts';

/** Codes a client may branch on. The wording beside a code may change; the code may not. */
export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'OUT_OF_RANGE'
  | 'INTERNAL'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'SUBGRAPH_TIMEOUT'
  | 'SUBGRAPH_BAD_RESPONSE';

/**
 * The caller asked wrongly, or may not ask. `reason` names the sentence that says what to do; it is
 * worded in the caller's language when the answer is formed.
 */
export class Fault extends GraphQLError {
  readonly reason: string;
  readonly parameters: Parameters;

  constructor(code: FaultCode, reason: string = code, parameters: Parameters = {}) {
    super(reason, { extensions: { code } });
    this.reason = reason;
    this.parameters = parameters;
  }
}

export const fault = (code: FaultCode, reason?: string, parameters?: Parameters): Fault =>
  new Fault(code, reason, parameters);

/**
 * What of an error leaves a subgraph: a fault as it was meant, in the caller's language; a value that
 * does not fit as BAD_USER_INPUT; an outage of another subgraph by its code; anything else only as a number to quote, with the rest in the log.
 */
export function shownError(
  error: GraphQLError,
  { wording, locale, logger }: Readonly<{ wording: Wording; locale: Locale; logger: Logger }>,
): GraphQLFormattedError {
  const origin = originOf(error);
  const path = error.path === undefined ? {} : { path: error.path };
  if (origin instanceof Fault) {
    const message = word(wording, origin.reason, locale, origin.parameters);
    return {
      message,
      ...path,
      extensions: { code: origin.extensions.code, reason: origin.reason },
    };
  }
  if (origin instanceof PeerFailure) {
    logger.warn({ path: error.path, error: origin }, 'another subgraph is out of reach');
    const code: FaultCode = 'SUBGRAPH_UNAVAILABLE';
    return { message: word(wording, code, locale, {}), ...path, extensions: { code } };
  }
  if (origin instanceof QuantityOverflow) {
    const message = word(wording, 'OUT_OF_RANGE', locale, {});
    return { message, ...path, extensions: { code: 'OUT_OF_RANGE', reason: 'OUT_OF_RANGE' } };
  }
  // Raised by graphql-js over the request itself: without a path, or over a value in the document.
  const isAboutValue = error.nodes?.some(({ kind }) => kind !== Kind.FIELD) === true;
  if (origin instanceof GraphQLError && (error.path === undefined || isAboutValue)) {
    const number = NO_WHOLE_NUMBER.exec(error.message)?.groups ?? fractionIn(error.nodes);
    const message =
      number === undefined
        ? word(wording, 'INVALID_VALUE', locale, { detail: valueDetail(error.message, locale) })
        : word(wording, 'NOT_A_WHOLE_NUMBER', locale, whichNumber(number));
    return { message, ...path, extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_VALUE' } };
  }
  const incident = randomUUID();
  logger.error({ incident, path: error.path, error: origin });
  const message = word(wording, 'INTERNAL', locale, { incident });
  return { message, ...path, extensions: { code: 'INTERNAL', incident } };
}

/** What the scalar SafeInt says of a value, and where graphql-js found it. */
const NO_WHOLE_NUMBER =
  /(?:at "(?<path>[^"]+)"; )?SafeInt cannot represent (?:non-integer|unsafe integer) value: (?<value>.*)$/su;

/** Nothing in the graph is a fraction: the first one that stands in the document itself is what does not fit. */
function fractionIn(nodes: readonly ASTNode[] | undefined): Where | undefined {
  for (const node of nodes ?? []) {
    const found = fractionUnder(node, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fractionUnder(node: ASTNode, path: readonly (string | number)[]): Where | undefined {
  if (node.kind === Kind.FLOAT) return { path: path.join('.') || undefined, value: node.value };
  const parts: readonly (readonly [string | number, ASTNode])[] =
    node.kind === Kind.OBJECT
      ? node.fields.map(({ name, value }) => [name.value, value])
      : node.kind === Kind.LIST
        ? node.values.map((value, index) => [index, value])
        : [];
  for (const [name, value] of parts) {
    const found = fractionUnder(value, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Where = Readonly<{ [Name in 'path' | 'value']?: string | undefined }>;

/** `input.lines.0.amountMinor: 12.5`; a value that stands in the document itself has no path. */
const whichNumber = ({ path, value = '' }: Where) => ({
  where: path === undefined ? '' : `${path.replaceAll(/\[(\d+)\]/g, '.$1')}: `,
  value: value.slice(0, 40),
});

/** The first cause under graphql-js's wrapping, which keeps the path of the field. */
function originOf(error: GraphQLError): Error {
  const inner = error.originalError;
  return inner instanceof GraphQLError ? originOf(inner) : (inner ?? error);
}
