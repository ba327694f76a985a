/** From which row each type of the contract is resolved. Read by `npm run generate`. */
import type { NotLawful, WordedFinding } from '../../shared/graphql/law.ts';
import type { Page } from '../../shared/query-kit/list.ts';
import type { RedemptionCancelled } from './aftersales/around-commands.ts';
import type { RedemptionExchanged } from './aftersales/commands/exchange-redemption.ts';
import type { RedemptionDeclined, RedemptionFulfilled } from './aftersales/commands/hand-over.ts';
import type { RedemptionReturned } from './aftersales/commands/return-redemption.ts';
import type { Terms } from './aftersales/domain/terms.ts';
import type { RedemptionEventRow } from './aftersales/entities/redemption-event.ts';
import type { ReturnRow } from './aftersales/entities/return.ts';
import type { ReturnQuote } from './aftersales/queries/quote-return.ts';
import type { StockAdjusted } from './commands/adjust-stock.ts';
import type { RewardDelisted } from './commands/delist-reward.ts';
import type { RewardPublished } from './commands/publish-reward.ts';
import type { RewardText } from './domain/disclose.ts';
import type { RedemptionPending, RewardRedeemed } from './domain/redemption.ts';
import type { CharityChanged } from './donations/commands/register-charity.ts';
import type { DeliveryReported } from './donations/commands/report-delivery.ts';
import type { CharityRow } from './donations/entities/charity.ts';
import type { DeliveryRow } from './donations/entities/delivery.ts';
import type { CharityTotal } from './donations/loaders.ts';
import type { Donation } from './donations/queries/donation-of.ts';
import type { OpenDonations } from './donations/queries/open-donations.ts';
import type { RedemptionRow } from './entities/redemption.ts';
import type { RewardRow } from './entities/reward.ts';
import type { VoucherRow } from './entities/voucher.ts';
import type {
  IncidentWithdrawn,
  RemedyApplied,
  RemedyProposed,
} from './incidents/commands/decide-remedy.ts';
import type { IncidentDeclared } from './incidents/commands/declare-incident.ts';
import type { Remedy } from './incidents/domain/remedy.ts';
import type { IncidentRow } from './incidents/entities/incident.ts';
import type { AppliedRemedy } from './incidents/queries/applied-remedies.ts';
import type { RemedyCost, RemedyPreview } from './incidents/queries/assess-remedy.ts';
import type { Period } from './insight/domain/period.ts';
import type { SavedInPeriod, SavedOnDay } from './insight/domain/savings.ts';
import type { Recommendations, Recommended } from './insight/queries/recommendations.ts';
import type {
  RedemptionGroup,
  RedemptionStatistics,
  RewardDemand,
} from './insight/queries/statistics.ts';
import type { JointRow } from './joint/entities/joint.ts';
import type { PartRow } from './joint/entities/part.ts';
import type {
  JointRedemptionAccepted,
  JointRedemptionDeclined,
  JointRedemptionStarted,
} from './joint/joint-redemptions.ts';
import type { Details } from './offers/domain/details.ts';
import type { SlotRow } from './offers/entities/slot.ts';
import type { TierPriceRow } from './offers/entities/tier-price.ts';
import type { RedemptionQuote } from './queries/quote-redemption.ts';
import type { ReminderRow } from './reminders/entities/reminder.ts';
import type { ClaimedPointsPayment } from './till/commands/claim-payment.ts';
import type { PaidWithPoints, PointsPaymentUndone } from './till/pay.ts';
import type { FittingVoucher, PointsOffer, QuotedOrder } from './till/queries/order-quote.ts';
import type { VoucherExtended, VoucherReplaced } from './vouchers/commands/change-voucher.ts';
import type { OfflineUsesReported } from './vouchers/commands/report-offline-uses.ts';
import type { VoucherUsed } from './vouchers/commands/use-voucher.ts';
import type { OutOfScope } from './vouchers/domain/refusals.ts';
import type { OfflineUseRow } from './vouchers/entities/offline-use.ts';
import type { OfflineVouchers } from './vouchers/queries/offline-vouchers.ts';
import type { WebhookRegistered } from './webhooks/commands/register-webhook.ts';
import type { WebhookReplayed } from './webhooks/commands/replay-webhook.ts';
import type { WebhookSecretRotated } from './webhooks/commands/rotate-webhook-secret.ts';
import type { WebhookEnabled, WebhookRemoved } from './webhooks/commands/switch-webhook.ts';
import type { WebhookRow } from './webhooks/entities/webhook.ts';
import type { WebhookDeliveryRow } from './webhooks/entities/webhook-delivery.ts';
import type { FirstOrderOfferChanged } from './welcome/commands/offer.ts';
import type { FirstOrderVoucherTaken } from './welcome/commands/take-voucher.ts';
import type { FirstOrderVoucherUsed } from './welcome/commands/use-voucher.ts';
import type { FirstOrderOfferRow, FirstOrderVoucherRow } from './welcome/entities/first-order.ts';
import type { FittingFirstOrder } from './welcome/queries/fitting.ts';

