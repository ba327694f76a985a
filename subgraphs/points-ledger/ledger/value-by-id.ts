import { placeholders } from '../../../shared/database/rows.ts';

export type ValueById = Readonly<{ sql: string; parameters: readonly unknown[] }>;

/**
 * A value for each row as SQL: the commonest one plainly, the others by lists of ids. Engines find an id in a
 * list by halving it, and go through the branches of a CASE one by one.
 */
export function valueById(
  column: string,
  ids: readonly string[],
  having: (id: string) => number | string | null,
): ValueById {
  const [commonest, ...others] = [...Map.groupBy(ids, having)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const last = commonest?.[0] ?? null;
  if (others.length === 0) return { sql: '?', parameters: [last] };
  const when = others.map(
    ([, named]) => `WHEN ${column} IN (${placeholders(named.length)}) THEN ?`,
  );
  return {
    sql: `CASE ${when.join(' ')} ELSE ? END`,
    parameters: [...others.flatMap(([value, named]) => [...named, value]), last],
  };
}
