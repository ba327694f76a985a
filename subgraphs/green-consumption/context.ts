import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Services } from './certificates/services.ts';
import type { Loaders } from './loaders.ts';

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
