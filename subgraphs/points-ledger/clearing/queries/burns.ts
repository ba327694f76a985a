import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { Cursors } from '../../../../shared/query-kit/cursor.ts';
import { PAGE_SIZE_MAX } from '../../../../shared/query-kit/list.ts';
import { amountUpToCut } from '../domain/amounts.ts';
import type { LineRow } from './rows.ts';

/** More is not written out in one request: it would be held in memory several times over. */
export const WRITTEN_BURNS_MAX = 20_000;

/** One posting of a line of a statement, with what caused it. */
export type BurnRow = Readonly<{
  lineId: string;
  seq: number;
  line: number;
  entryId: string;
  kind: string;
  causeKind: string;
  causeId: string;
  recordedAt: Date;
  points: number;
  /** Rounded for itself. */
  amountMinor: number;
  currency: string;
}>;

const SELECT = `SELECT burn.line_id, burn.seq, burn.line, entry.id, entry.kind, entry.cause_kind,
    entry.cause_id, entry.recorded_ms, posting.price_class, posting.amount
  FROM points_clearing_burn burn
  JOIN points_journal_entry entry ON entry.seq = burn.seq
  JOIN points_posting posting ON posting.seq = burn.seq AND posting.line = burn.line`;

/** All burns of some lines, in the order of the books. Whoever asks knows that they are not too many. */
export async function readBurns(reader: EntityManager, lineIds: string[]): Promise<BurnRow[]> {
  const rows = await reader.query<Record<string, string>[]>(
    `${SELECT} WHERE burn.line_id IN (${placeholders(lineIds.length)})
     ORDER BY burn.line_id, burn.seq, burn.line`,
    lineIds,
  );
  return rows.map(burnOf);
}

function burnOf(row: Readonly<Record<string, string>>): BurnRow {
  const points = toSafeInteger(row.amount);
  return {
    lineId: String(row.line_id),
    seq: toSafeInteger(row.seq),
    line: toSafeInteger(row.line),
    entryId: String(row.id),
    kind: String(row.kind),
    causeKind: String(row.cause_kind),
    causeId: String(row.cause_id),
    recordedAt: new Date(toSafeInteger(row.recorded_ms)),
    points,
    ...amountUpToCut(points, String(row.price_class)),
  };
}

/** One page of the burns of a line. Throws BAD_USER_INPUT for unusable arguments. */
export async function burnsPage(
  reader: EntityManager,
  cursorKey: string,
  line: LineRow,
  { first, after }: Readonly<{ first: number; after?: string | null | undefined }>,
) {
  if (first < 1 || first > PAGE_SIZE_MAX) {
    throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max: PAGE_SIZE_MAX });
  }
  const cursors = new Cursors(cursorKey, { field: 'burns', line: line.id });
  const [seq, number] = after ? cursors.decode(after) : [0, 0];
  const rows = await reader.query<Record<string, string>[]>(
    `${SELECT} WHERE burn.line_id = ? AND (burn.seq > ? OR (burn.seq = ? AND burn.line > ?))
     ORDER BY burn.seq, burn.line LIMIT ${first + 1}`,
    [line.id, seq, seq, number],
  );
  const found = rows.map(burnOf);
  const burns = found.slice(0, first);
  const cursorOf = (burn: BurnRow | undefined) =>
    burn === undefined ? null : cursors.encode([burn.seq, burn.line]);
  return {
    nodes: burns.map((burn) => ({ burn, line })),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: Boolean(after),
      startCursor: cursorOf(burns[0]),
      endCursor: cursorOf(burns.at(-1)),
    },
  };
}
