import { z } from 'zod';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { limits } from './limits.ts';

/** Where in the list over all sources a page ended. */
export type Place = Readonly<{
  /** The source that is to go on. */
  source: string;
  /** The cursor of the source's own page in which it was, or null for its first. */
  after: string | null;
  /** How many items of that page are past; null: the whole source is. */
  skip: number | null;
  /** How many items of the source are past before that page. */
  taken: number;
}>;

const placeSchema = z.tuple([
  z.string().min(1).max(100),
  z.string().max(limits.cursorMax).nullable(),
  z.int().min(0).max(limits.pageMax).nullable(),
  z.int().min(0),
]);

export const encodePlace = ({ source, after, skip, taken }: Place): string =>
  Buffer.from(JSON.stringify([source, after, skip, taken])).toString('base64url');

/** Throws BAD_USER_INPUT (INVALID_CURSOR) for a text that is no place. Null is the beginning. */
export function decodePlace(cursor: string | null): Place | null {
  if (cursor === null) return null;
  try {
    const [source, after, skip, taken] = placeSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    if (checkTexts(after) === null) return { source, after, skip, taken };
  } catch {
    // Said below, as it is of one with text in it that cannot be used.
  }
  throw fault('BAD_USER_INPUT', 'INVALID_CURSOR');
}
