import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { word } from '../shared/graphql/wording.ts';
import type { GatewayContext } from './context.ts';
import { costOf, type FieldCosts } from './cost.ts';
import { refused } from './errors.ts';
import { limits } from './limits.ts';
import { refusalOfVariables } from './variable-limits.ts';
import { gatewayWording } from './wording.ts';

/** Refuses a document that leaves open which of its operations is meant. */
export const oneOperation: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, request: { operationName } }) => {
      if (operation !== undefined) return;
      throw new GraphQLError(
        operationName ? `there is none called "${operationName}"` : 'name one as operationName',
        { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } },
      );
    },
  }),
};

/** Refuses what would cost too much, before anything of it is done. */
export const bounded = (costs: FieldCosts): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (operation === undefined) return;
      if (operation.operation === 'subscription') throw refused('NO_SUBSCRIPTIONS');
      const variables = request.variables ?? {};
      const refusal = refusalOfVariables(variables);
      if (refusal !== null) throw refusal;
      const fragments = new Map(
        document.definitions.flatMap((definition) =>
          definition.kind === Kind.FRAGMENT_DEFINITION
            ? [[definition.name.value, definition] as const]
            : [],
        ),
      );
      const asked = { schema, costs, operation, fragments, variables };
      const { objects, cost } = costOf(asked, limits);
      if (objects > limits.objectsMax) {
        throw refused('TOO_MANY_OBJECTS', { objects, max: limits.objectsMax });
      }
      if (cost > limits.costMax) throw refused('TOO_COSTLY', { cost, max: limits.costMax });
    },
  }),
});

/**
 * A null where the schema promises a value. `@apollo/gateway` tells of it beside the errors, where no
 * client looks; it becomes an error like any other.
 */
export const brokenPromises: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body }, contextValue: { locale, requestId } }) => {
      if (body.kind !== 'single') return;
      const { valueCompletion, ...extensions } = body.singleResult.extensions ?? {};
      if (!Array.isArray(valueCompletion)) return;
      const code = 'SUBGRAPH_BAD_RESPONSE';
      body.singleResult.extensions = extensions;
      body.singleResult.errors ??= valueCompletion.slice(0, limits.errorsMax).map(
        ({ path }: GraphQLFormattedError): GraphQLFormattedError => ({
          message: word(gatewayWording, code, locale, {}),
          ...(path && { path }),
          extensions: { code, requestId },
        }),
      );
    },
  }),
};

/** Tells which subgraphs answered, and how fast, when the request wants to know. Not in production. */
export const whoAnswered: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body }, contextValue: { isTraced, answeredBy } }) => {
      if (!isTraced || body.kind !== 'single') return;
      body.singleResult.extensions = { ...body.singleResult.extensions, answeredBy };
    },
  }),
};
