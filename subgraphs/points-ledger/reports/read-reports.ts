import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';

type Row = Readonly<Record<string, string | null>>;

/** Points of one issuer that agree in unit, expiry and price, in one kind of account. */
export type OpenPoints = Readonly<{
  issuerId: string;
  unit: string;
  expiresOn: number;
  priceClass: string;
  account: 'AVAILABLE' | 'HELD' | 'PENDING' | 'BREAKAGE';
  points: number;
}>;

/** Points of one issuer and price that one merchant accepted. */
export type AcceptedPoints = Readonly<{
  issuerId: string;
  acceptorId: string;
  priceClass: string;
  points: number;
}>;

/** Entries of the books after one and up to another. */
export type Range = Readonly<{ afterSeq: number; throughSeq: number }>;

/** The last entry that was booked by an instant, of all for Infinity. 0 when there was none. */
export async function lastSeqAt(reader: EntityManager, atMs: number): Promise<number> {
  // The order of the index is that of the books: both only grow.
  const [row] = await (atMs === Number.POSITIVE_INFINITY
    ? reader.query<Row[]>('SELECT seq FROM points_journal_entry ORDER BY seq DESC LIMIT 1')
    : reader.query<Row[]>(
        `SELECT seq FROM points_journal_entry WHERE recorded_ms <= ?
         ORDER BY recorded_ms DESC, seq DESC LIMIT 1`,
        [atMs],
      ));
  return row === undefined ? 0 : toSafeInteger(row.seq);
}

/**
 * What is open and what lapsed, of some issuers or of all, after an entry. For an audit: it adds up the
 * journal from the beginning, and reads nothing else.
 */
export async function readOpenPoints(
  reader: EntityManager,
  throughSeq: number,
  issuerIds: readonly string[] | null,
): Promise<OpenPoints[]> {
  const ofIssuers =
    issuerIds === null ? '' : `AND issuer_id IN (${placeholders(issuerIds.length)})`;
  const rows = await reader.query<Row[]>(
    `SELECT issuer_id, unit, expires_on, price_class, account, SUM(amount) AS points
     FROM points_posting
     WHERE seq <= ? AND account IN ('AVAILABLE', 'HELD', 'PENDING', 'BREAKAGE') ${ofIssuers}
     GROUP BY issuer_id, unit, expires_on, price_class, account
     HAVING SUM(amount) <> 0
     ORDER BY issuer_id, unit, expires_on, price_class, account`,
    [throughSeq, ...(issuerIds ?? [])],
  );
  return rows.map((row) => ({
    issuerId: String(row.issuer_id),
    unit: String(row.unit),
    expiresOn: toSafeInteger(row.expires_on),
    priceClass: String(row.price_class),
    // The statement asks for no others.
    account: row.account as OpenPoints['account'],
    points: toSafeInteger(row.points),
  }));
}

/**
 * What merchants accepted, by issuer and price; only what concerns one merchant when it is named. For an
 * audit: it reads that part of the journal.
 */
export async function readAcceptedPoints(
  reader: EntityManager,
  { afterSeq, throughSeq }: Range,
  merchantId: string | null,
): Promise<AcceptedPoints[]> {
  const [ofMerchant, named] = concerning(merchantId);
  const rows = await reader.query<Row[]>(
    `SELECT issuer_id, owner_id, price_class, SUM(amount) AS points FROM points_posting
     WHERE seq > ? AND seq <= ? AND account = 'REDEEMED' ${ofMerchant}
     GROUP BY issuer_id, owner_id, price_class ORDER BY issuer_id, owner_id, price_class`,
    [afterSeq, throughSeq, ...named],
  );
  return rows.map((row) => ({
    issuerId: String(row.issuer_id),
    acceptorId: String(row.owner_id),
    priceClass: String(row.price_class),
    points: toSafeInteger(row.points),
  }));
}

/**
 * In how many entries points were accepted, by `issuerId` and `acceptorId`; when a merchant is named, all
 * others are one, whose id is null.
 */
export async function countAcceptances(
  reader: EntityManager,
  { afterSeq, throughSeq }: Range,
  merchantId: string | null,
): Promise<{ issuerId: string | null; acceptorId: string | null; count: number }[]> {
  const [ofMerchant, named] = concerning(merchantId);
  const shown = (column: string) =>
    merchantId === null ? column : `CASE WHEN ${column} = ? THEN ${column} END`;
  const rows = await reader.query<Row[]>(
    `SELECT issuer, acceptor, COUNT(DISTINCT seq) AS entries
     FROM (SELECT ${shown('issuer_id')} AS issuer, ${shown('owner_id')} AS acceptor, seq
       FROM points_posting
       WHERE seq > ? AND seq <= ? AND account = 'REDEEMED' AND amount > 0 ${ofMerchant}) AS accepted
     GROUP BY issuer, acceptor`,
    [...named, afterSeq, throughSeq, ...named],
  );
  return rows.map((row) => ({
    issuerId: row.issuer ?? null,
    acceptorId: row.acceptor ?? null,
    count: toSafeInteger(row.entries),
  }));
}

const concerning = (merchantId: string | null): [sql: string, parameters: string[]] =>
  merchantId === null
    ? ['', []]
    : ['AND (issuer_id = ? OR owner_id = ?)', [merchantId, merchantId]];
