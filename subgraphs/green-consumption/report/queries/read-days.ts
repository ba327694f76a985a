import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { GasBasis } from '../../domain/factors.ts';
import type { Period } from '../domain/period.ts';
import type { DaySum } from '../domain/report.ts';

/** Of whom a report is: of members together, or of a merchant or the alliance by the sums that are kept of them. */
export type Subject = Readonly<{ memberIds: readonly string[] } | { subject: string }>;

type Row = Readonly<
  Record<'start_ms' | 'factor_code' | 'factor_version' | 'basis' | 'grams' | 'entries', unknown>
>;

/** What was saved, day by day and factor by factor. One statement. */
export async function readDays(
  reader: Pick<EntityManager, 'query'>,
  of: Subject,
  { fromMs, endMs }: Period,
): Promise<DaySum[]> {
  const [where, parameters] =
    'subject' in of
      ? ['day.subject = ?', [of.subject]]
      : [`member_id IN (${placeholders(of.memberIds.length)})`, [...of.memberIds]];
  if (parameters.length === 0) return [];
  const rows = await reader.query<Row[]>(
    'subject' in of
      ? `SELECT day_ms AS start_ms, factor_code, factor_version, basis, SUM(grams) AS grams, SUM(entries) AS entries
         FROM green_carbon_day day WHERE ${where} AND day_ms >= ? AND day_ms < ?
         GROUP BY day_ms, factor_code, factor_version, basis`
      : `SELECT occurred_ms - (occurred_ms + 28800000) % 86400000 AS start_ms,
           factor_code, factor_version, basis, SUM(grams) AS grams, COUNT(*) AS entries
         FROM green_carbon_entry WHERE ${where} AND occurred_ms >= ? AND occurred_ms < ?
         GROUP BY start_ms, factor_code, factor_version, basis`,
    [...parameters, fromMs, endMs],
  );
  return rows.map((row) => ({
    day: dayOf(new Date(toSafeInteger(row.start_ms))),
    factorCode: String(row.factor_code),
    factorVersion: String(row.factor_version),
    // The table allows no other.
    basis: row.basis as GasBasis,
    grams: toSafeInteger(row.grams),
    entries: toSafeInteger(row.entries),
  }));
}
