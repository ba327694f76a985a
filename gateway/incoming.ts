import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { coercerOf } from '../shared/graphql/coerce.ts';

type Incoming = Readonly<{
  document: DocumentNode;
  request: Readonly<{ operationName?: string; variables?: Readonly<Record<string, unknown>> }>;
}>;
type Operation = Readonly<{ schema: GraphQLSchema }>;
type Validate = (incoming: Incoming, operation: Operation) => readonly unknown[];

/**
 * A gateway that looks through the inputs of a request many times as fast: by functions that are put together once
 * for each type. What does not fit is left to `@apollo/gateway`, which says in its own words what is wrong.
 */
export function quickGateway(config: GatewayConfig): ApolloGateway {
  const gateway = new ApolloGateway(config);
  // It has no public name, and where it were missing the gateway would work as it does without us.
  const inner = gateway as unknown as { validateIncomingRequest?: Validate };
  const validate = inner.validateIncomingRequest?.bind(gateway);
  if (validate === undefined) return gateway;
  const coercers = new WeakMap<GraphQLSchema, ReturnType<typeof coercerOf>>();
  inner.validateIncomingRequest = (incoming, operation) => {
    const { document, request } = incoming;
    const coerced = coercers.get(operation.schema) ?? coercerOf(operation.schema);
    coercers.set(operation.schema, coerced);
    const { schema } = coerced(document, request.operationName ?? null, request.variables ?? {});
    return validate(incoming, { ...operation, schema });
  };
  return gateway;
}
