import { isoDay } from '../../../shared/calendar.ts';
import { actsForMember, hasRole, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import type { RewardRow } from '../entities/reward.ts';
import { remindersOfMember } from '../reminders/resolvers.ts';
import type { Resolvers } from '../schema.generated.ts';
import { welcomeOfMember } from '../welcome/resolvers.ts';
import { daysFrom, monthsFrom } from './domain/period.ts';
import { savedByMonth, savedByYear, savedIn } from './domain/savings.ts';
import { recommendations } from './queries/recommendations.ts';
import { redemptionStatistics, stockAndDemand } from './queries/statistics.ts';
import { sentence } from './wording.ts';

const SAVINGS_DAYS_MAX = 1_100;
const STATISTICS_MONTHS_MAX = 24;
const SHOWN_MAX = 200;
const RECOMMENDED_MAX = 50;

/** Throws BAD_USER_INPUT for none, and for more than are shown at once. */
function shown(first: number, max = SHOWN_MAX): number {
  if (first >= 1 && first <= max) return first;
  throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max });
}

export const insightQueries = {
  async redemptionStatistics(_, { merchantId, from, until, by, first }, { caller, database }) {
    if (!seesMerchant(caller, merchantId) && !hasRole(caller, 'ANALYST')) throw fault('FORBIDDEN');
    const period = monthsFrom(from, until, STATISTICS_MONTHS_MAX);
    if (period === null) {
      const told = { field: 'until', max: STATISTICS_MONTHS_MAX };
      throw fault('BAD_USER_INPUT', 'STATISTICS_PERIOD_NOT_USABLE', told);
    }
    if (new Set(by).size < by.length) {
      throw fault('BAD_USER_INPUT', 'KEYS_REPEATED', { field: 'by' });
    }
    const all = await redemptionStatistics(database, { merchantId, period, by });
    return { ...all, groups: all.groups.slice(0, shown(first)) };
  },
  async stockAndDemand(_, { merchantId, first }, { caller, database, clock }) {
    if (!seesMerchant(caller, merchantId)) throw fault('FORBIDDEN');
    const all = await stockAndDemand(database, { merchantId, at: clock.now() });
    return all.slice(0, shown(first));
  },
  recommendations(_, { memberId = null, personalised, first }, context) {
    if (memberId !== null && !actsForMember(context.caller, memberId)) throw fault('FORBIDDEN');
    const size = shown(first, RECOMMENDED_MAX);
    return recommendations(context, { memberId, personalised, size });
  },
} satisfies Resolvers['Query'];

export const insightTypes = {
  Member: {
    ...remindersOfMember,
    ...welcomeOfMember,
    async savings({ id: memberId }, { from, until }, { caller, loaders }) {
      if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
      const period = daysFrom(from, until, SAVINGS_DAYS_MAX);
      if (period === null) {
        const told = { field: 'until', max: SAVINGS_DAYS_MAX };
        throw fault('BAD_USER_INPUT', 'SAVINGS_PERIOD_NOT_USABLE', told);
      }
      return { period, days: await loaders.savings.load({ memberId, period }) };
    },
  },
  Savings: {
    total: ({ period, days }) => savedIn(period, days),
    years: ({ period, days }) => savedByYear(period, days),
    months: ({ period, days }) => savedByMonth(period, days),
  },
  SavedInPeriod: {
    from: ({ from }) => isoDay(from),
    until: ({ until }) => isoDay(until),
    saved: ({ saved }) => [...saved],
  },
  RedemptionStatistics: { groups: ({ groups }) => [...groups] },
  RedemptionGroup: {
    reward: ({ rewardId }, _, context) => (rewardId === null ? null : rewardOf(context, rewardId)),
    month: ({ month }) => (month === null ? null : isoDay(month)),
  },
  Recommendations: {
    isPersonalised: ({ note }) => note === null,
    note: ({ note }, _, { locale }) => (note === null ? null : sentence(note, locale, {})),
    rewards: ({ rewards }) => [...rewards],
  },
  RecommendedReward: {
    reward: ({ offer }, _, context) => rewardOf(context, offer.id),
    because: ({ reason: { kind, ...told }, merchantName: merchant }, _, { locale }) =>
      sentence(kind, locale, { merchant, ...told }),
  },
  RewardDemand: { reward: ({ rewardId }, _, context) => rewardOf(context, rewardId) },
} satisfies Partial<Resolvers>;

/** Rewards are never deleted. */
async function rewardOf({ loaders }: Context, id: string): Promise<RewardRow> {
  const reward = await loaders.rewardById.load(id);
  if (reward === null) throw new Error('Broken invariant: a reward that is referred to is missing');
  return reward;
}
