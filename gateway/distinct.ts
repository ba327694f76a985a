import type { GraphQLFormattedError } from 'graphql';
import type { Json, JsonObject } from './prune.ts';

/** The entities that a fetch asks about, each once. */
export type Distinct = Readonly<{
  representations: readonly Json[];
  /** For each entity of the whole list, which of these it is. */
  places: readonly number[];
}>;

/** A listing names the same few merchants over and over: each is asked about once. */
export function distinct(all: readonly Json[]): Distinct {
  const indexByText = new Map<string, number>();
  const representations: Json[] = [];
  const places = all.map((representation) => {
    const text = textOf(representation);
    const known = indexByText.get(text);
    if (known !== undefined) return known;
    indexByText.set(text, representations.length);
    return representations.push(representation) - 1;
  });
  return { representations, places };
}

/** The same text for the same entity. Most have but a type and an id; a type has no space in its name. */
function textOf(representation: Json): string {
  const { __typename, id } = representation as JsonObject; // `@apollo/gateway` makes no other ones.
  const isNamed = typeof __typename === 'string' && typeof id === 'string';
  const isPlain = isNamed && Object.keys(representation as JsonObject).length === 2;
  return isPlain ? `${__typename} ${id}` : JSON.stringify(representation);
}

/** The answers in the order of the whole list. Throws when there are not as many as were asked for. */
export function spreadEntities(
  entities: Json | undefined,
  { representations, places }: Distinct,
): readonly Json[] {
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    throw new Error('other entities than those asked for');
  }
  return places.map((index) => entities[index]);
}

/** An error of one entity is told wherever that entity stands in the whole list. */
export function spreadErrors(
  errors: readonly GraphQLFormattedError[],
  { places }: Distinct,
): readonly GraphQLFormattedError[] {
  return errors.flatMap((error) => {
    const [root, index, ...rest] = error.path ?? [];
    if (root !== '_entities' || typeof index !== 'number') return [error];
    return places.flatMap((of, place) =>
      of === index ? [{ ...error, path: [root, place, ...rest] }] : [],
    );
  });
}
