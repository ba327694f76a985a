import type { EntityManager } from 'typeorm';
import { addMonths, beginningOf, type Day, dayOf } from '../../../../shared/calendar.ts';
import type { Database } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';
import type { Kind } from '../domain/kinds.ts';
import { type Cell, restOf, toldOf } from '../domain/parts.ts';

/** What is booked takes its time from before it is written: so long after a month nothing of it is still being written. */
const SETTLED_MS = 60 * 60 * 1000;

/** Whether a month is over, and all of it is in the books. */
export const isSettled = (month: Day, now: Date): boolean =>
  beginningOf(addMonths(month, 1)) + SETTLED_MS <= now.getTime();

/** The place of what is told of none by itself, and the name of all places together. */
export const NOWHERE = '';

const PART: [string, ...string[]] = [
  'kind',
  ...['month', 'place', 'code', 'version', 'basis'],
  ...['members', 'entries', 'milli', 'grams'],
];

/**
 * Finds out what may be told of months that are settled, and keeps it: what was told never changes.
 * Whoever asks first has it found, month by month; another process at the same time finds the same.
 */
export async function publishMonths(
  { database, now }: Readonly<{ database: Database; now: Date }>,
  kind: Kind,
  months: readonly Day[],
): Promise<void> {
  const { reader } = database;
  const settled = months.filter((month) => isSettled(month, now));
  if (settled.length === 0) return;
  const known = await reader.query<{ month: unknown }[]>(
    `SELECT month FROM green_published_month WHERE kind = ? AND month IN (${placeholders(settled.length)})`,
    [kind.name, ...settled],
  );
  const published = new Set(known.map(({ month }) => toSafeInteger(month)));
  const missing = settled.filter((month) => !published.has(month));
  if (missing.length === 0) return;
  const [begun] = await reader.query<{ first: unknown }[]>(kind.first);
  if (begun?.first == null) return;
  const first = dayOf(new Date(toSafeInteger(begun.first)));
  for (const month of missing) {
    // Of what was before everything nothing is kept.
    if (addMonths(month, 1) > first) await publish(database, kind, month);
  }
}

/**
 * What is read is final, so it is read outside a transaction, and written twice it is the same. The month is there when all of it is.
 */
async function publish(database: Database, kind: Kind, month: Day): Promise<void> {
  const { reader, dialect } = database;
  const write = (manager: EntityManager, table: string, columns: Columns, rows: Values) =>
    insertRows(manager, table, columns, rows, {
      ending: dialect.onDuplicateKeep(columns.slice(0, KEYS[table]) as Columns),
    });
  const cells = await readCells(reader, kind, month);
  const told = toldOf(cells, MEMBERS_MIN);
  await database.transaction((manager) =>
    write(manager, 'green_published_part', PART, told.map(rowOf(kind, month))),
  );
  const isLeft = told.length < cells.length;
  const rest = isLeft ? restOf(await readRest(reader, kind, month), cells, MEMBERS_MIN) : [];
  const names = new Set(told.map(({ place }) => place));
  const places = new Map(
    cells.flatMap(({ place }) => (place === null ? [] : [[place, names.has(place)] as const])),
  );
  if (cells.length > 0) places.set(NOWHERE, told.length + rest.length > 0);
  await database.transaction(async (manager) => {
    await write(manager, 'green_published_part', PART, rest.map(rowOf(kind, month)));
    const rows = [...places].map(([place, isTold]) => [kind.name, place, month, Number(isTold)]);
    await write(manager, 'green_published_place', ['kind', 'place', 'month', 'is_told'], rows);
    await write(manager, 'green_published_month', ['kind', 'month'], [[kind.name, month]]);
  });
}

type Columns = [string, ...string[]];
type Values = readonly (readonly (string | number)[])[];

/** How many of its columns, the first ones, are the key of a table. */
const KEYS: Readonly<Record<string, number>> = {
  ...{ green_published_part: 6, green_published_place: 3, green_published_month: 2 },
};

const rowOf =
  (kind: Kind, month: Day) =>
  ({ place, code, version, basis, members, entries, milli, grams }: Cell): (string | number)[] => [
    ...[kind.name, month, place ?? NOWHERE, code, version, basis],
    ...[members, entries, milli, grams],
  ];

const SUMS = 'SUM(entries) AS entries, SUM(milli) AS milli, SUM(grams) AS grams';
const KEY = 'code, version, basis';

/** By place. */
async function readCells(manager: EntityManager, kind: Kind, month: Day): Promise<Cell[]> {
  const { sql, parameters } = bookedIn(kind, month);
  return cellsOf(
    await manager.query<Row[]>(
      `SELECT place, ${KEY}, ${SUMS}, SUM(is_done) AS members FROM (
         SELECT place, ${KEY}, member_id, ${SUMS}, CASE WHEN SUM(${kind.counts}) <> 0 THEN 1 ELSE 0 END AS is_done
         FROM (${sql}) AS booked GROUP BY place, ${KEY}, member_id) AS done
       GROUP BY place, ${KEY}`,
      parameters,
    ),
  );
}

/** All that is told of no place by itself, together. */
async function readRest(manager: EntityManager, kind: Kind, month: Day): Promise<Cell[]> {
  const { sql, parameters } = bookedIn(kind, month);
  return cellsOf(
    await manager.query<Row[]>(
      `SELECT NULL AS place, ${KEY}, ${SUMS}, SUM(is_done) AS members FROM (
         SELECT booked.code, booked.version, booked.basis, member_id, SUM(booked.entries) AS entries,
           SUM(booked.milli) AS milli, SUM(booked.grams) AS grams,
           CASE WHEN SUM(booked.${kind.counts}) <> 0 THEN 1 ELSE 0 END AS is_done
         FROM (${sql}) AS booked LEFT JOIN green_published_part part ON part.kind = ? AND part.month = ?
           AND part.place = booked.place AND part.code = booked.code AND part.version = booked.version
           AND part.basis = booked.basis
         WHERE part.kind IS NULL
         GROUP BY booked.code, booked.version, booked.basis, member_id) AS done
       GROUP BY ${KEY}`,
      [...parameters, kind.name, month],
    ),
  );
}

function bookedIn({ booked }: Kind, month: Day) {
  const range = { from: beginningOf(month), until: beginningOf(addMonths(month, 1)) };
  const parameters: number[] = [];
  const sql = booked.replaceAll(/:(from|until)/g, (_, name: 'from' | 'until') => {
    parameters.push(range[name]);
    return '?';
  });
  return { sql, parameters };
}

type Row = Readonly<Record<string, unknown>>;

/** Without what nobody did any more at the end of the month. */
const cellsOf = (rows: readonly Row[]): Cell[] =>
  rows
    .map((row) => ({
      place: row.place === null ? null : String(row.place),
      ...{ code: String(row.code), version: String(row.version), basis: String(row.basis) },
      ...{ members: toSafeInteger(row.members), entries: toSafeInteger(row.entries) },
      ...{ milli: toSafeInteger(row.milli), grams: toSafeInteger(row.grams) },
    }))
    .filter(({ members }) => members > 0);
