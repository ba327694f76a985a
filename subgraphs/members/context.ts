import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Loaders } from './loaders.ts';
import type { PersonalData } from './personal-data.ts';

/** What lives as long as the process. */
export type Services = Readonly<{ personal: PersonalData }>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
