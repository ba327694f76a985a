import { toSafeInteger } from '../../../shared/quantities.ts';
import { Cursors } from '../../../shared/query-kit/cursor.ts';
import { pageSize } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import type { StatementLine } from './read-statement.ts';

/** A page of the statement of one wallet. */
export type StatementPage = Readonly<{
  walletId: string;
  edges: readonly Readonly<{ node: StatementLine; cursor: string }>[];
  nodes: readonly StatementLine[];
  pageInfo: Readonly<{
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  }>;
}>;

type Arguments = Readonly<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;

/** In the order of the books. Throws BAD_USER_INPUT for unusable arguments, as every list does. */
export async function readStatementPage(
  { keys, loaders }: Pick<Context, 'keys' | 'loaders'>,
  walletId: string,
  args: Arguments,
): Promise<StatementPage> {
  const size = pageSize(args);
  const isBackward = typeof args.last === 'number';
  const cursors = new Cursors(keys.cursor, { field: 'statement', walletId });
  const cursor = isBackward ? args.before : args.after;
  const from = cursor ? toSafeInteger(cursors.decode(cursor)[0]) : null;
  const found = await loaders.statementPage.load({ walletId, size, from, isBackward });
  const hasMore = found.length > size;
  const cut = found.slice(0, size);
  const nodes = isBackward ? cut.toReversed() : cut;
  const edges = nodes.map((node) => ({ node, cursor: cursors.encode([node.version]) }));
  return {
    walletId,
    edges,
    nodes,
    pageInfo: {
      hasNextPage: isBackward ? from !== null : hasMore,
      hasPreviousPage: isBackward ? hasMore : from !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
