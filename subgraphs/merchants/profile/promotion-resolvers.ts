import { actsForMember, hasRole, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { visibleNames } from '../disclosure/queries/visible-names.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { defineSegment, endSegment } from './commands/define-segment.ts';
import { publishPromotion, withdrawPromotion } from './commands/publish-promotion.ts';
import { segmentText } from './describe-segment.ts';
import { inTens } from './domain/segment.ts';
import type { PromotionRow, SegmentRow } from './entities/segment.ts';
import { promotionsList, segmentsList } from './lists.ts';
import { promotionAudience } from './queries/audience.ts';
import { recommend } from './queries/recommend.ts';
import { risingMembers } from './queries/rising.ts';

export const promotionQueries = {
  segments: (_, args, { database, keys, caller }) =>
    readPage(segmentsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleSegments(caller),
    }),
  promotions: (_, args, { database, keys, clock }) =>
    readPage(promotionsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      parameters: { now: clock.now().getTime() },
    }),
  promotion: (_, { id }, { loaders }) => loaders.promotionById.load(id),
  recommendedPromotions: (_, { memberId, first }, context) => {
    if (!actsForMember(context.caller, memberId)) throw fault('FORBIDDEN');
    return recommend(context, { memberId, first });
  },
  risingMembers: (_, args, context) => risingMembers(context, args),
  promotionAudience: (_, args, context) => promotionAudience(context, args),
} satisfies Resolvers['Query'];

export const promotionMutations = {
  defineSegment: (_, { input }, { run }) => run(defineSegment, input),
  endSegment: (_, { input }, { run }) => run(endSegment, input),
  publishPromotion: (_, { input }, { run }) => run(publishPromotion, input),
  withdrawPromotion: (_, { input }, { run }) => run(withdrawPromotion, input),
} satisfies Resolvers['Mutation'];

export const promotionTypes = {
  Segment: {
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    name: ({ nameZh, nameEn }, _, { locale }) => (locale === 'zh-CN' ? nameZh : nameEn),
    description: (segment, _, context) => descriptionOf(context, segment),
    audience: async (segment, _, { loaders }) =>
      inTens(await loaders.audienceBySegment.load(segment)),
  },
  SegmentTerms: {
    categories: ({ categories }) => categories && [...categories],
    sizes: ({ sizes }) => sizes && [...sizes],
    colours: ({ colours }) => colours && [...colours],
  },
  Promotion: {
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    title: ({ titleZh, titleEn }, _, { locale }) => (locale === 'zh-CN' ? titleZh : titleEn),
    text: ({ textZh, textEn }, _, { locale }) => (locale === 'zh-CN' ? textZh : textEn),
    rule: ({ ruleId }, _, { loaders }) => (ruleId === null ? null : loaders.ruleById.load(ruleId)),
    segment: ({ merchantId, segmentId }, _, { loaders, caller }) =>
      segmentId !== null && seesMerchant(caller, merchantId)
        ? loaders.segmentById.load(segmentId)
        : null,
    state: (promotion, _, { clock }) => promotionState(promotion, clock.now()),
  },
  RecommendedPromotions: {
    note: ({ note }, _, { locale }) => note && sentence(note, locale, {}),
    promotions: ({ promotions }) => [...promotions],
  },
  RecommendedPromotion: {
    because: async ({ segment }, _, context) => {
      if (segment === null) return null;
      const { locale, loaders } = context;
      const { nameZh, nameEn } = present(await loaders.merchantById.load(segment.merchantId));
      const merchant = locale === 'zh-CN' ? nameZh : nameEn;
      const description = await descriptionOf(context, segment);
      return sentence('BECAUSE', locale, { merchant, description });
    },
  },
  RisingMembers: { members: ({ members }) => [...members] },
  RisingMember: {
    member: ({ memberId }) => ({ id: memberId }),
    profiles: ({ profiles }) => [...profiles],
  },
  PromotionAudience: { memberIds: ({ memberIds }) => [...memberIds] },
  SegmentChanged: {
    segment: async ({ segmentId }, _, { loaders }) =>
      present(await loaders.segmentById.load(segmentId)),
  },
  PromotionChanged: {
    promotion: async ({ promotionId }, _, { loaders }) =>
      present(await loaders.promotionById.load(promotionId)),
  },
} satisfies Partial<Resolvers>;

function promotionState({ withdrawnAt, from, until }: PromotionRow, at: Date) {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  if (until <= at) return 'OVER';
  return from > at ? 'COMING' : 'OPEN';
}

async function descriptionOf(context: Context, { merchantId, terms }: SegmentRow) {
  const { currency } = present(await context.loaders.merchantById.load(merchantId));
  const names = await visibleNames(context, merchantId);
  return segmentText(terms, { currency, names, locale: context.locale });
}

/** The segments that a caller may list: a merchant its own. */
function visibleSegments(caller: Context['caller']): Condition {
  if (hasRole(caller, 'OPERATOR')) return { sql: '1 = 1', parameters: {} };
  const { merchantId } = caller;
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? { sql: 'row.merchantId = :ownMerchant', parameters: { ownMerchant: merchantId } }
    : { sql: '1 = 0', parameters: {} };
}
