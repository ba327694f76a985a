import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../shared/graphql/batch.ts';
import { createAftersalesLoaders } from './aftersales/loaders.ts';
import { createDonationLoaders } from './donations/loaders.ts';
import { Redemption, type RedemptionRow } from './entities/redemption.ts';
import { Reward, type RewardRow } from './entities/reward.ts';
import { Voucher, type VoucherRow } from './entities/voucher.ts';
import { createIncidentLoaders } from './incidents/loaders.ts';
import { createInsightLoaders } from './insight/loaders.ts';
import { createJointLoaders } from './joint/loaders.ts';
import { offerLoaders } from './offers/loaders.ts';
import { tillLoaders } from './till/loaders.ts';
import { voucherLoaders } from './vouchers/loaders.ts';
import { createWebhookLoaders } from './webhooks/loaders.ts';
import { welcomeLoaders } from './welcome/loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of one request. */
export const createLoaders = (reader: EntityManager) => ({
  ...offerLoaders(reader),
  ...voucherLoaders(reader),
  ...createAftersalesLoaders(reader),
  ...createIncidentLoaders(reader),
  ...createInsightLoaders(reader),
  ...createJointLoaders(reader),
  ...createDonationLoaders(reader),
  ...createWebhookLoaders(reader),
  ...tillLoaders(reader),
  ...welcomeLoaders(reader),
  rewardById: batchByKey<RewardRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Reward, { id: In(ids) }),
  ),
  redemptionById: batchByKey<RedemptionRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Redemption, { id: In(ids) }),
  ),
  voucherByRedemption: batchByKey<VoucherRow>(
    ({ redemptionId }) => redemptionId,
    (redemptionIds) => reader.findBy(Voucher, { redemptionId: In(redemptionIds) }),
  ),
});
