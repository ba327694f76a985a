import type { EntityManager } from 'typeorm';
import { addMonths, beginningOf, type Day, dayOf } from '../../../../shared/calendar.ts';
import type { Database } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';
import { PROJECT } from '../../acts/domain/project.ts';
import { monthOf } from '../../report/domain/period.ts';
import { type Part, type Piece, partsOf } from '../domain/parts.ts';

/** What is booked takes its time from before it is written: so long after a month nothing of it is still being written. */
const SETTLED_MS = 60 * 60 * 1000;

/** Whether a month is over, and all of it is in the books. */
export const isSettled = (month: Day, now: Date): boolean =>
  beginningOf(addMonths(month, 1)) + SETTLED_MS <= now.getTime();

type Publishing = Readonly<{ database: Database; now: Date }>;

/**
 * Finds out what may be told up to the last of these months that is settled, month by month, and keeps it: what was told never
 * changes. Another process at the same time finds the same.
 */
export async function publishMonths(
  { database, now }: Publishing,
  months: readonly Day[],
): Promise<void> {
  const { reader } = database;
  const last = Math.max(0, ...months.filter((month) => isSettled(month, now)));
  const known = await reader.query<{ last: unknown }[]>(
    'SELECT MAX(month) AS last FROM green_published_month',
  );
  const published = known[0]?.last == null ? null : toSafeInteger(known[0].last);
  if (last <= (published ?? 0)) return;
  const first = published === null ? await firstBooked(reader) : addMonths(published, 1);
  if (first === null) return;
  // Of what was before everything nothing is kept.
  for (let month = monthOf(first); month <= last; month = addMonths(month, 1)) {
    await publish(database, month);
  }
}

/** The day on which something was booked first; null: nothing was. */
async function firstBooked(reader: Pick<EntityManager, 'query'>): Promise<Day | null> {
  const rows = await reader.query<{ first: unknown }[]>(
    `SELECT MIN(booked_ms) AS first FROM green_carbon_entry
     UNION ALL SELECT MIN(recorded_ms) FROM green_act WHERE behaviour = '${PROJECT}'`,
  );
  const found = rows.flatMap(({ first }) => (first === null ? [] : [toSafeInteger(first)]));
  return found.length === 0 ? null : dayOf(new Date(Math.min(...found)));
}

/**
 * What is read is final, so it is read outside a transaction, and written twice it is the same. The month is there when all
 * of it is.
 */
async function publish(database: Database, month: Day): Promise<void> {
  const { reader, dialect } = database;
  const write = (manager: EntityManager, table: Table, rows: readonly (string | number)[][]) =>
    insertRows(manager, table, COLUMNS[table], rows, {
      ending: dialect.onDuplicateKeep(KEYS[table]),
    });
  const cells = await readCells(reader, month);
  const told = cells.filter(({ members }) => members >= MEMBERS_MIN);
  await database.transaction((manager) =>
    write(manager, 'green_published_part', told.map(rowOf(month))),
  );
  const isRest = told.length < cells.length;
  const rest = partsOf(isRest ? await readPieces(reader, month) : [], MEMBERS_MIN);
  const parts = [...told, ...rest.told];
  const merchants = new Map(
    cells.flatMap(({ merchant }) => (merchant === '' ? [] : [[merchant, false]])),
  );
  for (const { merchant } of parts) if (merchant !== '') merchants.set(merchant, true);
  if (cells.length > 0) merchants.set('', parts.length > 0);
  await database.transaction(async (manager) => {
    await write(manager, 'green_published_part', rest.told.map(rowOf(month)));
    await write(manager, 'green_untold_piece', rest.left.map(leftRowOf(month)));
    const rows = [...merchants].map(([merchant, isTold]) => [merchant, month, Number(isTold)]);
    await write(manager, 'green_published_merchant', rows);
    await write(manager, 'green_published_month', [[month]]);
  });
}

type Table =
  | 'green_published_part'
  | 'green_published_merchant'
  | 'green_published_month'
  | 'green_untold_piece';
type Columns = [string, ...string[]];

const CELL = ['merchant', 'region', 'code', 'version', 'basis', 'is_act'] as const;
const PART_KEY: Columns = ['month', 'level', ...CELL, 'is_back'];
const PIECE_KEY: Columns = ['month', ...CELL, 'member_id'];
const KEYS: Readonly<Record<Table, Columns>> = {
  green_published_part: PART_KEY,
  green_published_merchant: ['merchant', 'month'],
  green_published_month: ['month'],
  green_untold_piece: PIECE_KEY,
};
const COLUMNS: Readonly<Record<Table, string[]>> = {
  green_published_part: [...PART_KEY, 'members', 'entries', 'acts', 'milli', 'grams'],
  green_published_merchant: ['merchant', 'month', 'is_told'],
  green_published_month: ['month'],
  green_untold_piece: [...PIECE_KEY, 'entries', 'acts', 'milli', 'grams'],
};

