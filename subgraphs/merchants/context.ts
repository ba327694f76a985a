import type { Together } from '../../shared/commands/run-together.ts';
import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Poster } from './commands/post-waiting.ts';
import type { AskedPurchase, RecordPurchaseOutcome } from './commands/record-purchase.ts';
import type { Loaders } from './loaders.ts';
import type { Yardstick } from './rules/commands/publish-rule.ts';

/** What lives as long as the process. */
export type Services = Readonly<{
  poster: Poster;
  /** Records what many tills ask for at the same time. */
  till: Together<AskedPurchase, RecordPurchaseOutcome>;
  yardstick: Yardstick;
}>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
