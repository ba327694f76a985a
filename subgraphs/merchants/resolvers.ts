import { readFeed } from '../../shared/feeds/read.ts';
import { hasRole, seesAll, seesMember, seesMerchant } from '../../shared/graphql/caller.ts';
import type { Condition } from '../../shared/query-kit/filter.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { onboardMerchant } from './commands/onboard-merchant.ts';
import { suspendMerchant } from './commands/suspend-merchant.ts';
import { complianceTypes } from './compliance/resolvers.ts';
import type { Context } from './context.ts';
import type { PurchaseRow } from './entities/purchase.ts';
import { merchantsList, purchasesList } from './lists.ts';
import { importAndPost, recordAndPost, returnAndPost } from './mutations.ts';
import { quoteAccrual } from './queries/quote-accrual.ts';
import type { Resolvers } from './schema.generated.ts';
import { sentence } from './wording.ts';

export const resolvers: Resolvers = {
  ...complianceTypes,
  Query: {
    merchant: (_, { id }, { loaders }) => loaders.merchantById.load(id),
    merchants: (_, args, { database, keys }) =>
      readPage(merchantsList, { reader: database.reader, cursorKey: keys.cursor, args }),
    purchase: (_, { id }, context) => visiblePurchase(context, id),
    purchases: (_, args, { database, keys, caller }) =>
      readPage(purchasesList, {
        reader: database.reader,
        cursorKey: keys.cursor,
        args,
        visible: visiblePurchases(caller),
      }),
    quoteAccrual: (_, { input }, context) => quoteAccrual(context, input),
    merchantsFeed: (_, args, { database }) => readFeed(database.reader, args),
  },

  Mutation: {
    onboardMerchant: (_, { input }, { run }) => run(onboardMerchant, input),
    suspendMerchant: (_, { input }, { run }) => run(suspendMerchant, input),
    recordPurchase: (_, { input }, context) => recordAndPost(context, input),
    returnPurchase: (_, { input }, context) => returnAndPost(context, input),
    importPurchases: (_, { input }, context) => importAndPost(context, input),
  },

  Merchant: {
    __resolveReference: ({ id }, { loaders }) => loaders.merchantById.load(id),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    contract: ({ id, priceMinor, pricePoints, currency }, _, { caller }) =>
      seesMerchant(caller, id)
        ? { price: { amountMinor: priceMinor, currency }, pricePoints }
        : null,
    programmes: ({ id }, _, { loaders }) => loaders.programmesByMerchant.load(id),
  },

  Programme: {
    __resolveReference: ({ id }, { loaders }) => loaders.programmeById.load(id),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    earnRate: ({ earnPoints, earnMinor, currency }) => ({
      points: earnPoints,
      per: { amountMinor: earnMinor, currency },
    }),
  },

  Purchase: {
    __resolveReference: ({ id }, context) => visiblePurchase(context, id),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    member: ({ memberId }) => ({ id: memberId }),
    total: ({ totalMinor, currency }) => ({ amountMinor: totalMinor, currency }),
    returned: ({ returnedMinor, currency }) => ({ amountMinor: returnedMinor, currency }),
    lines: ({ id }, _, { loaders }) => loaders.linesByPurchase.load(id),
    awards: ({ id }, _, { loaders }) => loaders.awardsByPurchase.load(id),
  },

  PurchaseAward: {
    programme: async ({ programmeId }, _, { loaders }) =>
      present(await loaders.programmeById.load(programmeId)),
    isPosted: async ({ purchaseId, programmeId }, _, { loaders }) => {
      const open = await loaders.openPostingsByPurchase.load(purchaseId);
      return open.every((posting) => posting.programmeId !== programmeId);
    },
  },

  MerchantOnboarded: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  MerchantSuspended: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  PurchaseRecorded: {
    purchase: async ({ purchaseId }, _, { loaders }) =>
      present(await loaders.purchaseById.load(purchaseId)),
  },
  PurchaseReturned: {
    purchase: async ({ purchaseId }, _, { loaders }) =>
      present(await loaders.purchaseById.load(purchaseId)),
  },
  RejectedRow: {
    message: ({ code, parameters }, _, { locale }) => sentence(code, locale, parameters),
  },
};

/** What our own rows refer to is there: neither merchants nor programmes nor purchases are deleted. */
function present<Row>(row: Row | null): Row {
  if (row === null) throw new Error('Broken invariant: a row that is referred to is missing');
  return row;
}

/** A purchase, for its member, its merchant and those who see all; for others it is not there. */
async function visiblePurchase(
  { loaders, caller }: Context,
  id: string,
): Promise<PurchaseRow | null> {
  const purchase = await loaders.purchaseById.load(id);
  if (purchase === null) return null;
  const isShown =
    seesMember(caller, purchase.memberId) || seesMerchant(caller, purchase.merchantId);
  return isShown ? purchase : null;
}

/** The purchases that a caller may list. */
function visiblePurchases(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { memberId, merchantId } = caller;
  const own: string[] = [];
  const parameters: Record<string, string> = {};
  if (hasRole(caller, 'MEMBER') && memberId !== null) {
    own.push('row.memberId = :ownMember');
    parameters.ownMember = memberId;
  }
  if (hasRole(caller, 'MERCHANT') && merchantId !== null) {
    own.push('row.merchantId = :ownMerchant');
    parameters.ownMerchant = merchantId;
  }
  return { sql: own.length === 0 ? '1 = 0' : `(${own.join(' OR ')})`, parameters };
}
