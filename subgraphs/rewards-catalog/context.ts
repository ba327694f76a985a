import type { BaseContext } from '../../shared/graphql/context.ts';
import type { Returns } from './aftersales/returns.ts';
import type { JointRedemptions } from './joint/joint-redemptions.ts';
import type { Loaders } from './loaders.ts';
import type { Redemptions } from './redemptions.ts';
import type { VoucherSeal } from './voucher-seal.ts';
import type { OfflineLists } from './vouchers/offline-lists.ts';
import type { WebhookSecrets } from './webhooks/webhook-secret.ts';

/** What lives as long as the process. */
export type Services = Readonly<{
  redemptions: Redemptions;
  returns: Returns;
  jointRedemptions: JointRedemptions;
  vouchers: VoucherSeal;
  offlineLists: OfflineLists;
  webhooks: WebhookSecrets;
}>;

/** What a resolver of this subgraph is given. */
export type Context = BaseContext<Loaders, Services>;
