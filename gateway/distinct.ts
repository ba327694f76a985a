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

/**
 * An error of one entity is told wherever that entity stands in the whole list, up to `max` errors in all.
 * One of an entity that was not asked for is told without a place, so that it is not lost.
 */
export function spreadErrors(
  errors: readonly GraphQLFormattedError[],
  { representations, places }: Distinct,
  max: number,
): readonly GraphQLFormattedError[] {
  const placesOf: number[][] = representations.map(() => []);
  for (const [place, of] of places.entries()) placesOf[of]?.push(place);
  const spread: GraphQLFormattedError[] = [];
  for (const error of errors) {
    if (spread.length >= max) break;
    const { path, ...rest } = error;
    if (path?.[0] !== '_entities') {
      spread.push(error);
      continue;
    }
    const [root, index, ...below] = path;
    const known = typeof index === 'number' ? placesOf[index] : undefined;
    if (known === undefined) spread.push(rest);
    for (const place of (known ?? []).slice(0, max - spread.length)) {
      spread.push({ ...rest, path: [root, place, ...below] });
    }
  }
  return spread;
}
