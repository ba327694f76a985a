import { type Day, dayOf, isoDay } from '../../../shared/calendar.ts';
import { seesAll, seesMember, seesMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import { MEMBERS_MIN } from '../../../shared/query-kit/group.ts';
import { ALLIANCE } from '../accounts/domain/rolled-up.ts';
import type { Context } from '../context.ts';
import type { GasBasis } from '../domain/factors.ts';
import { isSettled, publishMonths } from '../publication/commands/publish-months.ts';
import { type MonthPart, readParts, readWithheld } from '../publication/queries/read-parts.ts';
import type { GreenReportScope, Resolvers } from '../schema.generated.ts';
import {
  DAYS_MAX,
  isWholeMonths,
  monthOf,
  monthsIn,
  type Period,
  periodFrom,
} from './domain/period.ts';
import { type DaySum, reportOf } from './domain/report.ts';
import { pageOf } from './page.ts';
import { chartOf } from './pictures.ts';
import { familyMembers } from './queries/family-members.ts';
import { readDays, type Subject } from './queries/read-days.ts';
import { readRank } from './queries/read-rank.ts';
import { equivalentsOf, nameOf, notesOf, type Report, statementOf } from './report.ts';
import { type Coded, codeOf, figuresTag, readCode } from './report-code.ts';

type Asked = Readonly<{ from: string; until: string }>;

/** Who a report is of: `id` is what its code is bound to. */
type Whom = Readonly<{
  scope: GreenReportScope;
  id: string;
  /** Of a merchant. */
  name?: string | null | undefined;
  of: Subject;
}>;

async function makeReport(context: Context, whom: Whom, asked: Asked): Promise<Report> {
  const period = periodOf(context, asked);
  const days = await readDays(context.database.reader, whom.of, period);
  return reportFrom(context, { ...whom, period, days, isPublic: false, withheld: [] });
}

async function reportFrom(
  { loaders, keys }: Context,
  {
    scope,
    id,
    name = null,
    period,
    days,
    ...told
  }: Omit<Whom, 'of'> &
    Readonly<{
      period: Period;
      days: readonly DaySum[];
      isPublic: boolean;
      withheld: readonly Day[];
    }>,
): Promise<Report> {
  const figures = reportOf(days, await loaders.factors());
  const { isPublic } = told;
  const coded = {
    ...{ scope, isPublic, from: period.from, until: period.until, grams: figures.grams },
    figures: figuresTag(keys.personal, days),
  };
  const memberId = scope === 'MEMBER' ? id : null;
  const merchantId = scope === 'MERCHANT' ? id : null;
  return {
    scope,
    period,
    figures,
    ...told,
    memberId,
    merchantId,
    merchantName: name,
    code: codeOf(keys.personal, coded, id),
  };
}

function periodOf({ clock }: Context, { from, until }: Asked): Period {
  const period = periodFrom(from, until, dayOf(clock.now()));
  if (period !== null) return period;
  throw fault('BAD_USER_INPUT', 'REPORT_PERIOD_NOT_USABLE', { field: 'until', max: DAYS_MAX });
}

type Public = Readonly<{
  scope: 'MERCHANT' | 'ALLIANCE';
  subject: string;
  name?: string | null | undefined;
}>;

/** What was published of whole months: by the month in which it was booked, and of enough members each. */
async function makePublicReport(
  context: Context,
  { scope, subject, name }: Public,
  asked: Asked,
): Promise<Report | null> {
  const period = periodOf(context, asked);
  if (!isPublishable(context, period)) {
    throw fault('BAD_USER_INPUT', 'REPORT_MONTHS_ONLY', { field: 'from' });
  }
  const days = await readPublished(context, subject, period);
  if (days.length === 0) return null;
  const of = { ...period, merchant: merchantOf(subject) };
  const withheld = await readWithheld(context.database.reader, of);
  const whom = { scope, id: subject, name };
  return reportFrom(context, { ...whom, period, days, isPublic: true, withheld });
}

const isPublishable = ({ clock }: Context, period: Period): boolean =>
  isWholeMonths(period) && isSettled(monthOf(period.until), clock.now());

const merchantOf = (subject: string): string | null => (subject === ALLIANCE ? null : subject);

async function readPublished(
  { database, clock }: Context,
  subject: string,
  period: Period,
): Promise<DaySum[]> {
  await publishMonths({ database, now: clock.now() }, monthsIn(period));
  const parts = await readParts(database.reader, { ...period, merchant: merchantOf(subject) });
  // What saves no grams is no part of a report.
  return parts.filter(({ basis }) => basis !== '').map(dayOfPart);
}

/** Whether what was told once is told now: of the books to its owner, or as it was published. */
async function isCurrent(context: Context, coded: Coded, subject: string): Promise<boolean | null> {
  const { scope, isPublic, figures } = coded;
  const isSame = (days: readonly DaySum[]) => figuresTag(context.keys.personal, days) === figures;
  const period = periodFrom(isoDay(coded.from), isoDay(coded.until), coded.until);
  if (period === null) return false;
  if (isPublic) return isSame(await readPublished(context, subject, period));
  try {
    const of = await subjectOf(context, scope, subject);
    return isSame(await readDays(context.database.reader, of, period));
  } catch (error) {
    if (error instanceof PeerFailure) return null;
    throw error;
  }
}

async function subjectOf(context: Context, scope: GreenReportScope, id: string): Promise<Subject> {
  if (scope === 'MEMBER') return { members: [{ id, sinceMs: 0 }] };
  return scope === 'FAMILY' ? { members: await familyMembers(context, id) } : { subject: id };
}

const dayOfPart = ({ month, code, version, basis, grams, entries }: MonthPart): DaySum => ({
  day: month,
  ...{ factorCode: code, factorVersion: version, grams, entries },
  // Entries have no other.
  basis: basis as GasBasis,
});

/** All of it for a merchant of itself and for those who see all; for others what may be told in public. */
const reportOfSubject = (
  context: Context,
  { scope, subject, name }: Public,
  asked: Asked,
): Promise<Report | null> => {
  const { caller } = context;
  const isOwn = scope === 'MERCHANT' ? seesMerchant(caller, subject) : seesAll(caller);
  return isOwn
    ? makeReport(context, { scope, id: subject, name, of: { subject } }, asked)
    : makePublicReport(context, { scope, subject, name }, asked);
};

export const reportQueries = {
  allianceGreenReport: (_, asked, context) =>
    reportOfSubject(context, { scope: 'ALLIANCE', subject: ALLIANCE }, asked),
  verifyGreenReport(_, { code, subjectId = null }, { keys }) {
    const read = readCode(keys.personal, code);
    if (read === null) return null;
    const { isOf, ...coded } = read;
    const isOfSubject = subjectId === null ? null : isOf(subjectId);
    const named = isOfSubject === true ? subjectId : null;
    return { ...coded, isOfSubject, subject: coded.scope === 'ALLIANCE' ? ALLIANCE : named };
  },
} satisfies Resolvers['Query'];

export const reportOfMember = {
  greenReport({ id }, asked, context) {
    if (!seesMember(context.caller, id)) throw fault('FORBIDDEN');
    return makeReport(
      context,
      { scope: 'MEMBER', id, of: { members: [{ id, sinceMs: 0 }] } },
      asked,
    );
  },
} satisfies Resolvers['Member'];

export const reportTypes = {
  Family: {
    async greenReport({ id }, asked, context) {
      const { caller } = context;
      const members = await familyMembers(context, id);
      const isHers = members.some((member) => member.id === caller.memberId);
      if (!isHers && !seesAll(caller)) throw fault('FORBIDDEN');
      return makeReport(context, { scope: 'FAMILY', id, of: { members } }, asked);
    },
  },
  Merchant: {
    greenImpact: ({ id, name = null }, asked, context) =>
      reportOfSubject(context, { scope: 'MERCHANT', subject: id, name }, asked),
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
    withheldMonths: ({ withheld }) => withheld.map((month) => isoDay(month)),
    rank: ({ memberId, figures, period }, _, { database }) =>
      memberId === null
        ? null
        : readRank(database.reader, { memberId, grams: figures.grams, period }, MEMBERS_MIN),
    equivalents: (report, _, { locale }) => equivalentsOf(report, locale),
    statement: (report, _, { locale }) => statementOf(report, locale),
    notes: (report, _, { locale }) => notesOf(report, locale),
    chart: (report, { kind }, { locale }) => chartOf(report, kind, locale),
    page: (report, _, { locale }) => pageOf(report, locale),
  },
  GreenReportCheck: {
    from: ({ from }) => isoDay(from),
    until: ({ until }) => isoDay(until),
    carbonGrams: ({ grams }) => grams,
    isCurrent: ({ subject, ...coded }, _, context) =>
      subject === null ? null : isCurrent(context, coded, subject),
  },
  BehaviourSaving: {
    name: ({ versions, code }, _, { locale }) => nameOf(versions, code, locale),
    factors: ({ versions }) => [...versions],
  },
} satisfies Partial<Resolvers>;
