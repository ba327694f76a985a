import type { EntityManager } from 'typeorm';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import { claimAmount } from '../domain/price.ts';

/** Where one merchant stands towards all others in one currency, in its smallest unit. */
export type ClearingPositionRow = Readonly<{
  merchantId: string;
  currency: string;
  receivable: number;
  payable: number;
}>;

type Claim = Readonly<{
  debtorId: string;
  creditorId: string;
  currency: string;
  amountMinor: number;
}>;

/**
 * Adds up the claims of the books. All points of one issuer, acceptor and price are added first and
 * rounded once, so that nobody gains by redeeming them one by one; and as both sides of a claim are
 * the same number, the nets add up to zero.
 */
export async function clearingPositions(reader: EntityManager): Promise<ClearingPositionRow[]> {
  const rows = await reader.query<Record<string, string>[]>(
    `SELECT owner_id, issuer_id, price_class, SUM(amount) AS points FROM points_posting
     WHERE account = 'REDEEMED' AND owner_id <> issuer_id
     GROUP BY owner_id, issuer_id, price_class ORDER BY owner_id, issuer_id, price_class`,
  );
  const claims = rows.map((row): Claim => {
    const { currency, amountMinor } = claimAmount(
      toSafeInteger(row.points),
      String(row.price_class),
    );
    const debtorId = String(row.issuer_id);
    return { debtorId, creditorId: String(row.owner_id), currency, amountMinor };
  });
  const sides = claims.flatMap(({ debtorId, creditorId, currency, amountMinor }) => [
    { merchantId: creditorId, currency, receivable: amountMinor, payable: 0 },
    { merchantId: debtorId, currency, receivable: 0, payable: amountMinor },
  ]);
  return Map.groupBy(sides, ({ merchantId, currency }) => `${merchantId}\n${currency}`)
    .entries()
    .toArray()
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first === undefined
        ? []
        : [
            {
              merchantId: first.merchantId,
              currency: first.currency,
              receivable: sum([first, ...others].map(({ receivable }) => receivable)),
              payable: sum([first, ...others].map(({ payable }) => payable)),
            },
          ],
    );
}
