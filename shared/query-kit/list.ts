import type { EntitySchema } from 'typeorm';

/** How a field of a list may be asked about. `type` is its scalar, or the name of its enum. */
export type ListField = Readonly<{
  type: 'ID' | 'String' | 'SafeInt' | 'DateTime' | { enum: string };
  /** The property of the row, when it is not named as the field. */
  property?: string;
  /** An expression in its place, for what follows from columns: of the alias of the row. For filters only. */
  sql?: (row: string) => string;
  /** May be put into `filter`. */
  isFilter?: boolean;
  /** May be put into `orderBy`. Its column is never null. */
  isOrder?: boolean;
}>;

/**
 * One list of the graph: a Relay connection with filter and order over one entity. The SDL is
 * generated from this (`npm run generate`), the SQL is compiled from it (`readPage`).
 */
export type ListSpec<Row> = Readonly<{
  /** The GraphQL type of a node, such as `Redemption`. */
  type: string;
  /** The query field, such as `redemptions`. */
  field: string;
  description: string;
  entity: EntitySchema<Row>;
  /** `requires` of `@auth`, such as `[["MEMBER"], ["OPERATOR"]]`. Row rules go into `visible`. */
  requires: readonly (readonly string[])[];
  fields: Readonly<Record<string, ListField>>;
  /** Arguments of its own beside those of every list: what they mean is up to the resolver (`Asked.more`). */
  arguments?: Readonly<Record<string, Readonly<{ type: string; description: string }>>>;
  /** The order when none is asked for. `id` is always the last key, so that an order is total. */
  order: Readonly<{ field: string; direction: 'ASC' | 'DESC' }>;
}>;

export const PAGE_SIZE_MAX = 100;

/** The arguments of every list. */
export type ListArguments = Readonly<{
  filter?: Filter | null | undefined;
  orderBy?: readonly Order[] | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;

export type Filter = Readonly<Record<string, unknown>>;
/** The schema gives `direction` its default, which the generated types do not know. */
export type Order = Readonly<{ field: string; direction?: 'ASC' | 'DESC' | undefined }>;

/** What every connection resolves from. */
export type Page<Row> = Readonly<{
  edges: readonly Readonly<{ node: Row; cursor: string }>[];
  nodes: readonly Row[];
  pageInfo: Readonly<{
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  }>;
  /** Counts at most `max` matching rows; asked for only when the field is. */
  totalCount: (args: Readonly<{ max: number }>) => Promise<number>;
}>;
