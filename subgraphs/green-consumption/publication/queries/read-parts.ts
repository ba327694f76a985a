import type { EntityManager } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Level, Part } from '../domain/parts.ts';

export type MonthPart = Part & Readonly<{ month: Day }>;

type Months = Readonly<{ from: Day; until: Day }>;

/** What is told of months from `from` on and up to `until`: of one merchant, or of all. One statement. */
export async function readParts(
  reader: Pick<EntityManager, 'query'>,
  { merchant, from, until }: Months & Readonly<{ merchant: string | null }>,
): Promise<MonthPart[]> {
  const rows = await reader.query<Record<string, unknown>[]>(
    `SELECT part.* FROM green_published_month published
       JOIN green_published_part part ON part.month = published.month
     WHERE published.month >= ? AND published.month <= ?
       ${merchant === null ? '' : 'AND part.merchant = ?'}
     ORDER BY part.month, part.merchant, part.region, part.code, part.version, part.basis`,
    [from, until, ...(merchant === null ? [] : [merchant])],
  );
  return rows.map((row) => ({
    month: toSafeInteger(row.month),
    // The table has no others.
    level: toSafeInteger(row.level) as Level,
    ...{ merchant: String(row.merchant), region: String(row.region) },
    ...{ code: String(row.code), version: String(row.version), basis: String(row.basis) },
    ...{ isAct: toSafeInteger(row.is_act) === 1, isBack: toSafeInteger(row.is_back) === 1 },
    ...{ members: toSafeInteger(row.members), entries: toSafeInteger(row.entries) },
    ...{ acts: toSafeInteger(row.acts), milli: toSafeInteger(row.milli) },
    grams: toSafeInteger(row.grams),
  }));
}

/** The months in which something was done at a merchant, or anywhere, and nothing is told of it. One statement. */
export async function readWithheld(
  reader: Pick<EntityManager, 'query'>,
  { merchant, from, until }: Months & Readonly<{ merchant: string | null }>,
): Promise<Day[]> {
  const rows = await reader.query<{ month: unknown }[]>(
    `SELECT month FROM green_published_merchant
     WHERE merchant = ? AND month >= ? AND month <= ? AND is_told = 0 ORDER BY month`,
    [merchant ?? '', from, until],
  );
  return rows.map(({ month }) => toSafeInteger(month));
}
