import type { ApolloServerPlugin } from '@apollo/server';
import { BREAK, type DocumentNode, type GraphQLError, visit } from 'graphql';
import { type Caller, hasRole } from '../shared/graphql/caller.ts';
import { Fault } from '../shared/graphql/faults.ts';
import type { GatewayContext } from './context.ts';
import { refused, withoutSuggestion } from './errors.ts';

/** May see the schema: those who write questions of their own, and in development everybody. */
const maySeeSchema = (caller: Caller, isProduction: boolean): boolean =>
  !isProduction || hasRole(caller, 'OPERATOR', 'ANALYST', 'REGULATOR');

/**
 * Answers `__schema` and `__type` by role, and keeps names of the schema out of the errors of whoever may
 * not ask. Per request, since a valid document is remembered and not validated again for the next caller.
 */
export const introspectionByRole = (isProduction: boolean): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async ({ contextValue: { caller } }) => {
    if (maySeeSchema(caller, isProduction)) return;
    return {
      validationDidStart: async () => async (errors) => {
        for (const error of errors ?? []) error.message = withoutSuggestion(error.message);
      },
      didResolveOperation: async ({ source, document }) => {
        // A name cannot be written in another way, so most documents need not be looked through.
        if (!/__(schema|type)\b/.test(source) || !asksForSchema(document)) return;
        throw refused('SCHEMA_NOT_FOR_ROLE', {}, 'FORBIDDEN');
      },
    };
  },
});

/** In whatever operation or fragment it stands, and under whatever name. */
function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name: { value } }) {
      if (value !== '__schema' && value !== '__type') return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** A refused document is told why once: the rest was only said to end its validation. */
export const oneRefusal: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    validationDidStart: async () => async (errors) => {
      const refusal = errors?.find((error) => error instanceof Fault);
      // Apollo's type says that they are only to be read; its own plugins write here too.
      if (refusal) (errors as GraphQLError[]).splice(0, Number.POSITIVE_INFINITY, refusal as Fault);
    },
  }),
};
