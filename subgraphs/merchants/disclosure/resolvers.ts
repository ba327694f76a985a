import { hasRole, seesAll } from '../../../shared/graphql/caller.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { acknowledgeRule } from './commands/acknowledge-rule.ts';
import { commentOnAccrualRule } from './commands/comment-on-rule.ts';
import { nameCodes } from './commands/name-codes.ts';
import { ALLIANCE, codeNamesAt } from './domain/names.ts';
import { ruleAcknowledgementsList, ruleCommentsList } from './lists.ts';
import { programmeDisclosure } from './queries/read-disclosure.ts';

/** What the resolvers of merchants take in of disclosure. */
export const disclosureQueries = {
  ruleComments: (_, args, { database, keys, caller }) =>
    readPage(ruleCommentsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleComments(caller),
    }),
  ruleAcknowledgements: (_, args, { database, keys, caller }) =>
    readPage(ruleAcknowledgementsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: ownOf(caller),
    }),
} satisfies Resolvers['Query'];

export const disclosureMutations = {
  commentOnAccrualRule: (_, { input }, { run }) => run(commentOnAccrualRule, input),
  acknowledgeRule: (_, { input }, { run }) => run(acknowledgeRule, input),
  nameCodes: (_, { input }, { run }) => run(nameCodes, input),
} satisfies Resolvers['Mutation'];

export const programmeDisclosures = {
  disclosure: (programme, { language }, context) =>
    programmeDisclosure(context, programme, language),
} satisfies Resolvers['Programme'];

export const namesOfMerchant = {
  codeNames: ({ id }, _, context) => codeNamesFor(context, id),
} satisfies Resolvers['Merchant'];

/** What is called how at a merchant, or in the whole alliance. */
async function codeNamesFor({ loaders }: Pick<Context, 'loaders'>, merchantId: string) {
  const [ofAlliance, own] = await Promise.all([
    loaders.codeNamesByMerchant.load(ALLIANCE),
    merchantId === ALLIANCE ? [] : loaders.codeNamesByMerchant.load(merchantId),
  ]);
  return codeNamesAt(ofAlliance, own);
}

export const disclosureTypes = {
  CodeName: {
    name: ({ zh, en }, _, { locale }) => (locale === 'zh-CN' ? zh : en),
    isOfAlliance: ({ merchantId }) => merchantId === ALLIANCE,
  },
  CodesNamed: {
    names: ({ merchantId }, _, context) => codeNamesFor(context, merchantId),
  },
  RuleDisclosure: {
    summary: ({ summary }) => [...summary],
    fileName: ({ title }) => `${title.replaceAll(/[\s\\/:*?"<>|：]+/g, '-')}.md`,
  },
  RuleComment: {
    rule: ({ ruleId }, _, { loaders }) => loaders.ruleById.load(ruleId),
    member: ({ memberId }) => ({ id: memberId }),
  },
  RuleAcknowledgement: {
    rule: ({ ruleId }, _, { loaders }) => loaders.ruleById.load(ruleId),
    member: ({ memberId }) => ({ id: memberId }),
  },
  RuleCommentRecorded: {
    comment: async ({ commentId }, _, { loaders }) =>
      present(await loaders.commentById.load(commentId)),
  },
  RuleAcknowledged: {
    acknowledgement: async ({ acknowledgementId }, _, { loaders }) =>
      present(await loaders.acknowledgementById.load(acknowledgementId)),
  },
} satisfies Partial<Resolvers>;

const ownOf = (caller: Context['caller']): Condition =>
  seesAll(caller)
    ? { sql: '1 = 1', parameters: {} }
    : { sql: 'row.memberId = :self', parameters: { self: caller.memberId ?? '' } };

/** A member her own, a merchant those on its rules. */
function visibleComments(caller: Context['caller']): Condition {
  if (!hasRole(caller, 'MERCHANT') || seesAll(caller)) return ownOf(caller);
  return {
    sql: `(row.memberId = :self OR row.ruleId IN
      (SELECT id FROM merchants_rule WHERE merchant_id = :ownMerchant))`,
    parameters: { self: caller.memberId ?? '', ownMerchant: caller.merchantId ?? '' },
  };
}
