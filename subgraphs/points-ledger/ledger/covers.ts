import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Request } from '../domain/answer.ts';
import type { Books } from '../domain/books.ts';
import { type Cover, coverText } from '../domain/cover.ts';
import type { PlacedEntry } from '../domain/seal.ts';
import type { Transaction } from './read-books.ts';

type Row = Record<string, string>;

/**
 * Locks the covers of all issuers whose points a batch may move, in the order of their ids. After the head of
 * the chain, and never before: a first cover is set under the lock of the head, so none is missed here.
 */
export async function lockCovers(
  { manager, dialect }: Transaction,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const issuerIds = issuersOf(books, requests);
  if (issuerIds.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT * FROM points_cover WHERE issuer_id IN (${placeholders(issuerIds.length)})
     ORDER BY issuer_id, unit ${dialect.forUpdate}`,
    issuerIds,
  );
  books.covers = new Map(rows.map(coverOf).map((cover) => [coverText(cover), cover]));
}

export const coverOf = (row: Row): Cover => ({
  issuerId: String(row.issuer_id),
  unit: String(row.unit),
  version: toSafeInteger(row.version),
  covered: toSafeInteger(row.covered),
  open: toSafeInteger(row.open_points),
});

/** Every issuer of points that are read for a batch, or come in by it. */
function issuersOf(books: Books, requests: readonly Request[]): string[] {
  const found = new Set<string>();
  for (const { command } of requests) if ('issuerId' in command) found.add(command.issuerId);
  for (const { lots, debts, expired, pending } of books.wallets.values()) {
    for (const { key } of lots.values()) found.add(key.issuerId);
    for (const { issuerId } of debts.values()) found.add(issuerId);
    for (const { key } of expired.values()) found.add(key.issuerId);
    for (const { key } of pending.values()) found.add(key.issuerId);
  }
  for (const { lots } of books.holds.values()) for (const { key } of lots) found.add(key.issuerId);
  for (const origins of [...books.accruals.values(), ...books.burns.values()]) {
    for (const { key } of origins) found.add(key.issuerId);
  }
  return [...found].toSorted();
}

/** Absolute values: the rows are locked. One statement, and none where no issuer has a cover. */
export async function writeCovers(
  { manager, dialect }: Transaction,
  { covers }: Books,
  entries: readonly PlacedEntry[],
): Promise<void> {
  if (covers.size === 0) return;
  const touched = new Set(
    entries.flatMap(({ postings }) => postings.map(({ key }) => coverText(key))),
  );
  await writeOpen(
    { manager, dialect },
    covers
      .entries()
      .flatMap(([text, cover]) => (touched.has(text) ? [cover] : []))
      .toArray(),
  );
}

export const writeOpen = (
  { manager, dialect }: Transaction,
  covers: readonly Cover[],
): Promise<void> =>
  insertRows(
    manager,
    'points_cover',
    ['issuer_id', 'unit', 'version', 'covered', 'open_points'],
    covers.map(({ issuerId, unit, version, covered, open }) => [
      issuerId,
      unit,
      version,
      covered,
      open,
    ]),
    { ending: dialect.onDuplicateUpdate(['issuer_id', 'unit'], ['open_points']) },
  );

/** What of an issuer's points is open by the entries of the books from one to another, by unit. */
export async function sumOpen(
  manager: EntityManager,
  issuerId: string,
  { from, to }: Readonly<{ from: number; to: number }>,
): Promise<Map<string, number>> {
  const rows = await manager.query<Row[]>(
    `SELECT unit, SUM(amount) AS points FROM points_posting
     WHERE seq BETWEEN ? AND ? AND issuer_id = ?
       AND (account IN ('AVAILABLE', 'PENDING', 'HELD') OR (account = 'REDEEMED' AND owner_id <> ?))
     GROUP BY unit`,
    [from, to, issuerId, issuerId],
  );
  return new Map(rows.map((row) => [String(row.unit), toSafeInteger(row.points)]));
}
