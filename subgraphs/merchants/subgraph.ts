import { runTogether } from '../../shared/commands/run-together.ts';
import type { SubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { AgeCheck } from './ages/entities/age-check.ts';
import { lateAwards } from './commands/award-late.ts';
import { createPoster } from './commands/post-waiting.ts';
import { recordPurchases } from './commands/record-purchase.ts';
import { Complaint } from './compliance/entities/complaint.ts';
import { Override } from './compliance/entities/override.ts';
import type { Services } from './context.ts';
import { RuleAcknowledgement, RuleComment } from './disclosure/entities/answers.ts';
import { Disclosure } from './disclosure/entities/disclosure.ts';
import { Award } from './entities/award.ts';
import { Merchant } from './entities/merchant.ts';
import { Posting } from './entities/posting.ts';
import { Programme } from './entities/programme.ts';
import { Purchase } from './entities/purchase.ts';
import { PurchaseLine } from './entities/purchase-line.ts';
import { followRedemptions } from './figures/commands/follow-redemptions.ts';
import { appreciationWorker } from './grants/commands/carry-out.ts';
import { followGreenActs } from './grants/commands/follow-green-acts.ts';
import { followReferrals } from './grants/commands/follow-referrals.ts';
import { greenActRewards } from './grants/commands/reward-green-acts.ts';
import { referralRewards } from './grants/commands/reward-referrals.ts';
import { Appreciation, Share } from './grants/entities/appreciation.ts';
import { Engagement } from './grants/entities/engagement.ts';
import { Grant } from './grants/entities/grant.ts';
import { GreenAct } from './grants/entities/green-act.ts';
import { Referral } from './grants/entities/referral.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { createMerchantsAndPurchases } from './migrations/1767225700000-create-merchants-and-purchases.ts';
import { createUnits } from './migrations/1767225700001-create-units.ts';
import { createRules } from './migrations/1767225700002-create-rules.ts';
import { awardByRules } from './migrations/1767225700003-award-by-rules.ts';
import { createLifeCycle } from './migrations/1767225700004-create-life-cycle.ts';
import { createOverrides } from './migrations/1767225700005-create-overrides.ts';
import { createStanding } from './migrations/1767225700006-create-standing.ts';
import { createGrants } from './migrations/1767225700007-create-grants.ts';
import { createProfiles } from './migrations/1767225700008-create-profiles.ts';
import { createOrders } from './migrations/1767225700009-create-orders.ts';
import { createTill } from './migrations/1767225700010-create-till.ts';
import { nameCodesTable } from './migrations/1767225700011-name-codes.ts';
import { proposeEnds } from './migrations/1767225700012-propose-ends.ts';
import { countWaiting } from './migrations/1767225700016-count-waiting.ts';
import { createSegments } from './migrations/1767225700018-create-segments.ts';
import { createPointsClaims } from './migrations/1767225700019-create-points-claims.ts';
import { createRedemptions } from './migrations/1767225700020-create-redemptions.ts';
import { createVestingHolds } from './migrations/1767225700029-create-vesting-holds.ts';
import { groundReturns } from './migrations/1767225700030-ground-returns.ts';
import { proposeTierPrices } from './migrations/1767225700031-propose-tier-prices.ts';
import { createCategories } from './migrations/1767225700032-create-categories.ts';
import { checkAges } from './migrations/1767225700033-check-ages.ts';
import { withdrawTierPrices } from './migrations/1767225700034-withdraw-tier-prices.ts';
import { namePointsPayments } from './migrations/1767225700037-name-points-payments.ts';
import { createComplaints } from './migrations/1767225700051-create-complaints.ts';
import { createGreenActs } from './migrations/1767225700060-create-green-acts.ts';
import { createReferrals } from './migrations/1767225700061-create-referrals.ts';
import { dateLines } from './migrations/1767225700065-date-lines.ts';
import { heldReleaser } from './orders/commands/release-held.ts';
import { Amendment } from './orders/entities/amendment.ts';
import { Cancellation } from './orders/entities/cancellation.ts';
import { PointsClaim } from './orders/entities/points-claim.ts';
import { PurchaseEvent } from './orders/entities/purchase-event.ts';
import { PurchaseReturn, ReturnLine } from './orders/entities/purchase-return.ts';
import { VestingHold } from './orders/entities/vesting-hold.ts';
import { followConsents } from './profile/commands/follow-consents.ts';
import { profileWorker } from './profile/commands/reckon-profiles.ts';
import { Profile, ProfilePreference } from './profile/entities/profile.ts';
import { Promotion, Segment } from './profile/entities/segment.ts';
import { resolvers } from './resolvers.ts';
import { Rule } from './rules/entities/rule.ts';
import { allianceYardstick } from './rules/yardstick.ts';
import { owedReleaser } from './standing/commands/release-owed.ts';
import { contractTeller } from './standing/commands/tell-contracts.ts';
import { standingWatch } from './standing/commands/watch-standing.ts';
import { Campaign, CampaignOffer } from './standing/entities/campaign.ts';
import { Contract } from './standing/entities/contract.ts';
import { IssuerDocuments } from './standing/entities/document.ts';
import { Store } from './standing/entities/store.ts';
import { TierPriceProposal } from './till/entities/tier-price-proposal.ts';
import { TierPrices } from './till/entities/tier-prices.ts';
import { wording } from './wording.ts';

export const merchants: SubgraphDefinition<Loaders, Services> = {
  name: 'merchants',
  folder: import.meta.dirname,
  entities: [
    Merchant,
    Programme,
    Rule,
    Disclosure,
    RuleComment,
    RuleAcknowledgement,
    Purchase,
    PurchaseLine,
    Award,
    Posting,
    Contract,
    IssuerDocuments,
    Engagement,
    Grant,
    GreenAct,
    Referral,
    Appreciation,
    Share,
    Amendment,
    Cancellation,
    PointsClaim,
    PurchaseEvent,
    PurchaseReturn,
    ReturnLine,
    VestingHold,
    Store,
    Campaign,
    CampaignOffer,
    Override,
    Complaint,
    Profile,
    ProfilePreference,
    Segment,
    Promotion,
    TierPrices,
    TierPriceProposal,
    AgeCheck,
  ],
  migrations: [
    createMerchantsAndPurchases,
    createUnits,
    createRules,
    awardByRules,
    createLifeCycle,
    createOverrides,
    createStanding,
    createGrants,
    createOrders,
    createProfiles,
    createTill,
    nameCodesTable,
    proposeEnds,
    countWaiting,
    createSegments,
    createPointsClaims,
    createRedemptions,
    createVestingHolds,
    groundReturns,
    proposeTierPrices,
    createCategories,
    checkAges,
    withdrawTierPrices,
    namePointsPayments,
    createComplaints,
    createGreenActs,
    createReferrals,
    dateLines,
  ],
  resolvers,
  wording,
  loaders: createLoaders,
  services: (frame) => ({
    poster: createPoster(frame),
    // The name is that of the command under which answers are remembered.
    till: runTogether(frame, 'recordPurchase', recordPurchases),
    yardstick: allianceYardstick,
  }),
  workers: (frame, { poster }) => [
    poster.worker,
    lateAwards(frame, poster),
    owedReleaser(frame),
    heldReleaser(frame),
    contractTeller(frame),
    standingWatch(frame),
    appreciationWorker(frame),
    followGreenActs(frame),
    greenActRewards(frame, poster),
    followReferrals(frame),
    referralRewards(frame, poster),
    followRedemptions(frame),
    followConsents(frame),
    profileWorker(frame),
  ],
};