const leftRowOf =
  (month: Day) =>
  ({ merchant, region, code, version, basis, isAct, isBack: _, memberId, ...sums }: Piece) => [
    ...[month, merchant, region, code, version, basis, Number(isAct), memberId],
    ...[sums.entries, sums.acts, sums.milli, sums.grams],
  ];

const rowOf =
  (month: Day) =>
  ({
    level,
    merchant,
    region,
    code,
    version,
    basis,
    isAct,
    isBack,
    ...sums
  }: Part): (string | number)[] => [
    ...[month, level, merchant, region, code, version, basis, Number(isAct), Number(isBack)],
    ...[sums.members, sums.entries, sums.acts, sums.milli, sums.grams],
  ];

/** What was booked of a month, a row for each thing, and what could not be told up to it. Acts alone have a region; taking part in projects saves no grams. */
const BOOKED = `SELECT COALESCE(merchant_id, '') AS merchant, COALESCE(region, '') AS region, factor_code AS code,
    factor_version AS version, basis, CASE WHEN region IS NULL THEN 0 ELSE 1 END AS is_act, member_id, 1 AS entries,
    CASE WHEN region IS NULL THEN 0 WHEN grams > 0 THEN 1 ELSE -1 END AS acts,
    CASE WHEN region IS NULL THEN 0 WHEN grams > 0 THEN activity_milli ELSE -activity_milli END AS milli, grams
  FROM green_carbon_entry WHERE booked_ms >= ? AND booked_ms < ?
  UNION ALL
  SELECT COALESCE(merchant_id, ''), region, behaviour, '', '', 1, member_id, 0, 1, counted_milli, 0
  FROM green_act WHERE behaviour = '${PROJECT}' AND recorded_ms >= ? AND recorded_ms < ?
  UNION ALL
  SELECT COALESCE(merchant_id, ''), region, behaviour, '', '', 1, member_id, 0, -1, -counted_milli, 0
  FROM green_act WHERE behaviour = '${PROJECT}' AND revoked_ms >= ? AND revoked_ms < ?
  UNION ALL
  SELECT merchant, region, code, version, basis, is_act, member_id, entries, acts, milli, grams
  FROM green_untold_piece WHERE month = ?`;

const boundsOf = (month: Day): number[] => {
  const range = [beginningOf(month), beginningOf(addMonths(month, 1))];
  return [...range, ...range, ...range, addMonths(month, -1)];
};

const SUMS = 'SUM(entries) AS entries, SUM(acts) AS acts, SUM(milli) AS milli, SUM(grams) AS grams';
const CELLS = CELL.join(', ');

/** By member, without those who took back as much as they did. Projects save no grams: of them acts are counted. */
const DONE = `SELECT ${CELLS}, member_id, ${SUMS},
    CASE WHEN SUM(grams) < 0 OR SUM(grams) = 0 AND SUM(acts) < 0 THEN 1 ELSE 0 END AS is_back
  FROM (${BOOKED}) AS booked GROUP BY ${CELLS}, member_id
  HAVING SUM(grams) <> 0 OR (basis = '' AND SUM(acts) <> 0)`;

/** By place and deed. */
async function readCells(reader: Pick<EntityManager, 'query'>, month: Day): Promise<Part[]> {
  const rows = await reader.query<Row[]>(
    `SELECT ${CELLS}, is_back, ${SUMS}, COUNT(*) AS members FROM (${DONE}) AS done
     GROUP BY ${CELLS}, is_back`,
    boundsOf(month),
  );
  return rows.map((row) => ({ level: 0, ...deedOf(row), members: toSafeInteger(row.members) }));
}

/** By member, of what is told of no place and region by themselves: of each fewer than are told. */
async function readPieces(reader: Pick<EntityManager, 'query'>, month: Day): Promise<Piece[]> {
  const key = [...CELL, 'is_back'] as const;
  const rows = await reader.query<Row[]>(
    `SELECT done.* FROM (${DONE}) AS done LEFT JOIN green_published_part part
       ON part.month = ? AND part.level = 0 AND ${key.map((name) => `part.${name} = done.${name}`).join(' AND ')}
     WHERE part.month IS NULL`,
    [...boundsOf(month), month],
  );
  return rows.map((row) => ({ ...deedOf(row), memberId: String(row.member_id) }));
}

type Row = Readonly<Record<string, unknown>>;

const deedOf = (row: Row): Omit<Part, 'members' | 'level'> => ({
  ...{ merchant: String(row.merchant), region: String(row.region) },
  ...{ code: String(row.code), version: String(row.version), basis: String(row.basis) },
  ...{ isAct: toSafeInteger(row.is_act) === 1, isBack: toSafeInteger(row.is_back) === 1 },
  ...{ entries: toSafeInteger(row.entries), acts: toSafeInteger(row.acts) },
  ...{ milli: toSafeInteger(row.milli), grams: toSafeInteger(row.grams) },
});
