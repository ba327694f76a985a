import type { BaseContext } from '../../shared/graphql/context.ts';

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<unknown, unknown>;
