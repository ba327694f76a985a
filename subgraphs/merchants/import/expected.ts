import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Summary } from './import-file.ts';
import { Unusable } from './unusable.ts';

const count = z.number().int().min(0);
const counts = z
  .strictObject({
    rows: count,
    rejectedRows: count,
    recorded: count,
    returned: count,
    unchanged: count,
    points: count,
    problems: z.record(z.string(), count),
    repeated: z.strictObject({ rows: count, patterns: count }),
  })
  .partial();

/** What is said of a summary before: those of its counts that are named. */
export type Expected = z.infer<typeof counts>;

/** Reads expected counts, before anything is imported. Throws Unusable. */
export function readExpected(file: string): Expected {
  try {
    return counts.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Unusable('EXPECTED_NOT_USABLE', { file, detail });
  }
}

/** The counts that are not as expected. */
export const differencesOf = (
  summary: Summary,
  expected: Expected,
): { field: string; expected: string; found: string }[] =>
  Object.entries(expected).flatMap(([field, value]) => {
    // The schema lets only names of counts of a summary through.
    const found = summary[field as keyof Expected];
    if (isDeepStrictEqual(value, found)) return [];
    return [{ field, expected: JSON.stringify(value), found: JSON.stringify(found) }];
  });
