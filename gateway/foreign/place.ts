import { z } from 'zod';
import { fault } from '../../shared/graphql/faults.ts';

/** Where in the list over all sources a page ended. */
export type Place = Readonly<{
  /** The source that is to go on. */
  source: string;
  /** The cursor of the source's own page in which it was, or null for its first. */
  after: string | null;
  /** How many items of that page are past; null: the whole source is. */
  skip: number | null;
}>;

const placeSchema = z.tuple([
  z.string().min(1).max(100),
  z.string().max(2_000).nullable(),
  z.int().min(0).max(100).nullable(),
]);

export const encodePlace = ({ source, after, skip }: Place): string =>
  Buffer.from(JSON.stringify([source, after, skip])).toString('base64url');

/** Throws BAD_USER_INPUT (INVALID_CURSOR) for a text that is no place. Null is the beginning. */
export function decodePlace(cursor: string | null): Place | null {
  if (cursor === null) return null;
  try {
    const [source, after, skip] = placeSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    return { source, after, skip };
  } catch {
    throw fault('BAD_USER_INPUT', 'INVALID_CURSOR');
  }
}
