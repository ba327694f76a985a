import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { worseningText } from '../disclosure/domain/disclose.ts';
import { readerKey } from '../disclosure/loaders.ts';
import { ruleDisclosure } from '../disclosure/queries/read-disclosure.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { confirmAccrualRuleEndOf } from './commands/confirm-end.ts';
import { draftProgramme } from './commands/draft-programme.ts';
import { draftAccrualRule } from './commands/draft-rule.ts';
import { publishAccrualRuleOf } from './commands/publish-rule.ts';
import { reviewAccrualRule } from './commands/review-rule.ts';
import { withdrawAccrualRuleOf } from './commands/withdraw-rule.ts';
import { ruleState } from './domain/rule-state.ts';
import { inForce, worseningsOf } from './domain/versions.ts';
import { ruleVersionOf } from './entities/rule.ts';
import { accrualRulesList } from './lists.ts';
import { findingsOfRule, worthsForRule } from './queries/findings.ts';
import { isVisible, seesInside, visibleRules } from './queries/visible-rules.ts';
import { termsTypes } from './terms-resolvers.ts';

/** What the resolvers of merchants take in of rules. */
export const ruleQueries = {
  accrualRule: (_, { id }, context) => visibleRule(context, id),
  accrualRules: (_, args, { database, keys, caller, clock }) =>
    readPage(accrualRulesList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleRules(caller),
      parameters: { now: clock.now().getTime() },
    }),
} satisfies Resolvers['Query'];

export const ruleMutations = {
  draftProgramme: (_, { input }, { run }) => run(draftProgramme, input),
  draftAccrualRule: (_, { input }, { run }) => run(draftAccrualRule, input),
  reviewAccrualRule: (_, { input }, { run }) => run(reviewAccrualRule, input),
  publishAccrualRule: async (_, { input }, context) => {
    const worths = await worthsForRule(context, input.ruleId);
    return context.run(publishAccrualRuleOf(context.services.yardstick, worths), input);
  },
  withdrawAccrualRule: (_, { input }, { run, services }) =>
    run(withdrawAccrualRuleOf(services.yardstick.notice), input),
  confirmAccrualRuleEnd: (_, { input }, { run, services }) =>
    run(confirmAccrualRuleEndOf(services.yardstick.notice), input),
} satisfies Resolvers['Mutation'];

/** The rules of a programme. */
export const programmeRules = {
  rules: async ({ id }, _, { loaders, clock }) =>
    inForce(await loaders.versionsByProgramme.load(id), clock.now()),
} satisfies Resolvers['Programme'];

const ruleOf = async ({ ruleId }: Readonly<{ ruleId: string }>, _: unknown, { loaders }: Context) =>
  present(await loaders.ruleById.load(ruleId));

export const ruleTypes = {
  ...termsTypes,

  AccrualRule: {
    __resolveReference: ({ id }, context) => visibleRule(context, id),
    key: ({ ruleKey }) => ruleKey,
    ruleVersion: ruleVersionOf,
    state: (rule, _, { clock }) => ruleState(rule, clock.now()),
    title: ({ terms: { title } }, _, { locale }) => (locale === 'zh-CN' ? title.zh : title.en),
    programme: ({ programmeId }, _, { loaders }) => loaders.programmeById.load(programmeId),
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    people: (rule, _, { caller }) => (seesInside(caller, rule) ? rule : null),
    endProposed: async (rule, _, { loaders, caller }) => {
      if (rule.endsAt !== null || !seesInside(caller, rule)) return null;
      return loaders.endByRule.load(rule.id);
    },
    worsens: async (rule, _, { loaders, clock }) =>
      worseningsOf(await loaders.versionsByProgramme.load(rule.programmeId), rule, clock.now()),
    findings: async (rule, _, context) =>
      seesInside(context.caller, rule) ? [...(await findingsOfRule(context, rule))] : null,
    disclosure: (rule, { language }, context) => ruleDisclosure(context, rule, language),
    commentCount: async ({ id }, _, { loaders }) =>
      (await loaders.commentCountByRule.load(id))?.count ?? 0,
    myAcknowledgement: ({ id }, _, { loaders, caller: { memberId } }) =>
      memberId === null
        ? null
        : loaders.acknowledgementByReader.load(readerKey({ ruleId: id, memberId })),
  },

  RuleWorsening: {
    message: ({ code }, _, { locale }) => worseningText(code, locale),
  },

  ProgrammeDrafted: {
    programme: async ({ programmeId }, _, { loaders }) =>
      present(await loaders.programmeById.load(programmeId)),
    rule: ruleOf,
  },
  AccrualRuleDrafted: { rule: ruleOf },
  AccrualRuleReviewed: { rule: ruleOf },
  AccrualRulePublished: { rule: ruleOf },
  AccrualRuleWithdrawn: {
    rule: ruleOf,
    // One that was answered before ends had to be confirmed says nothing of it.
    isProposed: ({ isProposed }) => isProposed === true,
  },
  RuleEndProposal: { endsAt: ({ askedAt }) => askedAt },
} satisfies Partial<Resolvers>;

/** A version for those who may see it; for others a draft is not there. */
async function visibleRule({ loaders, caller }: Context, id: string) {
  const rule = await loaders.ruleById.load(id);
  return rule !== null && isVisible(caller, rule) ? rule : null;
}