export type RewardMapper = RewardRow;
export type RewardDisclosureMapper = RewardText;
export type RewardConnectionMapper = Page<RewardRow>;
export type RewardEdgeMapper = Page<RewardRow>['edges'][number];
export type RedemptionMapper = RedemptionRow;
export type RedemptionConnectionMapper = Page<RedemptionRow>;
export type RedemptionEdgeMapper = Page<RedemptionRow>['edges'][number];
/** With what the caller may see of it. */
export type VoucherMapper = Readonly<{ voucher: VoucherRow; isCodeShown: boolean }>;

export type RewardDetailsMapper = Details;
export type DonationDetailsMapper = NonNullable<Details['donation']>;
export type VoucherDetailsMapper = NonNullable<Details['voucher']>;
export type UpgradeDetailsMapper = NonNullable<Details['upgrade']>;
export type ChargingDetailsMapper = NonNullable<Details['charging']>;
export type RewardSlotMapper = SlotRow;
export type RewardTierPriceMapper = TierPriceRow;

export type ReminderMapper = ReminderRow;

export type NotLawfulMapper = NotLawful;
export type LawFindingMapper = WordedFinding;

export type RewardPublishedMapper = RewardPublished;
export type StockAdjustedMapper = StockAdjusted;
export type RewardDelistedMapper = RewardDelisted;
export type RewardRedeemedMapper = RewardRedeemed;
export type RedemptionPendingMapper = RedemptionPending;
export type RedemptionQuoteMapper = RedemptionQuote;
export type RedemptionEventMapper = RedemptionEventRow;
export type RewardAfterSalesMapper = Terms;
export type RedemptionReturnMapper = ReturnRow;
export type RedemptionReturnedMapper = RedemptionReturned;
export type RedemptionExchangedMapper = RedemptionExchanged;
export type ReturnQuoteMapper = ReturnQuote;
export type RedemptionCancelledMapper = RedemptionCancelled;
export type RedemptionFulfilledMapper = RedemptionFulfilled;
export type RedemptionDeclinedMapper = RedemptionDeclined;
export type VoucherUsedMapper = VoucherUsed;
export type OutOfScopeMapper = OutOfScope;
export type OfflineVouchersMapper = OfflineVouchers;
export type OfflineUsesReportedMapper = OfflineUsesReported;
export type OfflineUseMapper = OfflineUseRow;
export type OfflineUseConnectionMapper = Page<OfflineUseRow>;
export type OfflineUseEdgeMapper = Page<OfflineUseRow>['edges'][number];
export type VoucherExtendedMapper = VoucherExtended;
export type VoucherReplacedMapper = VoucherReplaced;

