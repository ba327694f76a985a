import { fault } from '../graphql/faults.ts';
import { type GroupSpec, MEMBERS_MIN } from './group.ts';
import type { Filter } from './list.ts';

/** Throws FORBIDDEN for a filter that names single rows or members, which would undo the groups. */
export function assertOpenFilter(
  spec: Pick<GroupSpec<never>, 'openFilters'>,
  filter: Filter,
): void {
  for (const [name, value] of Object.entries(filter)) {
    if (name === 'and' || name === 'or') {
      for (const part of (value ?? []) as Filter[]) assertOpenFilter(spec, part);
    } else if (name === 'not') {
      assertOpenFilter(spec, (value ?? {}) as Filter);
    } else if (!spec.openFilters.includes(name)) {
      throw fault('FORBIDDEN', 'FILTER_NOT_FOR_ROLE', { field: name });
    }
  }
}

/** Also nobody at all is too few: else the answer would tell none from some. */
export function assertEnoughMembers(members: number): void {
  if (members < MEMBERS_MIN) {
    throw fault('FORBIDDEN', 'TOO_FEW_MEMBERS', { min: MEMBERS_MIN });
  }
}

/**
 * The groups of `facts` (columns `keys`, `member`, `values`) with those of too few members merged into
 * one, whose keys are blank and whose members are counted anew. When the merged ones have too few
 * members even together, they take in the smallest of the others; that is enough, since it has enough
 * alone. Smallest and lost from sight are both by (members, keys), so each page merges the same.
 */
export function suppressedGroups(
  facts: string,
  keys: readonly Readonly<{ name: string; blank: string }>[],
  values: readonly string[],
): string {
  const names = keys.map(({ name }) => name).join(', ');
  const sums = values.map((value) => `SUM(${value}) AS ${value}`);
  const shown = keys.map(
    ({ name, blank }) => `CASE WHEN suppressed = 1 THEN ${blank} ELSE ${name} END AS ${name}`,
  );
  const totals = values.map(
    (value, index) => `SUM(${value}) AS sum${index}, NULL AS min${index}, NULL AS max${index}`,
  );
  return `WITH each_member AS (
      SELECT ${names}, member, ${['COUNT(*) AS n', ...sums].join(', ')}
      FROM (${facts}) AS facts GROUP BY ${names}, member),
    sized AS (
      SELECT each_member.*, COUNT(*) OVER (PARTITION BY ${names}) AS size FROM each_member),
    ranked AS (
      SELECT sized.*, DENSE_RANK() OVER (ORDER BY size, ${names}) AS place FROM sized),
    small AS (
      SELECT COUNT(DISTINCT member) AS members, COALESCE(MAX(place), 0) AS places
      FROM ranked WHERE size < ${MEMBERS_MIN}),
    merged AS (
      SELECT ranked.*, CASE WHEN place <= places
        + CASE WHEN members BETWEEN 1 AND ${MEMBERS_MIN - 1} THEN 1 ELSE 0 END
        THEN 1 ELSE 0 END AS suppressed
      FROM ranked CROSS JOIN small),
    blanked AS (
      SELECT ${shown.join(', ')}, suppressed, member, ${['n', ...values].join(', ')} FROM merged)
    SELECT ${names}, suppressed, SUM(n) AS n, COUNT(DISTINCT member) AS m, ${totals.join(', ')}
    FROM blanked GROUP BY suppressed, ${names}`;
}
