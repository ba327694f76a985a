import { isoDay } from '../../../shared/calendar.ts';
import { seesMerchant } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { announceLeaving } from './commands/announce-leaving.ts';
import { answerCampaign } from './commands/answer-campaign.ts';
import { answerContract } from './commands/answer-contract.ts';
import { addStaff, removeStaff } from './commands/change-staff.ts';
import { rejectIssuerDocument, verifyIssuerDocument } from './commands/decide-document.ts';
import { openStore } from './commands/open-store.ts';
import { proposeCampaign } from './commands/propose-campaign.ts';
import { proposeContract } from './commands/propose-contract.ts';
import { resumeMerchant } from './commands/resume-merchant.ts';
import { stateIndustryFacts } from './commands/state-facts.ts';
import { submitIssuerDocument } from './commands/submit-document.ts';
import { industryPacks, missingFacts } from './domain/industry.ts';
import { hasLeft, issuingAt } from './domain/issuing.ts';
import { noticeAt, parametersOf } from './domain/notice.ts';
import { mayDo } from './domain/staff.ts';
import type { ContractRow } from './entities/contract.ts';
import { staffOf } from './queries/staff.ts';

export const standingQueries = {
  staffMay: async (_, { merchantId, subject, deed }, { database }) =>
    mayDo(await staffOf(database.reader, [merchantId]), subject, deed),
} satisfies Resolvers['Query'];

export const standingMutations = {
  addStaff: (_, { input }, { run }) => run(addStaff, input),
  announceLeaving: (_, { input }, { run }) => run(announceLeaving, input),
  answerCampaign: (_, { input }, { run }) => run(answerCampaign, input),
  answerContract: (_, { input }, { run }) => run(answerContract, input),
  openStore: (_, { input }, { run }) => run(openStore, input),
  proposeCampaign: (_, { input }, { run }) => run(proposeCampaign, input),
  proposeContract: (_, { input }, { run }) => run(proposeContract, input),
  rejectIssuerDocument: (_, { input }, { run }) => run(rejectIssuerDocument, input),
  removeStaff: (_, { input }, { run }) => run(removeStaff, input),
  resumeMerchant: (_, { input }, { run }) => run(resumeMerchant, input),
  stateIndustryFacts: (_, { input }, { run }) => run(stateIndustryFacts, input),
  submitIssuerDocument: (_, { input }, { run }) => run(submitIssuerDocument, input),
  verifyIssuerDocument: (_, { input }, { run }) => run(verifyIssuerDocument, input),
} satisfies Resolvers['Mutation'];

/** The fields of a merchant that say how it stands. */
export const standingOfMerchant = {
  // The day that it announced may have come since anybody wrote it down.
  status: async ({ id, status }, _, { loaders, clock }) => {
    const standing = await loaders.standingByMerchant.load(id);
    return standing !== null && hasLeft(standing, clock.now()) ? 'SUSPENDED' : status;
  },
  issuing: ({ id }, _, context) => issuingOf(context, id),
  notice: async ({ id }, _, { loaders, clock }) => {
    const standing = await loaders.standingByMerchant.load(id);
    return standing === null ? null : noticeAt(standing, clock.now());
  },
  documents: async ({ id }, _, { loaders, caller }) => {
    const documents = await loaders.documentsByMerchant.load(id);
    return seesMerchant(caller, id)
      ? documents
      : documents.filter(({ state }) => state === 'VERIFIED');
  },
  contract: async ({ id }, _, { loaders, caller, clock }) => {
    if (!seesMerchant(caller, id)) return null;
    const contracts = await loaders.contractsByMerchant.load(id);
    return (
      contracts.find((row) => row.state === 'AGREED' && row.effectiveAt <= clock.now()) ?? null
    );
  },
  contracts: ({ id }, _, { loaders, caller }) =>
    seesMerchant(caller, id) ? loaders.contractsByMerchant.load(id) : null,
  stores: ({ id }, _, { loaders }) => loaders.storesByMerchant.load(id),
  staff: ({ id }, _, { loaders, caller }) =>
    seesMerchant(caller, id) ? loaders.staffByMerchant.load(id) : null,
  campaignOffers: ({ id }, _, { loaders, caller }) =>
    seesMerchant(caller, id) ? loaders.offersByMerchant.load(id) : null,
  industryPack: async ({ id, industry }, _, { loaders }) => {
    const stated = new Map(
      (await loaders.factsByMerchant.load(id)).map(({ name, value }) => [name, value]),
    );
    const { requiredDocuments, facts } = industryPacks[industry];
    return {
      requiredDocuments: [...requiredDocuments],
      facts: Object.entries(facts).map(([name, spec]) => ({
        ...spec,
        name,
        value: stated.get(name) ?? null,
      })),
      missingFacts: missingFacts(industry, new Set(stated.keys())),
    };
  },
} satisfies Resolvers['Merchant'];

