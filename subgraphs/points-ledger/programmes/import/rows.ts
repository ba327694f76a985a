import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Money } from '../../domain/price.ts';
import { costRoundedOnce, type Priced } from '../../reports/cost.ts';
import { balanceText, type Kept, type OpeningBalance } from '../domain/opening-balance.ts';

type Row = Record<string, string | null>;

export type ImportRow = Readonly<{
  id: string;
  issuerId: string;
  unit: string;
  state: 'OPEN' | 'STATED' | 'BOOKING' | 'DONE' | 'REJECTED';
  /** Who stated what it comes to, and who approved or rejected that. */
  statedBy: string | null;
  decidedBy: string | null;
}>;

export type ImportTotals = Readonly<{ rows: number; points: number; liability: Money[] }>;

/** How many rows of an import are where. */
export type ImportProgress = Readonly<{ waiting: number; booked: number; refused: number }>;

export async function readImport(
  manager: EntityManager,
  id: string,
  ending = '',
): Promise<ImportRow | null> {
  const [row] = await manager.query<Row[]>(`SELECT * FROM points_import WHERE id = ? ${ending}`, [
    id,
  ]);
  // MariaDB finds an id with blanks after it as well: that is not this one.
  if (row?.id !== id) return null;
  return {
    id,
    issuerId: String(row.issuer_id),
    unit: String(row.unit),
    // The CHECK of the table admits only these.
    state: row.state as ImportRow['state'],
    statedBy: row.stated_by ?? null,
    decidedBy: row.decided_by ?? null,
  };
}

/** What there is already of what is given: the same rows, and other rows of the same members. */
export async function readKept(
  manager: EntityManager,
  importId: string,
  given: readonly OpeningBalance[],
): Promise<Kept> {
  if (given.length === 0) return { byLine: new Map(), texts: new Map() };
  const lines = given.map(({ line }) => line);
  const members = [...new Set(given.map(({ memberId }) => memberId))];
  const byLine = await manager.query<Row[]>(
    `SELECT * FROM points_import_row WHERE import_id = ? AND line IN (${placeholders(lines.length)})`,
    [importId, ...lines],
  );
  const byMember = await manager.query<Row[]>(
    `SELECT * FROM points_import_row
     WHERE import_id = ? AND member_id IN (${placeholders(members.length)})`,
    [importId, ...members],
  );
  return {
    byLine: new Map(byLine.map(balanceOf).map((one) => [one.line, one])),
    texts: new Map(byMember.map(balanceOf).map((one) => [balanceText(one), one.line])),
  };
}

export const balanceOf = (row: Row): OpeningBalance => ({
  line: toSafeInteger(row.line),
  memberId: String(row.member_id),
  points: toSafeInteger(row.points),
  expiresOn: toSafeInteger(row.expires_on),
  priceClass: String(row.price_class),
});

type Part = Priced & Readonly<{ rows: number }>;

/** What an import holds, together with some rows that are not written yet. */
export async function totalsOf(
  manager: EntityManager,
  importId: string,
  further: readonly OpeningBalance[] = [],
): Promise<ImportTotals> {
  const rows = await manager.query<Row[]>(
    `SELECT price_class, COUNT(*) AS n, SUM(points) AS points FROM points_import_row
     WHERE import_id = ? GROUP BY price_class`,
    [importId],
  );
  const parts: Part[] = [
    ...rows.map((row) => ({
      priceClass: String(row.price_class),
      rows: toSafeInteger(row.n),
      points: toSafeInteger(row.points),
    })),
    ...further.map(({ priceClass, points }) => ({ priceClass, points, rows: 1 })),
  ];
  return {
    rows: parts.reduce((all, part) => all + part.rows, 0),
    points: parts.reduce((all, part) => toSafeInteger(all + part.points), 0),
    liability: costRoundedOnce(parts),
  };
}

export async function progressOf(
  manager: EntityManager,
  importId: string,
): Promise<ImportProgress> {
  const rows = await manager.query<Row[]>(
    'SELECT state, COUNT(*) AS n FROM points_import_row WHERE import_id = ? GROUP BY state',
    [importId],
  );
  const of = (state: string) => toSafeInteger(rows.find((row) => row.state === state)?.n ?? 0);
  return { waiting: of('WAITING'), booked: of('BOOKED'), refused: of('REFUSED') };
}

export type RefusedRow = Readonly<{ line: number; code: string }>;

/** Rows that the books refused, in their order. */
export async function refusedRows(
  manager: EntityManager,
  importId: string,
  limit: number,
): Promise<RefusedRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT line, code FROM points_import_row WHERE import_id = ? AND state = 'REFUSED'
     ORDER BY line LIMIT ${limit}`,
    [importId],
  );
  return rows.map((row) => ({ line: toSafeInteger(row.line), code: String(row.code) }));
}

/** `by` is the person who moves it on; null: a worker. */
export async function setState(
  manager: EntityManager,
  importId: string,
  state: ImportRow['state'],
  by: string | null = null,
): Promise<void> {
  const person = state === 'STATED' ? 'stated_by' : 'decided_by';
  await execute(
    manager,
    `UPDATE points_import SET state = ?${by === null ? '' : `, ${person} = ?`} WHERE id = ?`,
    by === null ? [state, importId] : [state, by, importId],
  );
}
