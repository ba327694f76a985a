import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Fault, type FaultCode, fault } from '../shared/graphql/faults.ts';
import { valueDetail } from '../shared/graphql/value-detail.ts';
import { type Locale, type Parameters, word } from '../shared/graphql/wording.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { Logger } from '../shared/logger.ts';
import { asking } from './context.ts';
import { limits } from './limits.ts';
import { type GatewayReason, gatewayWording } from './wording.ts';

/** The codes of faults. Together with Apollo's they are all codes that ever leave the gateway. */
const faultCodes: Readonly<Record<FaultCode, true>> = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  BAD_USER_INPUT: true,
  IDEMPOTENCY_KEY_REUSED: true,
  OUT_OF_RANGE: true,
  INTERNAL: true,
  SUBGRAPH_UNAVAILABLE: true,
  SUBGRAPH_TIMEOUT: true,
  SUBGRAPH_BAD_RESPONSE: true,
};

export const isFaultCode = (code: unknown): code is FaultCode =>
  typeof code === 'string' && Object.hasOwn(faultCodes, code);

/** What Apollo Server raises over the request itself. Its sentence is kept as the detail. */
const requestCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

/** A fault that ends a request before anything of it is done. */
export function refused(
  reason: GatewayReason,
  parameters: Parameters = {},
  code: FaultCode = 'BAD_USER_INPUT',
): Fault {
  const refusal = fault(code, reason, parameters);
  refusal.extensions.http = { status: 400 };
  return refusal;
}

/** Without the names of the schema that graphql-js offers for a wrong one. */
export const withoutSuggestion = (message: string): string =>
  message.replace(/ ?Did you mean .*$/s, '');

type Shown = Readonly<{ code: string; reason?: string; incident?: string; message: string }>;

/**
 * Makes the last station of every error: what is not meant for the caller becomes a number to quote,
 * and all the rest leaves with a code of a closed set, in the language of the request.
 */
export function errorFormatter(
  newId: NewId,
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { locale, requestId } = asking.getStore() ?? { locale: 'en', requestId: newId() };
    const { message, ...extensions } =
      shown(formatted, error, locale) ?? hidden(error, { locale, newId, logger, requestId });
    return {
      message,
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { ...extensions, requestId },
    };
  };
}

function shown(formatted: GraphQLFormattedError, error: unknown, locale: Locale): Shown | null {
  const { code, reason, incident, serviceName } = formatted.extensions ?? {};
  const say = (sentence: string, parameters: Parameters = {}) =>
    word(gatewayWording, sentence, locale, parameters);
  const origin = originOf(error);
  if (origin instanceof Fault) {
    const message = say(origin.reason, origin.parameters);
    return { code: String(origin.extensions.code), reason: origin.reason, message };
  }
  if (typeof code !== 'string') return null;
  // A subgraph of ours that could not ask another one says itself what became of the request.
  const isWorded = serviceName !== undefined && typeof reason === 'string';
  if (code.startsWith('SUBGRAPH_') && isFaultCode(code) && !isWorded) {
    return { code, message: say(code) };
  }
  // The gateway puts the name of the subgraph on what a subgraph raised, in the caller's language.
  if (serviceName !== undefined) {
    if (!isFaultCode(code) || (code === 'INTERNAL' && incident === undefined)) return null;
    return {
      code,
      ...(typeof reason === 'string' && { reason }),
      ...(typeof incident === 'string' && { incident }),
      message: formatted.message,
    };
  }
  if (code === 'GRAPHQL_PARSE_FAILED' && isBeyondParsing(origin)) {
    const [reason, max] = ['DOCUMENT_TOO_LONG', limits.tokensMax];
    return { code: 'BAD_USER_INPUT', reason, message: say(reason, { max }) };
  }
  const detail = clipped(formatted.message.trim());
  if (requestCodes.includes(code)) return { code, message: say(code, { detail }) };
  // A variable that does not fit its type: raised by graphql-js, before any field is asked for.
  if (isAboutVariables(error)) {
    return {
      code: 'BAD_USER_INPUT',
      reason: 'INVALID_VALUE',
      // What is not in the graph for everybody is not told by a suggestion either.
      message: say('INVALID_VALUE', {
        detail: clipped(valueDetail(withoutSuggestion(formatted.message.trim()), locale)),
      }),
    };
  }
  return null;
}

function hidden(
  error: unknown,
  { locale, newId, logger, requestId }: HiddenOptions,
): Shown & { incident: string } {
  const incident = newId();
  logger.error({ incident, requestId, error: originOf(error) }, 'an error was masked');
  const message = word(gatewayWording, 'INTERNAL', locale, { incident });
  return { code: 'INTERNAL', incident, message };
}

type HiddenOptions = Readonly<{
  locale: Locale;
  newId: NewId;
  logger: Logger;
  requestId: string;
}>;

/** The first cause under the wrapping of graphql-js and Apollo. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError instanceof Error
    ? originOf(error.originalError)
    : error;
}

/** More tokens than are read, or nested so deep that reading them ran out of stack. */
const isBeyondParsing = (origin: unknown): boolean =>
  origin instanceof RangeError ||
  (origin instanceof Error && /^Syntax Error: Document contains more/.test(origin.message));

/** Such a sentence may quote what was sent, whole. */
const clipped = (sentence: string): string =>
  sentence.length <= limits.detailMax ? sentence : `${sentence.slice(0, limits.detailMax)}…`;

const isAboutVariables = (error: unknown): boolean =>
  error instanceof GraphQLError &&
  error.path === undefined &&
  error.nodes?.every(({ kind }) => kind === 'VariableDefinition') === true;
