import type { EntityManager } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { NOWHERE } from '../commands/publish-months.ts';
import type { Kind } from '../domain/kinds.ts';
import type { Cell } from '../domain/parts.ts';

export type Part = Cell & Readonly<{ month: Day }>;

type Months = Readonly<{ from: Day; until: Day }>;

/** What is told of months from `from` on and up to `until`: of one place, or of all, the months first. One statement. */
export async function readParts(
  reader: Pick<EntityManager, 'query'>,
  kind: Kind,
  { place, from, until }: Months & Readonly<{ place: string | null }>,
): Promise<Part[]> {
  const rows = await reader.query<Record<string, unknown>[]>(
    `SELECT part.* FROM green_published_month published
       JOIN green_published_part part ON part.kind = published.kind AND part.month = published.month
     WHERE published.kind = ? AND published.month >= ? AND published.month <= ?
       ${place === null ? '' : 'AND part.place = ?'}
     ORDER BY part.month, part.place, part.code, part.version, part.basis`,
    [kind.name, from, until, ...(place === null ? [] : [place])],
  );
  return rows.map((row) => ({
    month: toSafeInteger(row.month),
    place: row.place === NOWHERE ? null : String(row.place),
    ...{ code: String(row.code), version: String(row.version), basis: String(row.basis) },
    ...{ members: toSafeInteger(row.members), entries: toSafeInteger(row.entries) },
    ...{ milli: toSafeInteger(row.milli), grams: toSafeInteger(row.grams) },
  }));
}

/** The months in which something was done at a place, or anywhere, and nothing is told of it. One statement. */
export async function readWithheld(
  reader: Pick<EntityManager, 'query'>,
  kind: Kind,
  { place, from, until }: Months & Readonly<{ place: string | null }>,
): Promise<Day[]> {
  const rows = await reader.query<{ month: unknown }[]>(
    `SELECT month FROM green_published_place
     WHERE kind = ? AND place = ? AND month >= ? AND month <= ? AND is_told = 0 ORDER BY month`,
    [kind.name, place ?? NOWHERE, from, until],
  );
  return rows.map(({ month }) => toSafeInteger(month));
}
