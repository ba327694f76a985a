import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Poster } from './commands/post-waiting.ts';
import type { Loaders } from './loaders.ts';
import type { Yardstick } from './rules/commands/publish-rule.ts';

/** What lives as long as the process. */
export type Services = Readonly<{ poster: Poster; yardstick: Yardstick }>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
