import type { EntityManager } from 'typeorm';
import { addMonths, beginningOf, type Day } from '../../../../shared/calendar.ts';
import type { Database } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import { ALLIANCE } from '../../accounts/domain/rolled-up.ts';
import type { GasBasis } from '../../domain/factors.ts';
import { SHOWN_BASIS } from '../../domain/saving.ts';
import { cellOf, type MonthMembers } from '../domain/public-figures.ts';

type Row = Readonly<Record<string, unknown>>;

/** A month with how many entries it has, by the sums of its days. */
export type MonthEntries = Readonly<{ month: Day; entries: number }>;

/**
 * How many members stand behind months of a merchant or the alliance. Whoever asks first has them counted, two
 * statements a month, and they are kept: entries are only added, so a month that has as many entries as when it was
 * counted has the same ones.
 */
export async function readMonthMembers(
  database: Database,
  subject: string,
  months: readonly MonthEntries[],
): Promise<MonthMembers[]> {
  const { reader, dialect } = database;
  const kept = await readKept(reader, subject, months);
  const found: MonthMembers[] = [];
  for (const { month, entries } of months) {
    const known = kept.get(month);
    if (known?.entries === entries) {
      found.push(known);
      continue;
    }
    const counted = await count(reader, subject, month);
    found.push(counted);
    await database.transaction((manager) =>
      insertRows(
        manager,
        'green_month_members',
        ['subject', 'month', 'entries', 'members', 'cells'],
        [[subject, month, counted.entries, counted.members, JSON.stringify([...counted.cells])]],
        {
          ending: dialect.onDuplicateUpdate(['subject', 'month'], ['entries', 'members', 'cells']),
        },
      ),
    );
  }
  return found;
}

type Counted = MonthMembers & MonthEntries;

async function readKept(
  reader: EntityManager,
  subject: string,
  months: readonly MonthEntries[],
): Promise<Map<Day, Counted>> {
  if (months.length === 0) return new Map();
  const rows = await reader.query<Row[]>(
    `SELECT month, entries, members, cells FROM green_month_members
     WHERE subject = ? AND month IN (${placeholders(months.length)})`,
    [subject, ...months.map(({ month }) => month)],
  );
  return new Map(
    rows.map((row) => {
      const month = toSafeInteger(row.month);
      const cells = new Map(JSON.parse(String(row.cells)) as [string, number][]);
      const [entries, members] = [toSafeInteger(row.entries), toSafeInteger(row.members)];
      return [month, { month, entries, members, cells }];
    }),
  );
}

async function count(reader: EntityManager, subject: string, month: Day): Promise<Counted> {
  const [where, parameters] = subject === ALLIANCE ? ['', []] : ['merchant_id = ? AND ', [subject]];
  const range = [...parameters, beginningOf(month), beginningOf(addMonths(month, 1))];
  const from = `FROM green_carbon_entry WHERE ${where}occurred_ms >= ? AND occurred_ms < ?`;
  const [total] = await reader.query<Row[]>(
    `SELECT COUNT(*) AS members FROM (SELECT member_id ${from} AND basis = '${SHOWN_BASIS}'
       GROUP BY member_id HAVING SUM(grams) <> 0) AS saving`,
    range,
  );
  const rows = await reader.query<Row[]>(
    `SELECT factor_code, factor_version, basis, SUM(entries) AS entries,
       SUM(CASE WHEN grams <> 0 THEN 1 ELSE 0 END) AS members
     FROM (SELECT member_id, factor_code, factor_version, basis, SUM(grams) AS grams, COUNT(*) AS entries ${from}
       GROUP BY member_id, factor_code, factor_version, basis) AS saving
     GROUP BY factor_code, factor_version, basis`,
    range,
  );
  return {
    month,
    entries: sum(rows.map((row) => toSafeInteger(row.entries))),
    members: toSafeInteger(total?.members),
    cells: new Map(
      rows.map((row) => [
        cellOf({
          factorCode: String(row.factor_code),
          factorVersion: String(row.factor_version),
          // The table allows no other.
          basis: row.basis as GasBasis,
        }),
        toSafeInteger(row.members),
      ]),
    ),
  };
}
