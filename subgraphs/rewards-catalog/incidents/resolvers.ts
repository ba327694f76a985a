import { assert } from '../../../shared/assert.ts';
import { isoDay } from '../../../shared/calendar.ts';
import { hasRole, seesAll, seesMerchant } from '../../../shared/graphql/caller.ts';
import type { Condition } from '../../../shared/query-kit/filter.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import type { RewardRow } from '../entities/reward.ts';
import type { Resolvers } from '../schema.generated.ts';
import { askAndApply, askAndPropose, previewRemedy } from './around-commands.ts';
import { withdrawIncident } from './commands/decide-remedy.ts';
import { declareIncident } from './commands/declare-incident.ts';
import type { Remedy } from './domain/remedy.ts';
import type { IncidentRow } from './entities/incident.ts';
import { incidents } from './lists.ts';

export const incidentQueries = {
  async incident(_, { id }, { loaders, caller }) {
    const found = await loaders.incidentById.load(id);
    return found !== null && seesMerchant(caller, found.merchantId) ? found : null;
  },
  incidents: (_, args, { database, keys, caller }) =>
    readPage(incidents, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleIncidents(caller),
    }),
  previewRemedy: (_, { incidentId, remedy }, context) => previewRemedy(context, incidentId, remedy),
} satisfies Resolvers['Query'];

export const incidentMutations = {
  declareIncident: (_, { input }, { run }) => run(declareIncident, input),
  proposeRemedy: (_, { input }, context) => askAndPropose(context, input),
  applyRemedy: (_, { input }, context) => askAndApply(context, input),
  withdrawIncident: (_, { input }, { run }) => run(withdrawIncident, input),
} satisfies Resolvers['Mutation'];

/** What incidents did to a redemption. Who sees the redemption sees it. */
export const incidentsOfRedemption = {
  remedies: ({ id }, _, { loaders }) => loaders.remediesByRedemption.load(id),
} satisfies Resolvers['Redemption'];

/** What incidents did to a voucher. */
export const incidentsOfVoucher = {
  substitute: ({ voucher: { rewardId } }, _, { loaders }) =>
    rewardId === null ? null : loaders.rewardById.load(rewardId),
} satisfies Resolvers['Voucher'];

export const incidentTypes = {
  Incident: {
    merchant: ({ merchantId }) => ({ id: merchantId }),
    cause: (incident, _, { locale }) => causeOf(incident, locale),
    rewards: async ({ rewardIds }, _, { loaders }) =>
      (await Promise.all(rewardIds.map((id) => loaders.rewardById.load(id)))).map(present),
    members: (incident) => (isListed(incident) ? incident.members : null),
    redemptions: (incident) => (isListed(incident) ? incident.redemptions : null),
    progress: (incident) => incident,
  },
  IncidentProgress: {
    members: ({ membersDone, membersRefused }) => membersDone + membersRefused,
    refused: ({ membersRefused }) => membersRefused,
    vouchers: ({ vouchersDone }) => vouchersDone,
    points: ({ pointsGiven }) => pointsGiven,
  },
  Remedy: {
    days: (remedy) => (remedy.kind === 'EXTEND' ? remedy.days : null),
    points: (remedy) => (remedy.kind === 'BONUS' ? remedy.points : null),
    unit: (remedy) => (remedy.kind === 'BONUS' ? remedy.unit : null),
    validDays: (remedy) => (remedy.kind === 'BONUS' ? remedy.validDays : null),
    reward: (remedy, _, context) => rewardOf(context, remedy),
  },
  AppliedRemedy: {
    kind: ({ remedy }) => remedy.kind,
    cause: ({ incident }, _, { locale }) => causeOf(incident, locale),
    from: ({ incident }) => incident.from,
    until: ({ incident }) => incident.until,
    points: ({ remedy }) => (remedy.kind === 'BONUS' ? remedy.points : null),
    unit: ({ remedy }) => (remedy.kind === 'BONUS' ? remedy.unit : null),
    validUntil: ({ validUntil }) => (validUntil === null ? null : isoDay(validUntil)),
    reward: ({ remedy }, _, context) => rewardOf(context, remedy),
  },
  RemedyPreview: { costs: ({ costs }) => [...costs] },
  RemedyCost: { merchant: ({ merchantId }) => ({ id: merchantId }) },
  IncidentDeclared: { incident: ({ incidentId }, _, context) => incidentOf(context, incidentId) },
  RemedyProposed: { incident: ({ incidentId }, _, context) => incidentOf(context, incidentId) },
  RemedyApplied: { incident: ({ incidentId }, _, context) => incidentOf(context, incidentId) },
  IncidentWithdrawn: { incident: ({ incidentId }, _, context) => incidentOf(context, incidentId) },
} satisfies Partial<Resolvers>;

/** Whether it is known whom it concerned, and of any account. */
const isListed = ({ state }: IncidentRow): boolean => state !== 'LISTING' && state !== 'WITHDRAWN';

const causeOf = ({ causeZh, causeEn }: IncidentRow, locale: Context['locale']): string =>
  locale === 'zh-CN' ? causeZh : causeEn;

const rewardOf = ({ loaders }: Context, remedy: Remedy) =>
  remedy.kind === 'SUBSTITUTE' ? loaders.rewardById.load(remedy.rewardId) : null;

/** Rewards are never deleted. */
function present(reward: RewardRow | null): RewardRow {
  assert(reward, 'a reward of an incident exists');
  return reward;
}

async function incidentOf({ loaders }: Context, id: string): Promise<IncidentRow> {
  // It was read before it was changed.
  const incident = await loaders.incidentById.clear(id).load(id);
  assert(incident, `incident ${id} of an outcome exists`);
  return incident;
}

function visibleIncidents(caller: Context['caller']): Condition {
  if (seesAll(caller)) return { sql: '1 = 1', parameters: {} };
  const { merchantId } = caller;
  return hasRole(caller, 'MERCHANT') && merchantId !== null
    ? { sql: 'row.merchantId = :ownMerchant', parameters: { ownMerchant: merchantId } }
    : { sql: '1 = 0', parameters: {} };
}
