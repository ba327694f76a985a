import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** Where the points of one issuer and unit are. `balance` is zero as long as nothing was tampered with. */
export type ConservationRow = Readonly<{
  issuerId: string;
  unit: string;
  issued: number;
  available: number;
  held: number;
  pending: number;
  redeemed: number;
  expired: number;
  debt: number;
  balance: number;
}>;

/** Adds up all postings. For an audit: it reads the whole journal. */
export async function conservation(reader: EntityManager): Promise<ConservationRow[]> {
  const of = (account: string) => `SUM(CASE account WHEN '${account}' THEN amount ELSE 0 END)`;
  const rows = await reader.query<Record<string, string>[]>(
    `SELECT issuer_id, unit, ${of('OUTSTANDING')} AS outstanding, ${of('AVAILABLE')} AS available,
       ${of('HELD')} AS held, ${of('PENDING')} AS pending, ${of('REDEEMED')} AS redeemed, ${of('DEBT')} AS debt,
       ${of('BREAKAGE')} AS expired, SUM(amount) AS balance
     FROM points_posting GROUP BY issuer_id, unit ORDER BY issuer_id, unit`,
  );
  return rows.map((row) => ({
    issuerId: String(row.issuer_id),
    unit: String(row.unit),
    // In the postings what was issued and what is owed are negative.
    issued: 0 - toSafeInteger(row.outstanding),
    available: toSafeInteger(row.available),
    held: toSafeInteger(row.held),
    pending: toSafeInteger(row.pending),
    redeemed: toSafeInteger(row.redeemed),
    expired: toSafeInteger(row.expired),
    debt: 0 - toSafeInteger(row.debt),
    balance: toSafeInteger(row.balance),
  }));
}
