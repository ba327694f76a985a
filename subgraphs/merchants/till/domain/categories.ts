import type { Defect } from '../../domain/order.ts';

/** So many are named in a refusal: with all of a large shop nobody would read it. */
const NAMED = 20;

type Line = Readonly<{ category: string | null }>;

/**
 * The first line whose category its merchant has not declared, or null. A line may name none, and a merchant
 * that has declared none knows them all. `path` is the field of each line.
 */
export function defectOfCategories(
  lines: readonly Line[],
  known: readonly string[],
  path: (index: number) => string = (index) => `lines.${index}`,
): Defect | null {
  if (known.length === 0) return null;
  for (const [index, { category }] of lines.entries()) {
    if (category === null || known.includes(category)) continue;
    return unknownCategory(category, known, `${path(index)}.category`);
  }
  return null;
}

export const unknownCategory = (
  category: string,
  known: readonly string[],
  field: string,
): Defect => ({
  code: 'CATEGORY_UNKNOWN',
  field,
  parameters: {
    category,
    known: known.slice(0, NAMED).join(', '),
    others: Math.max(0, known.length - NAMED),
  },
});
