import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import { fault } from '../../shared/graphql/faults.ts';
import {
  type Call,
  SubgraphFailure,
  type SubgraphTransport,
} from '../../shared/graphql/request.ts';
import type { AskSubgraph } from '../subgraph-source.ts';
import { itemOf, subgraphOf } from './alliance-sdl.ts';
import { limits } from './limits.ts';

/** A merchant's own subgraph that takes part. */
export type ForeignSubgraph = Readonly<{
  /** What its types begin with. */
  prefix: string;
  /** Whose it is. Said by the operator who registered it, never by the subgraph. */
  merchantId: string;
  send: AskSubgraph;
}>;

/** Where items come from. */
export type Source = Readonly<{
  name: string;
  /** Of its items. */
  type: string;
  /** Of whom its items are, where it has those of several; null: of all. */
  scope: string | null;
  /** How many items of it are listed at most; null: all. */
  itemsMax: number | null;
  /**
   * One page. Throws SubgraphFailure when it does not answer one, and a Fault (INVALID_CURSOR) when it
   * says that the question was wrong.
   */
  read: (first: number, after: string | null, call: Call) => Promise<Page>;
}>;

export type Page = Readonly<{ ids: readonly string[]; next: string | null }>;

const REWARDS = `query ($first: Int!, $after: String, $filter: RewardFilter) {
  rewards(first: $first, after: $after, filter: $filter) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;

/** The rewards of the catalogue, of one merchant or of all. */
export const catalogue = (transport: SubgraphTransport, merchantId: string | null): Source => ({
  name: 'rewards-catalog',
  type: 'Reward',
  scope: merchantId,
  itemsMax: null,
  async read(first, after, call) {
    const filter = {
      status: { eq: 'PUBLISHED' },
      ...(merchantId !== null && { merchantId: { eq: merchantId } }),
    };
    const { data, errors } = await transport('rewards-catalog', {
      query: REWARDS,
      variables: { first, after, filter },
      call,
    });
    return pageOf(data?.rewards, { first, after, errors });
  },
});

/** The items that a merchant serves itself. */
export const merchantSource = ({ prefix, send }: ForeignSubgraph): Source => {
  const field = `${subgraphOf(prefix)}_items`;
  const query = `query ($first: Int!, $after: String) { ${field}(first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;
  return {
    name: subgraphOf(prefix),
    type: itemOf(prefix),
    scope: null,
    itemsMax: limits.itemsMax,
    async read(first, after, call) {
      const { data, errors } = await send({ query, variables: { first, after }, call });
      return pageOf(data?.[field], { first, after, errors });
    },
  };
};

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => checkTexts(value) === null);

const pageSchema = z.object({
  nodes: z.array(z.object({ id: text(limits.idMax).min(1) })).max(limits.pageMax),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text(limits.cursorMax).nullable() }),
});

type Asked = Readonly<{
  first: number;
  after: string | null;
  errors: readonly GraphQLFormattedError[] | undefined;
}>;

/**
 * The ids of a page. One that says it has a successor must be full and lead further, or a source that
 * answers one item at a time, or the same page again, would be asked for ever.
 */
function pageOf(answer: unknown, { first, after, errors = [] }: Asked): Page {
  if (
    (answer ?? null) === null &&
    errors.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT')
  ) {
    throw fault('BAD_USER_INPUT', 'INVALID_CURSOR');
  }
  const { data: page } = pageSchema.safeParse(answer);
  if (page === undefined) throw bad('it is not a page of items');
  const { hasNextPage, endCursor } = page.pageInfo;
  const ids = page.nodes.map(({ id }) => id);
  if (ids.length > first) throw bad('the page is longer than asked for');
  if (new Set(ids).size < ids.length) throw bad('the page holds an item twice');
  if (!hasNextPage) return { ids, next: null };
  if (ids.length < first) throw bad('the page has a successor and is not full');
  if (endCursor === null || endCursor === after) throw bad('the page leads to no other');
  return { ids, next: endCursor };
}

const bad = (why: string): SubgraphFailure => new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', why);
