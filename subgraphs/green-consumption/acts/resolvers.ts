import { assert } from '../../../shared/assert.ts';
import { isoDay } from '../../../shared/calendar.ts';
import { readFeed } from '../../../shared/feeds/read.ts';
import { seesAll } from '../../../shared/graphql/caller.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import { readAggregate, readGroups } from '../../../shared/query-kit/read-groups.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../schema.generated.ts';
import {
  askAndRecord,
  askAndRecordParticipation,
  askAndRegisterProject,
} from './around-commands.ts';
import { revokeGreenAct } from './commands/revoke-act.ts';
import { behaviours } from './domain/behaviours.ts';
import type { ActRow } from './entities/act.ts';
import { greenActGroups, greenActs } from './lists.ts';
import { policyReport } from './queries/policy-report.ts';
import { seesAct, visibleActs } from './queries/visible-acts.ts';

export const actQueries = {
  greenAct: (_, { id }, context) => visibleAct(context, id),
  greenActs: (_, args, { database, keys, caller }) =>
    readPage(greenActs, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleActs(caller),
    }),
  greenActsAggregate: (_, args, { database, keys, caller }) =>
    readAggregate(greenActGroups, {
      database,
      cursorKey: keys.cursor,
      args,
      isAnonymous: !seesAll(caller),
    }),
  greenActsGroups: (_, args, { database, keys, caller }) =>
    readGroups(greenActGroups, {
      database,
      cursorKey: keys.cursor,
      args,
      isAnonymous: !seesAll(caller),
    }),
  greenBehaviours: () => behaviours.map((one) => ({ ...one, caps: [...one.caps] })),
  greenProject: (_, { code }, { loaders }) => loaders.projectByCode.load(code),
  greenPolicyReport: (_, args, context) => policyReport(context, args),
  greenConsumptionFeed: (_, page, { database }) => readFeed(database.reader, page),
} satisfies Resolvers['Query'];

export const actMutations = {
  recordGreenAct: (_, { input }, context) => askAndRecord(context, input),
  revokeGreenAct: (_, { input }, { run }) => run(revokeGreenAct, input),
  registerGreenProject: (_, { input }, context) => askAndRegisterProject(context, input),
  recordGreenParticipation: (_, { input }, context) => askAndRecordParticipation(context, input),
} satisfies Resolvers['Mutation'];

export const actTypes = {
  GreenAct: {
    __resolveReference: ({ id }, context) => visibleAct(context, id),
    member: ({ memberId }) => ({ id: memberId }),
    state: ({ revokedAt }) => (revokedAt === null ? 'STANDING' : 'REVOKED'),
    merchant: ({ merchantId }) => (merchantId === null ? null : { id: merchantId }),
    factorVersion: ({ behaviour, factorVersion }) =>
      factorVersion === null ? null : `${behaviour}/${factorVersion}`,
    project: ({ projectId }, _, { loaders }) =>
      projectId === null ? null : loaders.projectById.load(projectId),
  },

  GreenPolicyReport: { rows: ({ rows }) => [...rows] },

  GreenProject: {
    title: ({ titleZh, titleEn }, _, { locale }) => (locale === 'zh-CN' ? titleZh : titleEn),
    merchant: ({ merchantId }) => (merchantId === null ? null : { id: merchantId }),
    startsOn: ({ startsOn }) => isoDay(startsOn),
    endsOn: ({ endsOn }) => isoDay(endsOn),
  },

  GreenActRecorded: { act: ({ actId }, _, context) => actOf(context, actId) },
  GreenActRevoked: { act: ({ actId }, _, context) => actOf(context, actId) },
  GreenProjectRegistered: {
    project: async ({ projectId }, _, { loaders }) => {
      const project = await loaders.projectById.load(projectId);
      assert(project !== null, 'a project stays in the table');
      return project;
    },
  },
} satisfies Partial<Resolvers>;

/** An act, for its member, its merchant and those who see all; for others it is not there. */
async function visibleAct({ loaders, caller }: Context, id: string): Promise<ActRow | null> {
  const act = await loaders.actById.load(id);
  return act !== null && seesAct(caller, act) ? act : null;
}

/** The act of an outcome: whoever recorded or revoked it may see it. */
async function actOf({ loaders }: Context, id: string): Promise<ActRow> {
  const act = await loaders.actById.load(id);
  assert(act !== null, 'an act stays in the table');
  return act;
}
