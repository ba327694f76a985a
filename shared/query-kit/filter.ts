import { invalidFilter } from './invalid-filter.ts';
import type { Filter, ListField, ListSpec } from './list.ts';

/** Nothing else stops a filter that is sent as a variable: depth rules do not look into it. */
const DEPTH_MAX = 5;
const CONDITIONS_MAX = 100;
const IN_MAX = 500;
const CONTAINS_MIN = 2;

/** A piece of a WHERE clause. Values are only ever parameters. */
export type Condition = Readonly<{ sql: string; parameters: Readonly<Record<string, unknown>> }>;

/**
 * Compiles a filter over the columns of a table or sub-select that is called `alias`. Throws
 * BAD_USER_INPUT for one that cannot be used. Conditions of one statement differ in `alias`.
 */
export function compileFilter(
  spec: Pick<ListSpec<never>, 'fields'>,
  filter: Filter,
  alias = 'row',
): Condition {
  const parameters: Record<string, unknown> = {};
  let conditions = 0;

  /** Counts whatever becomes a piece of SQL, also what needs no value. */
  function count(): void {
    conditions += 1;
    if (conditions > CONDITIONS_MAX)
      throw invalidFilter('TOO_MANY_CONDITIONS', { max: CONDITIONS_MAX });
  }

  function bind(value: unknown): string {
    const name = `${alias}${Object.keys(parameters).length}`;
    parameters[name] = value instanceof Date ? value.getTime() : value;
    return name;
  }

  function all(part: Filter, depth: number): string {
    count();
    if (depth > DEPTH_MAX) throw invalidFilter('TOO_DEEP', { max: DEPTH_MAX });
    const pieces = Object.entries(part).map(([name, value]) => {
      if (value === null) throw invalidFilter('IS_NULL', { where: name });
      if (name === 'and' || name === 'or') {
        const parts = (value as Filter[]).map((inner) => all(inner, depth + 1));
        if (parts.length === 0) throw invalidFilter('IS_EMPTY', { where: name });
        return `(${parts.join(name === 'and' ? ' AND ' : ' OR ')})`;
      }
      if (name === 'not') return `NOT ${all(value as Filter, depth + 1)}`;
      return field(name, value as Record<string, unknown>);
    });
    return pieces.length === 0 ? '(1 = 1)' : `(${pieces.join(' AND ')})`;
  }

  function field(name: string, tests: Record<string, unknown>): string {
    const { sql, property = name } = spec.fields[name] as ListField;
    const column = sql === undefined ? `${alias}.${property}` : `(${sql(alias)})`;
    const pieces = Object.entries(tests).map(([test, value]) => {
      count();
      return condition(name, column, test, value, bind);
    });
    return pieces.length === 0 ? '(1 = 1)' : `(${pieces.join(' AND ')})`;
  }

  return { sql: all(filter, 1), parameters };
}

const comparisons: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

function condition(
  name: string,
  column: string,
  test: string,
  value: unknown,
  bind: (value: unknown) => string,
): string {
  if (value === null) throw invalidFilter('IS_NULL', { where: `${name}.${test}` });
  const comparison = comparisons[test];
  if (comparison !== undefined) return `${column} ${comparison} :${bind(value)}`;
  if (test === 'in' || test === 'notIn') {
    const values = value as unknown[];
    if (values.length > IN_MAX)
      throw invalidFilter('TOO_MANY_VALUES', { where: `${name}.${test}`, max: IN_MAX });
    if (values.length === 0) return test === 'in' ? '(1 = 0)' : '(1 = 1)';
    return `${column} ${test === 'in' ? 'IN' : 'NOT IN'} (:...${bind(values)})`;
  }
  const needle = String(value);
  if (test === 'contains' && needle.length < CONTAINS_MIN) {
    throw invalidFilter('TOO_SHORT', { where: `${name}.contains`, min: CONTAINS_MIN });
  }
  const escaped = needle.replaceAll(/[!%_]/g, (sign) => `!${sign}`);
  return `${column} LIKE :${bind(test === 'contains' ? `%${escaped}%` : `${escaped}%`)} ESCAPE '!'`;
}
