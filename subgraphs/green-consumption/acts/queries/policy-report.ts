import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  isoDay,
  parseIsoDay,
  ZONE,
} from '../../../../shared/calendar.ts';
import { csvOf } from '../../../../shared/csv.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  GROUP_PAGE_MAX,
  type Group,
  type GroupSpec,
  type MeasureAggregate,
} from '../../../../shared/query-kit/group.ts';
import { readGroups } from '../../../../shared/query-kit/read-groups.ts';
import type { Context } from '../../context.ts';
import { factorOn } from '../../domain/factors.ts';
import { refuseRegion } from '../domain/act-input.ts';
import { PROJECT, PROJECT_UNIT } from '../domain/project.ts';
import type { ActRow } from '../entities/act.ts';
import { greenActGroups } from '../lists.ts';

/** One behaviour in one month. Null keys: what is too small to be told apart, together. */
export type PolicyRow = Readonly<{
  month: string | null;
  behaviour: string | null;
  acts: number;
  members: number;
  unit: string | null;
  activityMilli: number | null;
  carbonGrams: number;
  co2Grams: number;
}>;

export type PolicyReport = Readonly<{
  region: string;
  from: string;
  until: string;
  rows: readonly PolicyRow[];
  csv: string;
}>;

const DAYS_MAX = 366;

/** By behaviour, so that what was done has one unit; where groups were merged it is left out. */
const policyGroups: GroupSpec<ActRow> = {
  ...greenActGroups,
  measures: { carbonGrams: 'shownGrams', grams: 'grams', countedMilli: 'countedMilli' },
};

/**
 * What stands of the acts of a region, by month and behaviour, for a city's policy (S55): no behaviour of fewer than 10
 * members is told apart. Throws BAD_USER_INPUT for a period that cannot be, FORBIDDEN when there are too few members
 * altogether.
 */
export async function policyReport(
  { database, keys, clock, loaders }: Context,
  { region, from, until }: Readonly<{ region: string; from: string; until: string }>,
): Promise<PolicyReport> {
  const [first, last] = [parseIsoDay(from), parseIsoDay(until)];
  assertPeriod(region, { first, last, today: dayOf(clock.now()) });
  const { nodes } = await readGroups(policyGroups, {
    database,
    cursorKey: keys.cursor,
    // The operator sees all, and a city does not: this is for the city.
    isAnonymous: true,
    args: {
      first: GROUP_PAGE_MAX,
      groupBy: [{ field: 'occurredAt', bucket: 'MONTH', timeZone: ZONE }, { field: 'behaviour' }],
      filter: {
        state: { eq: 'STANDING' },
        occurredAt: { gte: beginOf(first), lt: beginOf(addDays(last, 1)) },
        ...(region === 'CN' ? {} : { region: { eq: region } }),
      },
    },
  });
  const factors = await loaders.factors();
  const unitOf = (code: string): string | null =>
    code === PROJECT ? PROJECT_UNIT : (factorOn(code, last, factors)?.unit ?? null);
  const rows = nodes.map((group) => rowOf(group, unitOf));
  return { region, from, until, rows, csv: csvOfReport({ region, rows }) };
}

function assertPeriod(
  region: string,
  { first, last, today }: Readonly<Record<'first' | 'last' | 'today', Day>>,
): void {
  const wrong = refuseRegion(region);
  if (wrong !== null) throw fault('BAD_USER_INPUT', wrong.code, wrong.parameters);
  if (last > today) throw fault('BAD_USER_INPUT', 'PERIOD_IN_FUTURE');
  const days = daysBetween(first, last);
  if (days < 0 || days >= DAYS_MAX) {
    throw fault('BAD_USER_INPUT', 'PERIOD_NOT_USABLE', { max: DAYS_MAX });
  }
}

/** The first instant of a day on the alliance's calendar. */
const beginOf = (day: Day): Date => new Date(`${isoDay(day)}T00:00:00+08:00`);

function rowOf(
  { key, aggregate, suppressed }: Group,
  unitOf: (code: string) => string | null,
): PolicyRow {
  const sumOf = (name: string): number => (aggregate[name] as MeasureAggregate).sum();
  const behaviour = suppressed ? null : String(key.behaviour);
  const carbonGrams = sumOf('carbonGrams');
  return {
    month: suppressed ? null : isoDay(dayOf(new Date(String(key.occurredAt)))).slice(0, 7),
    behaviour,
    acts: aggregate.count,
    members: aggregate.memberCount,
    unit: behaviour === null ? null : unitOf(behaviour),
    activityMilli: behaviour === null ? null : sumOf('countedMilli'),
    carbonGrams,
    co2Grams: sumOf('grams') - carbonGrams,
  };
}

const COLUMNS = [
  'region',
  'month',
  'behaviour',
  'acts',
  'members',
  'unit',
  'activity',
  'gramsCO2e',
  'gramsCO2',
];

/** Activity in units with three decimals, as they are stored. */
const csvOfReport = ({ region, rows }: Pick<PolicyReport, 'region' | 'rows'>): string =>
  csvOf([
    COLUMNS,
    ...rows.map(({ month, behaviour, acts, members, unit, activityMilli, ...grams }) => [
      ...[region, month ?? 'merged', behaviour ?? 'merged', acts, members, unit],
      activityMilli === null ? null : activityMilli / 1_000,
      ...[grams.carbonGrams, grams.co2Grams],
    ]),
  ]);