export type SavingsMapper = Readonly<{ period: Period; days: readonly SavedOnDay[] }>;
export type SavedInPeriodMapper = SavedInPeriod;
export type RedemptionStatisticsMapper = RedemptionStatistics;
export type RedemptionGroupMapper = RedemptionGroup;
export type RewardDemandMapper = RewardDemand;
export type RecommendationsMapper = Recommendations;
export type RecommendedRewardMapper = Recommended;

export type IncidentMapper = IncidentRow;
export type IncidentConnectionMapper = Page<IncidentRow>;
export type IncidentEdgeMapper = Page<IncidentRow>['edges'][number];
export type IncidentProgressMapper = IncidentRow;
export type RemedyMapper = Remedy;
export type AppliedRemedyMapper = AppliedRemedy;
export type RemedyPreviewMapper = RemedyPreview;
export type RemedyCostMapper = RemedyCost;
export type IncidentDeclaredMapper = IncidentDeclared;
export type RemedyProposedMapper = RemedyProposed;
export type RemedyAppliedMapper = RemedyApplied;
export type IncidentWithdrawnMapper = IncidentWithdrawn;
export type FirstOrderOfferMapper = FirstOrderOfferRow;
export type FirstOrderOfferConnectionMapper = Page<FirstOrderOfferRow>;
export type FirstOrderOfferEdgeMapper = Page<FirstOrderOfferRow>['edges'][number];
export type FirstOrderVoucherMapper = FirstOrderVoucherRow;
export type FittingFirstOrderVoucherMapper = FittingFirstOrder;
export type FirstOrderOfferChangedMapper = FirstOrderOfferChanged;
export type FirstOrderVoucherTakenMapper = FirstOrderVoucherTaken;
export type FirstOrderVoucherUsedMapper = FirstOrderVoucherUsed;

export type CharityMapper = CharityRow;
export type CharityConnectionMapper = Page<CharityRow>;
export type CharityEdgeMapper = Page<CharityRow>['edges'][number];
export type CharityTotalMapper = CharityTotal;
export type DonationMapper = Donation;
export type VerifiedDonationMapper = Donation;
export type OpenDonationsMapper = OpenDonations;
export type DeliveryMapper = DeliveryRow;
export type CharityChangedMapper = CharityChanged;
export type DeliveryReportedMapper = DeliveryReported;

export type JointRedemptionMapper = JointRow;
export type JointRedemptionConnectionMapper = Page<JointRow>;
export type JointRedemptionEdgeMapper = Page<JointRow>['edges'][number];
export type JointPartMapper = PartRow;
export type JointRedemptionStartedMapper = JointRedemptionStarted;
export type JointRedemptionAcceptedMapper = JointRedemptionAccepted;
export type JointRedemptionDeclinedMapper = JointRedemptionDeclined;

export type WebhookMapper = WebhookRow;
export type WebhookConnectionMapper = Page<WebhookRow>;
export type WebhookEdgeMapper = Page<WebhookRow>['edges'][number];
export type WebhookDeliveryMapper = WebhookDeliveryRow;
export type WebhookDeliveryConnectionMapper = Page<WebhookDeliveryRow>;
export type WebhookDeliveryEdgeMapper = Page<WebhookDeliveryRow>['edges'][number];
export type WebhookRegisteredMapper = WebhookRegistered;
export type WebhookSecretRotatedMapper = WebhookSecretRotated;
export type WebhookEnabledMapper = WebhookEnabled;
export type WebhookRemovedMapper = WebhookRemoved;
export type WebhookReplayedMapper = WebhookReplayed;

export type OrderQuoteMapper = QuotedOrder;
export type FittingVoucherMapper = FittingVoucher;
export type PointsOfferMapper = PointsOffer;
export type PaidWithPointsMapper = PaidWithPoints;
export type PointsPaymentUndoneMapper = PointsPaymentUndone;
export type ClaimedPointsPaymentMapper = ClaimedPointsPayment;
