import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Loaders } from './loaders.ts';

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, unknown>;
