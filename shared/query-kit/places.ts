import { fault } from '../graphql/faults.ts';
import type { PlaceKey } from './beyond.ts';
import { type Row, toSum } from './facts.ts';
import type { GroupArguments, GroupSpec } from './group.ts';
import type { GroupKey } from './group-keys.ts';
import { compareValue, type Value } from './in-memory.ts';
import { invalidFilter } from './invalid-filter.ts';

const ORDER_KEYS_MAX = 3;

/** One key of the total order of groups: a column of theirs. */
export type Place = PlaceKey & Readonly<{ column: string; isText: boolean }>;

/** The total order: the merged group last, then what is asked for, then all keys. */
export function placesOf(
  spec: Pick<GroupSpec<never>, 'measures'>,
  keys: readonly GroupKey[],
  orderBy: GroupArguments['orderBy'],
): Place[] {
  const asked = orderBy ?? [];
  if (asked.length > ORDER_KEYS_MAX) {
    throw invalidFilter('TOO_MANY_ORDERS', { max: ORDER_KEYS_MAX });
  }
  const columns = aggregateColumns(spec);
  const at = (column: string, direction: 'ASC' | 'DESC', isText: boolean): Place => ({
    sql: `grouped.${column}`,
    column,
    direction,
    isText,
  });
  const place = (field: string, direction: 'ASC' | 'DESC'): Place => {
    const column = columns[field];
    if (column !== undefined) return at(column, direction, false);
    const key = keys.find((one) => one.field === field);
    if (key === undefined) throw fault('BAD_USER_INPUT', 'ORDER_NOT_GROUPED', { field });
    return at(key.name, direction, key.isText);
  };
  return [
    at('suppressed', 'ASC', false),
    ...asked.map(({ field, direction = 'ASC' }) => place(field, direction)),
    ...keys
      .filter(({ field }) => !asked.some((one) => one.field === field))
      .map(({ field }) => place(field, 'ASC')),
  ];
}

/** What groups may be chosen and ordered by, and its column. */
export const aggregateColumns = (
  spec: Pick<GroupSpec<never>, 'measures'>,
): Readonly<Record<string, string>> => ({
  count: 'n',
  memberCount: 'm',
  ...Object.fromEntries(
    Object.keys(spec.measures).map((name, index) => [`${name}Sum`, `sum${index}`]),
  ),
});

/** The place of a row, as a cursor keeps it. */
export const valuesOf = (places: readonly Place[], row: Row): unknown[] =>
  places.map(({ isText }, index) => (isText ? row[`place${index}`] : toSum(row[`place${index}`])));

/** The columns `place0`, … of a row. */
export const placeOf = (places: readonly Place[], row: Row): unknown[] =>
  places.map((_, index) => row[`place${index}`]);

/** The order of the engine: negative when the row comes before the place. */
export function comparePlaces(
  places: readonly Place[],
  row: Row,
  place: readonly unknown[],
): number {
  for (const [index, { direction }] of places.entries()) {
    const by = compareValue(row[`place${index}`] as Value, place[index] as Value);
    if (by !== 0) return direction === 'ASC' ? by : -by;
  }
  return 0;
}
