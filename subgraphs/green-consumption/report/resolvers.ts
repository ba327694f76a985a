import { dayOf, isoDay } from '../../../shared/calendar.ts';
import { seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { MEMBERS_MIN } from '../../../shared/query-kit/group.ts';
import { ALLIANCE } from '../accounts/domain/rolled-up.ts';
import type { Context } from '../context.ts';
import type { GreenReportScope, Resolvers } from '../schema.generated.ts';
import { DAYS_MAX, periodFrom } from './domain/period.ts';
import { reportOf } from './domain/report.ts';
import { pageOf } from './page.ts';
import { chartOf } from './pictures.ts';
import { familyMembers } from './queries/family-members.ts';
import { hasMembers } from './queries/has-members.ts';
import { readDays, type Subject } from './queries/read-days.ts';
import { equivalentsOf, nameOf, notesOf, type Report, statementOf } from './report.ts';
import { codeOf, readCode } from './report-code.ts';

type Asked = Readonly<{ from: string; until: string }>;

/** Who a report is of: `id` is what its code is bound to. */
type Whom = Readonly<{ scope: GreenReportScope; id: string; of: Subject }>;

async function makeReport(
  { database, loaders, clock, keys }: Context,
  { scope, id, of }: Whom,
  { from, until }: Asked,
): Promise<Report> {
  const period = periodFrom(from, until, dayOf(clock.now()));
  if (period === null) {
    throw fault('BAD_USER_INPUT', 'REPORT_PERIOD_NOT_USABLE', { field: 'until', max: DAYS_MAX });
  }
  const days = await readDays(database.reader, of, period);
  const figures = reportOf(days, await loaders.factors());
  const coded = { scope, from: period.from, until: period.until, grams: figures.grams };
  return { scope, period, figures, code: codeOf(keys.personal, coded, id) };
}

/** In public nothing is told of fewer members than a group of the query kit must have. */
async function makePublicReport(
  context: Context,
  whom: Readonly<{ scope: GreenReportScope; id: string; subject: string }>,
  asked: Asked,
) {
  const { subject, ...rest } = whom;
  const report = await makeReport(context, { ...rest, of: { subject } }, asked);
  const { reader } = context.database;
  return (await hasMembers(reader, subject, report.period, MEMBERS_MIN)) ? report : null;
}

export const reportQueries = {
  allianceGreenReport: (_, asked, context) =>
    makePublicReport(context, { scope: 'ALLIANCE', id: ALLIANCE, subject: ALLIANCE }, asked),
  verifyGreenReport(_, { code, subjectId = null }, { keys }) {
    const read = readCode(keys.personal, code);
    if (read === null) return null;
    const { scope, from, until, grams, isOf } = read;
    const isOfSubject = subjectId === null ? null : isOf(subjectId);
    return {
      ...{ scope, from: isoDay(from), until: isoDay(until), carbonGrams: grams, isOfSubject },
    };
  },
} satisfies Resolvers['Query'];

export const reportOfMember = {
  greenReport({ id }, asked, context) {
    if (!seesMember(context.caller, id)) throw fault('FORBIDDEN');
    return makeReport(context, { scope: 'MEMBER', id, of: { memberIds: [id] } }, asked);
  },
} satisfies Resolvers['Member'];

export const reportTypes = {
  Family: {
    async greenReport({ id }, asked, context) {
      const { caller } = context;
      const memberIds = await familyMembers(context, id);
      const isHers = caller.memberId !== null && memberIds.includes(caller.memberId);
      if (!isHers && !seesAll(caller)) throw fault('FORBIDDEN');
      return makeReport(context, { scope: 'FAMILY', id, of: { memberIds } }, asked);
    },
  },
  Merchant: {
    greenImpact: ({ id }, asked, context) =>
      makePublicReport(context, { scope: 'MERCHANT', id, subject: id }, asked),
  },
  GreenReport: {
    from: ({ period }) => isoDay(period.from),
    until: ({ period }) => isoDay(period.until),
    carbonGrams: ({ figures }) => figures.grams,
    entries: ({ figures }) => figures.entries,
    range: ({ figures }) => figures.range,
    behaviours: ({ figures }) => [...figures.behaviours],
    co2Only: ({ figures }) => [...figures.apart],
    months: ({ figures }) =>
      figures.months.map(({ month, grams }) => ({ month: isoDay(month), carbonGrams: grams })),
    equivalents: (report, _, { locale }) => equivalentsOf(report, locale),
    statement: (report, _, { locale }) => statementOf(report, locale),
    notes: (_, __, { locale }) => notesOf(locale),
    chart: (report, { kind }, { locale }) => chartOf(report, kind, locale),
    page: (report, _, { locale }) => pageOf(report, locale),
  },
  BehaviourSaving: {
    name: ({ versions, code }, _, { locale }) => nameOf(versions, code, locale),
    factors: ({ versions }) => [...versions],
  },
} satisfies Partial<Resolvers>;
