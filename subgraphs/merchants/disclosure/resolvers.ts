import { hasRole, seesAll } from '../../../shared/graphql/caller.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { acknowledgeRule } from './commands/acknowledge-rule.ts';
import { commentOnAccrualRule } from './commands/comment-on-rule.ts';
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
} satisfies Resolvers['Mutation'];

export const programmeDisclosures = {
  disclosure: (programme, { language }, context) =>
    programmeDisclosure(context, programme, language),
} satisfies Resolvers['Programme'];

export const disclosureTypes = {
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
