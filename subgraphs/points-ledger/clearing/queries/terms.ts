import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { fraction, toSafeInteger } from '../../../../shared/quantities.ts';
import type { ClearingTerms } from '../domain/terms.ts';

/** The terms that were agreed with some merchants. One with whom none were is not there. */
export async function readTerms(
  manager: EntityManager,
  merchantIds: readonly string[],
  ending = '',
): Promise<Map<string, ClearingTerms>> {
  if (merchantIds.length === 0) return new Map();
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT * FROM points_clearing_terms
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ${ending}`,
    [...merchantIds],
  );
  return new Map(
    rows.map((row) => [
      String(row.merchant_id),
      {
        mode: row.mode === 'PREPAID' ? 'PREPAID' : 'POSTPAID',
        paymentDays: toSafeInteger(row.payment_days),
        fee: fraction(toSafeInteger(row.fee_numerator), toSafeInteger(row.fee_denominator)),
        guarantee: {
          amountMinor: toSafeInteger(row.guarantee_minor),
          currency: String(row.guarantee_currency),
        },
      },
    ]),
  );
}
