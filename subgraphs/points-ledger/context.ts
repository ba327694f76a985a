import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Ledger } from './ledger/create-ledger.ts';
import type { Loaders } from './loaders.ts';

export type Services = Readonly<{ ledger: Ledger }>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