/** Whether a merchant issues points at the moment, worded for the caller. */
export async function issuingOf(
  { loaders, clock, locale }: Pick<Context, 'loaders' | 'clock' | 'locale'>,
  merchantId: string,
) {
  const standing = present(await loaders.standingByMerchant.load(merchantId));
  const { isIssuing, obstacles, since, until } = issuingAt(standing, clock.now());
  const [obstacle] = obstacles;
  const reason =
    obstacle === undefined ? null : sentence(obstacle.code, locale, parametersOf(obstacle));
  return { isIssuing, code: obstacle?.code ?? null, reason, since, until };
}

/** Why a purchase got no points, worded for the caller, or null. */
export async function notIssuedOf(
  { loaders, locale }: Pick<Context, 'loaders' | 'locale'>,
  purchaseId: string,
) {
  const obstacle = (await loaders.unissuedByPurchase.load(purchaseId))?.obstacle;
  if (obstacle === undefined) return null;
  const message = sentence(obstacle.code, locale, parametersOf(obstacle));
  return { code: 'ISSUER_NOT_ELIGIBLE', obstacle: obstacle.code, message };
}

const merchant = {
  merchant: async ({ merchantId }: Readonly<{ merchantId: string }>, _: unknown, ctx: Context) =>
    present(await ctx.loaders.merchantById.load(merchantId)),
};

const document = {
  document: async ({ documentId }: Readonly<{ documentId: string }>, _: unknown, ctx: Context) =>
    present(await ctx.loaders.documentById.load(documentId)),
};

const contract = {
  contract: async (
    { merchantId, version }: Pick<ContractRow, 'merchantId' | 'version'>,
    _: unknown,
    { loaders }: Context,
  ) => {
    const versions = await loaders.contractsByMerchant.load(merchantId);
    return present(versions.find((row) => row.version === version) ?? null);
  },
};

export const standingTypes = {
  AllianceContract: {
    price: ({ priceMinor, currency }) => ({ amountMinor: priceMinor, currency }),
    fee: ({ feeNumerator, feeDenominator }) => ({ part: feeNumerator, of: feeDenominator }),
    guarantee: ({ guaranteeMinor, currency }) => ({ amountMinor: guaranteeMinor, currency }),
  },
  IssuerDocument: {
    issuedOn: ({ issuedOn }) => isoDay(issuedOn),
    expiresOn: ({ expiresOn }) => isoDay(expiresOn),
    reason: ({ reason, merchantId }, _, { caller }) =>
      seesMerchant(caller, merchantId) && reason !== '' ? reason : null,
  },
  MerchantNotice: {
    message: ({ code, parameters }, _, { locale }) => sentence(code, locale, parameters),
  },
  LeaveNoticeTooShort: {
    earliest: ({ parameters }) => String(parameters.earliest),
  },
  Store: {
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
  },
  Campaign: {
    title: ({ titleZh, titleEn }, _, { locale }) => (locale === 'zh-CN' ? titleZh : titleEn),
  },
  CampaignOffer: {
    campaign: async ({ campaignId }, _, { loaders }) =>
      present(await loaders.campaignById.load(campaignId)),
    rule: ({ ruleId }, _, { loaders }) => (ruleId === null ? null : loaders.ruleById.load(ruleId)),
  },
  CampaignProposed: {
    campaign: async ({ campaignId }, _, { loaders }) =>
      present(await loaders.campaignById.load(campaignId)),
  },
  CampaignAnswered: {
    offer: async ({ campaignId, merchantId }, _, { loaders }) => {
      const offers = await loaders.offersByMerchant.load(merchantId);
      return present(offers.find((offer) => offer.campaignId === campaignId) ?? null);
    },
  },
  StoreOpened: {
    store: async ({ storeId }, _, { loaders }) => present(await loaders.storeById.load(storeId)),
  },
  StaffChanged: merchant,
  IndustryFactsStated: merchant,
  IssuerDocumentSubmitted: document,
  IssuerDocumentDecided: document,
  MerchantResumed: merchant,
  LeavingAnnounced: merchant,
  ContractProposed: contract,
  ContractAnswered: contract,
} satisfies Partial<Resolvers>;
