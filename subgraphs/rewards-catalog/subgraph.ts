import type { SubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { RedemptionEvent } from './aftersales/entities/redemption-event.ts';
import { Return } from './aftersales/entities/return.ts';
import { RewardTerms } from './aftersales/entities/reward-terms.ts';
import { createReturns } from './aftersales/returns.ts';
import type { Services } from './context.ts';
import type { OnStep } from './domain/redemption.ts';
import { followDonations } from './donations/commands/follow-donations.ts';
import { donationEntities, donationMigrations } from './donations/tables.ts';
import { Redemption } from './entities/redemption.ts';
import { Reward } from './entities/reward.ts';
import { Voucher } from './entities/voucher.ts';
import { incidentWorker } from './incidents/commands/work-off.ts';
import type { OnIncidentStep } from './incidents/domain/step.ts';
import { incidentEntities, incidentMigrations } from './incidents/tables.ts';
import { followCompletions } from './insight/commands/follow-completions.ts';
import { createJointRedemptions } from './joint/joint-redemptions.ts';
import { jointEntities, jointMigrations } from './joint/tables.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createCatalogue } from './migrations/1767225600000-create-catalogue.ts';
import { stateConditions } from './migrations/1767225700011-state-conditions.ts';
import { voidVouchers } from './migrations/1767225700020-void-vouchers.ts';
import { createAftersales } from './migrations/1767225700021-create-aftersales.ts';
import { createReturnTables } from './migrations/1767225700022-create-returns.ts';
import { indexCompletions } from './migrations/1767225700029-index-completions.ts';
import { createDemand } from './migrations/1767225700030-create-demand.ts';
import { exchangeForOthers } from './migrations/1767225700065-exchange-for-others.ts';
import { voucherDays } from './migrations/1767225700066-voucher-days.ts';
import { followUpgradedOrders } from './offers/commands/follow-upgraded-orders.ts';
import { searchTermsWorker } from './offers/commands/write-terms.ts';
import { offerEntities, offerMigrations } from './offers/tables.ts';
import { createRedemptions } from './redemptions.ts';
import { followPoints } from './reminders/commands/follow-points.ts';
import { remindIdle } from './reminders/commands/remind-idle.ts';
import { reminderEntities, reminderMigrations } from './reminders/tables.ts';
import { resolvers } from './resolvers.ts';
import { staff } from './staff.ts';
import { followOrders } from './till/commands/follow-orders.ts';
import { lapsePayments } from './till/commands/lapse-payments.ts';
import { tillEntities, tillMigrations } from './till/tables.ts';
import { createVoucherSeal } from './voucher-seal.ts';
import { lapseVouchers } from './vouchers/commands/tell-lapsed.ts';
import { createOfflineLists } from './vouchers/offline-lists.ts';
import { voucherEntities, voucherMigrations } from './vouchers/tables.ts';
import { followEvents } from './webhooks/commands/follow-events.ts';
import { forgetDeliveries } from './webhooks/commands/forget-deliveries.ts';
import { deliveryWorker, TIMEOUT_MS } from './webhooks/deliveries.ts';
import { LOG_DAYS } from './webhooks/domain/patience.ts';
import { webhookEntities, webhookMigrations } from './webhooks/tables.ts';
import { createWebhookSecrets } from './webhooks/webhook-secret.ts';
import { welcomeEntities, welcomeMigrations } from './welcome/tables.ts';
import { wording } from './wording.ts';

export type RewardsCatalogOptions = Readonly<{
  /** Told around each step of a redemption. Tests end the process there. */
  onStep?: OnStep;
  /** The same of incidents, and how many redemptions or members of one are worked off at once. */
  onIncidentStep?: OnIncidentStep;
  incidentPageSize?: number;
  /** How long the receiver of a webhook has, in milliseconds. Asked at each delivery: one test has less time. */
  webhookTimeoutMs?: () => number;
  /** How many days a delivery of a webhook is in the log, and can be replayed. */
  webhookLogDays?: number;
}>;

/** Rewards, redemptions and vouchers. */
export const createRewardsCatalog = ({
  onStep = () => undefined,
  onIncidentStep = () => undefined,
  incidentPageSize = 100,
  webhookTimeoutMs = () => TIMEOUT_MS,
  webhookLogDays = LOG_DAYS,
}: RewardsCatalogOptions = {}): SubgraphDefinition<Loaders, Services> => ({
  name: 'rewards-catalog',
  folder: import.meta.dirname,
  entities: [
    ...[Reward, RewardTerms, Redemption, RedemptionEvent, Return, Voucher],
    ...offerEntities,
    ...voucherEntities,
    ...incidentEntities,
    ...donationEntities,
    ...webhookEntities,
    ...jointEntities,
    ...tillEntities,
    ...reminderEntities,
    ...welcomeEntities,
  ],
  migrations: [
    ...[createCatalogue, stateConditions, voidVouchers, createAftersales, createReturnTables],
    ...[indexCompletions, createDemand, exchangeForOthers, voucherDays],
    ...offerMigrations,
    ...voucherMigrations,
    ...incidentMigrations,
    ...donationMigrations,
    ...webhookMigrations,
    ...jointMigrations,
    ...tillMigrations,
    ...reminderMigrations,
    ...welcomeMigrations,
  ],
  resolvers,
  staff,
  wording,
  loaders: createLoaders,
  services(frame) {
    const vouchers = createVoucherSeal(frame.keys.personal);
    const redemptions = createRedemptions(frame, vouchers, onStep);
    return {
      vouchers,
      webhooks: createWebhookSecrets(frame.keys.personal),
      offlineLists: createOfflineLists(frame.keys.personal),
      redemptions,
      jointRedemptions: createJointRedemptions(frame, vouchers, { onStep, redemptions }),
      returns: createReturns(frame, vouchers, onStep),
    };
  },
  workers: (frame, { redemptions, jointRedemptions, returns, webhooks: secrets }) => [
    followCompletions(frame),
    incidentWorker({ frame, onStep: onIncidentStep, pageSize: incidentPageSize }),
    followDonations(frame),
    followPoints(frame),
    remindIdle(frame),
    followOrders(frame),
    followUpgradedOrders(frame),
    lapsePayments(frame),
    lapseVouchers(frame),
    redemptions.worker,
    jointRedemptions.worker,
    returns.worker,
    searchTermsWorker(frame),
    followEvents(frame),
    deliveryWorker({ frame, secrets, timeoutMs: webhookTimeoutMs }),
    forgetDeliveries(frame, webhookLogDays),
  ],
});

export const rewardsCatalog = createRewardsCatalog();
