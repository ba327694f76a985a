import type { EntityManager } from 'typeorm';
import type { Industry } from '../../entities/merchant.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Purchase, type PurchaseRow } from '../../entities/purchase.ts';
import { INDUSTRIES_WITH_PACKS, packOf } from '../domain/packs.ts';

const ORDERS_MAX = 100;

/** What the merchant of a purchase states as the amount from which on it looks at orders; text, as all facts. */
const STATED = `(SELECT fact.fact + 0 FROM merchants_industry_fact fact
  WHERE fact.merchant_id = purchase.merchantId AND fact.name = 'LARGE_ORDER_MINOR')`;

/**
 * The orders of trades that keep an eye on large ones (R31), from the amount on that the merchant has stated, and
 * from that of the industry's pack on in any case, the latest first; at most 100. In yuan alone: other currencies have no such amount.
 */
export async function largeOrders(
  reader: EntityManager,
  merchantId: string | null,
): Promise<PurchaseRow[]> {
  const watched = INDUSTRIES_WITH_PACKS.flatMap((industry) => {
    const { largeOrderMinor } = packOf(industry);
    return largeOrderMinor === null ? [] : [{ industry: industry as Industry, largeOrderMinor }];
  });
  const found = await Promise.all(
    watched.map(async ({ industry, largeOrderMinor }) => {
      const merchants = await reader.find(Merchant, {
        where: { industry, ...(merchantId === null ? {} : { id: merchantId }) },
        select: { id: true },
      });
      if (merchants.length === 0) return [];
      const ids = merchants.map(({ id }) => id);
      return reader
        .createQueryBuilder(Purchase, 'purchase')
        .where("purchase.merchantId IN (:...ids) AND purchase.currency = 'CNY'", { ids })
        .andWhere(`(purchase.totalMinor >= :least OR purchase.totalMinor >= ${STATED})`, {
          least: largeOrderMinor,
        })
        .orderBy('purchase.purchasedAt', 'DESC')
        .addOrderBy('purchase.id', 'ASC')
        .take(ORDERS_MAX)
        .getMany();
    }),
  );
  return found.flat().slice(0, ORDERS_MAX);
}
