import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Ledger } from './ledger/create-ledger.ts';
import type { Loaders } from './loaders.ts';
import type { Checkpoints } from './proof/checkpoints.ts';

export type Services = Readonly<{
  ledger: Ledger;
  /** Null where no key to sign with was given. */
  checkpoints: Checkpoints | null;
}>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
