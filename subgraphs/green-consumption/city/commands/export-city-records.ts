import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  isoDay,
  parseIsoDay,
} from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { refuseRegion, withinRegion } from '../../acts/domain/act-input.ts';
import { CityExport } from '../entities/city-export.ts';

export type ExportCityRecords = Readonly<{
  idempotencyKey: string;
  region: string;
  /** `YYYY-MM-DD`, both included. */
  from: string;
  until: string;
}>;

export type CityRecordsExported = Readonly<{ kind: 'CityRecordsExported'; exportId: string }>;

/**
 * Writes down what a city is given of those who consent: how many acts stand and what they saved, nothing negative and
 * nothing of where or when (S49, R18). `consenting` is what members said just before; null: it did not answer.
 */
export const exportCityRecordsOf = (consenting: readonly string[] | null) =>
  async function exportCityRecords(
    work: Work,
    { region, from, until }: ExportCityRecords,
  ): Promise<CityRecordsExported | InvalidInput> {
    const days = { from: parseIsoDay(from), until: parseIsoDay(until) };
    const wrong = refuseRegion(region) ?? refuseDays(days, dayOf(work.at));
    if (wrong !== null) return wrong;
    if (consenting === null) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    const standing = await lockConsents(work, consenting);

    // From here on the command must succeed.
    const id = work.newId();
    const asked = { askedBy: work.caller.subject, askedAt: work.at };
    await work.manager.insert(CityExport, { id, region, ...days, ...asked });
    await writeRecords(work, { id, region, ...days }, standing);
    return { kind: 'CityRecordsExported', exportId: id };
  };

const DAYS_MAX = 366;

function refuseDays(
  { from, until }: Readonly<{ from: Day; until: Day }>,
  today: Day,
): InvalidInput | null {
  if (until > today) return invalidInput('PERIOD_IN_FUTURE', 'until');
  const days = daysBetween(from, until) + 1;
  return days < 1 || days > DAYS_MAX
    ? invalidInput('PERIOD_NOT_USABLE', 'until', { max: DAYS_MAX })
    : null;
}

/** Who withdraws meanwhile waits here, or was faster and is not told of. */
async function lockConsents(
  { manager, dialect }: Work,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const rows = await manager.query<{ member_id: string }[]>(
    `SELECT member_id FROM green_city_consent WHERE member_id IN (${placeholders(memberIds.length)})
     ORDER BY member_id ${dialect.forUpdate}`,
    [...memberIds],
  );
  return rows.map(({ member_id }) => member_id);
}

async function writeRecords(
  { manager }: Work,
  { id, region, from, until }: Readonly<{ id: string; region: string; from: Day; until: Day }>,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = await manager.query<{ member_id: string; acts: unknown; grams: unknown }[]>(
    `SELECT member_id, COUNT(*) AS acts, SUM(shown_grams) AS grams FROM green_act
     WHERE member_id IN (${placeholders(memberIds.length)}) AND revoked_ms IS NULL
       AND occurred_ms >= ? AND occurred_ms < ? AND region LIKE ?
     GROUP BY member_id`,
    [...memberIds, beginOf(from), beginOf(addDays(until, 1)), `${withinRegion(region)}%`],
  );
  await insertRows(
    manager,
    'green_city_record',
    ['export_id', 'member_id', 'acts', 'carbon_grams'],
    rows.map((row) => [id, row.member_id, toSafeInteger(row.acts), toSafeInteger(row.grams)]),
  );
}

/** The first instant of a day on the alliance's calendar, in milliseconds. */
const beginOf = (day: Day): number => Date.parse(`${isoDay(day)}T00:00:00+08:00`);
