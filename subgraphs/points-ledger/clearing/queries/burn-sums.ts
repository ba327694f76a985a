import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { BurnSum } from '../domain/cut.ts';

/** What makes a posting a claim: the points were accepted by another merchant than their issuer. */
export const IS_CLAIM = "posting.account = 'REDEEMED' AND posting.owner_id <> posting.issuer_id";

/**
 * What was redeemed in a part of the books, by debtor, creditor and price class, with what was cleared
 * of them before. Reads these entries alone, in the order of the primary key.
 */
export async function readBurnSums(
  manager: EntityManager,
  { firstSeq, lastSeq }: Readonly<{ firstSeq: number; lastSeq: number }>,
): Promise<BurnSum[]> {
  const rows = await manager.query<Record<string, string | null>[]>(
    `SELECT burnt.*, total.points AS carried_points, total.amount_minor AS carried_minor
     FROM (SELECT posting.issuer_id, posting.owner_id, posting.price_class,
         SUM(posting.amount) AS points, COUNT(*) AS burns
       FROM points_posting posting WHERE posting.seq BETWEEN ? AND ? AND ${IS_CLAIM}
       GROUP BY posting.issuer_id, posting.owner_id, posting.price_class) burnt
     LEFT JOIN points_clearing_total total ON total.debtor_id = burnt.issuer_id
       AND total.creditor_id = burnt.owner_id AND total.price_class = burnt.price_class`,
    [firstSeq, lastSeq],
  );
  return rows.map((row) => ({
    debtorId: String(row.issuer_id),
    creditorId: String(row.owner_id),
    priceClass: String(row.price_class),
    points: toSafeInteger(row.points),
    burns: toSafeInteger(row.burns),
    carried: {
      points: toSafeInteger(row.carried_points ?? 0),
      amountMinor: toSafeInteger(row.carried_minor ?? 0),
    },
  }));
}

/** Up to where the books are cut, and how many cycles there are. */
export async function readClearingHead(
  manager: EntityManager,
  ending = '',
): Promise<{ cycles: number; lastSeq: number }> {
  const [row] = await manager.query<Record<string, string>[]>(
    `SELECT cycles, last_seq FROM points_clearing_head WHERE id = 1 ${ending}`,
  );
  return { cycles: toSafeInteger(row?.cycles), lastSeq: toSafeInteger(row?.last_seq) };
}
