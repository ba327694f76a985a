import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** Where one merchant stands towards all others in one currency, in its smallest unit. */
export type ClearingPositionRow = Readonly<{
  merchantId: string;
  currency: string;
  receivable: number;
  payable: number;
}>;

/** Adds up the claims of the books, each as it was rounded there; so the nets add up to zero. */
export async function clearingPositions(reader: EntityManager): Promise<ClearingPositionRow[]> {
  const rows = await reader.query<Record<string, string>[]>(
    `SELECT merchant_id, currency, SUM(receivable) AS receivable, SUM(payable) AS payable FROM (
       SELECT owner_id AS merchant_id, claim_currency AS currency,
         SUM(claim_minor) AS receivable, 0 AS payable
       FROM points_posting WHERE claim_minor IS NOT NULL GROUP BY owner_id, claim_currency
       UNION ALL
       SELECT issuer_id, claim_currency, 0, SUM(claim_minor)
       FROM points_posting WHERE claim_minor IS NOT NULL GROUP BY issuer_id, claim_currency
     ) AS sides GROUP BY merchant_id, currency ORDER BY merchant_id, currency`,
  );
  return rows.map((row) => ({
    merchantId: String(row.merchant_id),
    currency: String(row.currency),
    receivable: toSafeInteger(row.receivable),
    payable: toSafeInteger(row.payable),
  }));
}
