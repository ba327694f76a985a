import { GraphQLScalarType } from 'graphql';
import { DateTimeResolver, LocalDateResolver, SafeIntResolver } from 'graphql-scalars';

/** As in `graphql-scalars`, but an instant leaves as text: in process an answer is what HTTP carries. */
const DateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
});

export const scalars = { DateTime, LocalDate: LocalDateResolver, SafeInt: SafeIntResolver };
