import type { TimeBucket } from './buckets.ts';
import type { Filter, ListSpec } from './list.ts';

/** By what rows may be put into groups. */
export type Dimension = Readonly<{
  /** A scalar, an enum, or an entity of another subgraph that is known by its id. */
  type: 'String' | 'DateTime' | Readonly<{ enum: string }> | Readonly<{ reference: string }>;
  /** What the key says in the schema, when the name does not say it. */
  description?: string;
  /** The property of the row, when it is not named as the dimension. */
  property?: string;
  /**
   * SQL over `row.<property>` instead of a property: one value for each row, so that no join makes
   * two of one row. It is never empty text.
   */
  sql?: string;
}>;

/**
 * Questions about many rows of a list at once: `<things>Aggregate` and `<things>Groups`. Like
 * `ListSpec` it is both the SDL and the SQL.
 */
export type GroupSpec<Row> = Readonly<{
  list: ListSpec<Row>;
  /** `requires` of `@auth`. Who sees only groups of many members is said when it is read. */
  requires: readonly (readonly string[])[];
  /** The property that says whose row it is. */
  member: string;
  /** The time of a row: a field of the list, and a dimension of the same name. */
  time: string;
  /** Fields of the list that those may filter by who see only groups: none that names a single row. */
  openFilters: readonly string[];
  dimensions: Readonly<Record<string, Dimension>>;
  /** What is added up: name to property, integers. */
  measures: Readonly<Record<string, string>>;
}>;

export const GROUP_KEYS_MAX = 4;
export const GROUP_PAGE_MAX = 1000;
export const RANGE_DAYS_MAX = 400;
/** Who sees only groups sees none of fewer members (k-anonymity). */
export const MEMBERS_MIN = 10;

export type GroupBy = Readonly<{
  field: string;
  bucket?: TimeBucket | null | undefined;
  timeZone?: string | null | undefined;
}>;

export type GroupArguments = Readonly<{
  filter?: Filter | null | undefined;
  groupBy: readonly GroupBy[];
  having?: Filter | null | undefined;
  orderBy?:
    | readonly Readonly<{ field: string; direction?: 'ASC' | 'DESC' | undefined }>[]
    | null
    | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;

/** The sum is a function, so that one that does not fit costs its own field only. */
export type MeasureAggregate = Readonly<{
  sum: () => number;
  min: number | null;
  max: number | null;
}>;

/** `count`, `memberCount`, and a `MeasureAggregate` under the name of each measure. */
export type Aggregate = Readonly<{ count: number; memberCount: number }> &
  Readonly<Record<string, number | MeasureAggregate>>;

export type Group = Readonly<{
  key: Readonly<Record<string, unknown>>;
  aggregate: Aggregate;
  suppressed: boolean;
}>;

export type GroupPage = Readonly<{
  nodes: readonly Group[];
  pageInfo: Readonly<{
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  }>;
  totalCount: () => Promise<number>;
}>;
