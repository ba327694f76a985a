import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { word } from '../shared/graphql/wording.ts';
import type { GatewayContext } from './context.ts';
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
      body.singleResult.errors ??= valueCompletion.map(
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
