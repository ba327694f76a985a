import { seesAll } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Resolvers } from '../schema.generated.ts';
import { PERIOD_DAYS_MAX, type Period, periodOf } from './domain/days.ts';
import { closedLoop, DAYS_MAX, reportedLoop } from './queries/closed-loop.ts';
import { industryBreadth } from './queries/industry-breadth.ts';

export const figureQueries = {
  industryBreadth: (_, { from, until }, context) =>
    industryBreadth(context, askedPeriod(from, until), !seesAll(context.caller)),
  closedLoop: (_, { from, until, days, merchantId = null }, { database, caller, clock }) => {
    if (days < 1 || days > DAYS_MAX) {
      throw fault('BAD_USER_INPUT', 'OUT_OF_BOUNDS', { field: 'days', min: 1, max: DAYS_MAX });
    }
    const period = askedPeriod(from, until);
    const asked = { period, days, merchantId, isOfMany: !seesAll(caller), at: clock.now() };
    return closedLoop(database.reader, asked);
  },
} satisfies Resolvers['Query'];

/** What the compliance report says of the loop. */
export const loopOfReport = {
  closedLoop: ({ filter, at }, _, { database }) =>
    reportedLoop(database.reader, filter.merchantId ?? null, at),
} satisfies Resolvers['ComplianceReport'];

export const figureTypes = {
  IndustryBreadth: { flows: ({ flows }) => [...flows] },
} satisfies Partial<Resolvers>;

function askedPeriod(from: string, until: string): Period {
  const period = periodOf(from, until);
  if (period !== null) return period;
  throw fault('BAD_USER_INPUT', 'PERIOD_NOT_USABLE', { field: 'until', max: PERIOD_DAYS_MAX });
}
