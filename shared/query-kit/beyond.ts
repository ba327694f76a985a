import type { Condition } from './filter.ts';

export type Direction = 'ASC' | 'DESC';

/** One key of a total order: a column that is never null. */
export type PlaceKey = Readonly<{ sql: string; direction: Direction }>;

/**
 * The rows after a place, as `a >= ? AND (a > ? OR …)`: of the equivalent forms the one that both
 * engines answer from an index.
 */
export function beyond(keys: readonly PlaceKey[], values: readonly unknown[]): Condition {
  const parameters: Record<string, unknown> = {};
  function from(index: number): string {
    // The index runs over the keys themselves.
    const { sql, direction } = keys[index] as PlaceKey;
    const name = `cursor${index}`;
    parameters[name] = values[index];
    const sign = direction === 'ASC' ? '>' : '<';
    const strict = `${sql} ${sign} :${name}`;
    if (index === keys.length - 1) return strict;
    return `(${sql} ${sign}= :${name} AND (${strict} OR ${from(index + 1)}))`;
  }
  return { sql: from(0), parameters };
}
