import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { GasBasis } from '../../domain/factors.ts';
import type { Period } from '../domain/period.ts';
import type { DaySum } from '../domain/report.ts';
import type { Membership } from './family-members.ts';

/**
 * Of whom a report is: of members together, of each from an instant on, or of a merchant or the alliance by the sums that
 * are kept of them.
 */
export type Subject = Readonly<{ members: readonly Membership[] } | { subject: string }>;

type Row = Readonly<
  Record<'start_ms' | 'factor_code' | 'factor_version' | 'basis' | 'grams' | 'entries', unknown>
>;

/** What was saved, day by day and factor by factor. One statement. */
export async function readDays(
  reader: Pick<EntityManager, 'query'>,
  of: Subject,
  { fromMs, endMs }: Period,
): Promise<DaySum[]> {
  if ('members' in of && of.members.length === 0) return [];
  const parameters =
    'subject' in of
      ? [of.subject, fromMs, endMs]
      : [...of.members.flatMap((member) => parametersOf(member, fromMs)), endMs];
  const rows = await reader.query<Row[]>(
    'subject' in of
      ? `SELECT day_ms AS start_ms, factor_code, factor_version, basis, SUM(grams) AS grams, SUM(entries) AS entries
         FROM green_carbon_day day WHERE day.subject = ? AND day_ms >= ? AND day_ms < ?
         GROUP BY day_ms, factor_code, factor_version, basis`
      : `SELECT occurred_ms - (occurred_ms + 28800000) % 86400000 AS start_ms,
           factor_code, factor_version, basis, SUM(grams) AS grams, COUNT(*) AS entries
         FROM green_carbon_entry entry
         WHERE (${of.members.map(conditionOf).join(' OR ')})
           AND occurred_ms < ?
         GROUP BY start_ms, factor_code, factor_version, basis`,
    parameters,
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

/** Of whom it is from an instant on, what takes back something from before is no part of it either. */
const conditionOf = ({ sinceMs }: Membership): string =>
  sinceMs > 0
    ? `(member_id = ? AND occurred_ms >= ? AND NOT EXISTS (SELECT 1 FROM green_carbon_entry first
         WHERE first.origin = entry.origin AND first.occurred_ms < ?))`
    : '(member_id = ? AND occurred_ms >= ?)';

const parametersOf = ({ id, sinceMs }: Membership, fromMs: number): (string | number)[] =>
  sinceMs > 0 ? [id, Math.max(sinceMs, fromMs), sinceMs] : [id, fromMs];
