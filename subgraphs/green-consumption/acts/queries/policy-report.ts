import { addDays, daysBetween, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import { csvOf } from '../../../../shared/csv.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { sum } from '../../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';
import type { Context } from '../../context.ts';
import { factorOn } from '../../domain/factors.ts';
import { SHOWN_BASIS } from '../../domain/saving.ts';
import { isSettled, publishMonths } from '../../publication/commands/publish-months.ts';
import { type MonthPart, readParts } from '../../publication/queries/read-parts.ts';
import { isWholeMonths, monthOf, monthsIn } from '../../report/domain/period.ts';
import { refuseRegion, withinRegion } from '../domain/act-input.ts';
import { PROJECT, PROJECT_UNIT } from '../domain/project.ts';

/** One behaviour in one month in one region; null: in all regions together of which too few members did it. */
export type PolicyRow = Readonly<{
  month: string;
  region: string | null;
  behaviour: string;
  acts: number;
  membersAtLeast: number;
  unit: string;
  activityMilli: number;
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

/**
 * What was booked of the acts of a region and its divisions, by month and behaviour, for a city's policy (S55): nothing that fewer than
 * ten members did, and a month that was told once stays as it is. Throws BAD_USER_INPUT for a period that cannot be,
 * FORBIDDEN when there are too few members altogether.
 */
export async function policyReport(
  { database, clock, loaders }: Context,
  { region, from, until }: Readonly<{ region: string; from: string; until: string }>,
): Promise<PolicyReport> {
  const period = { from: parseIsoDay(from), until: parseIsoDay(until) };
  const now = clock.now();
  assertPeriod(region, period, now);
  await publishMonths({ database, now }, monthsIn(period));
  const parts = await readParts(database.reader, { ...period, merchant: null });
  const told = parts.filter((part) => part.isAct && isWithin(part.region, region));
  if (told.length === 0) throw fault('FORBIDDEN', 'TOO_FEW_MEMBERS', { min: MEMBERS_MIN });
  const factors = await loaders.factors();
  const unitOf = (code: string): string =>
    code === PROJECT ? PROJECT_UNIT : (factorOn(code, period.until, factors)?.unit ?? '');
  const rows = [...Map.groupBy(told, rowKeyOf).values()].flatMap((of) => rowOf(of, unitOf));
  return { region, from, until, rows, csv: csvOfReport(rows) };
}

function assertPeriod(
  region: string,
  period: Readonly<{ from: number; until: number }>,
  now: Date,
): void {
  const wrong = refuseRegion(region);
  if (wrong !== null) throw fault('BAD_USER_INPUT', wrong.code, wrong.parameters);
  const days = daysBetween(period.from, addDays(period.until, 1));
  if (days < 1 || days > DAYS_MAX) {
    throw fault('BAD_USER_INPUT', 'PERIOD_NOT_USABLE', { max: DAYS_MAX });
  }
  if (!isWholeMonths(period) || !isSettled(monthOf(period.until), now)) {
    throw fault('BAD_USER_INPUT', 'PERIOD_MONTHS_ONLY');
  }
}

/** Whether a place is a region or a division of it. Of the country is everything. */
const isWithin = (place: string, region: string): boolean =>
  region === 'CN' || (place !== 'CN' && place !== '' && place.startsWith(withinRegion(region)));

const rowKeyOf = ({ month, region, code }: MonthPart): string =>
  JSON.stringify([month, region, code]);

/** Parts of several merchants, and by several versions of a factor, together. */
function rowOf(of: readonly MonthPart[], unitOf: (code: string) => string): PolicyRow[] {
  const [first] = of;
  if (first === undefined) return [];
  const { month, region, code } = first;
  const gramsOf = (isShown: boolean): number =>
    sum(of.filter(({ basis }) => (basis === SHOWN_BASIS) === isShown).map(({ grams }) => grams));
  return [
    {
      month: isoDay(month).slice(0, 7),
      region: region === '' ? null : region,
      behaviour: code,
      acts: sum(of.map(({ acts }) => acts)),
      // Of several merchants there may be the same ones.
      membersAtLeast: Math.max(...of.map(({ members }) => members)),
      unit: unitOf(code),
      activityMilli: sum(of.map(({ milli }) => milli)),
      ...{ carbonGrams: gramsOf(true), co2Grams: gramsOf(false) },
    },
  ];
}

const COLUMNS = [
  'month',
  'region',
  'behaviour',
  'acts',
  'membersAtLeast',
  'unit',
  'activity',
  'gramsCO2e',
  'gramsCO2',
];

/** Activity in units with three decimals, as they are stored. */
const csvOfReport = (rows: readonly PolicyRow[]): string =>
  csvOf([
    COLUMNS,
    ...rows.map(
      ({ month, region, behaviour, acts, membersAtLeast, unit, activityMilli, ...grams }) => [
        ...[month, region ?? 'others', behaviour, acts, membersAtLeast, unit],
        activityMilli / 1_000,
        ...[grams.carbonGrams, grams.co2Grams],
      ],
    ),
  ]);
