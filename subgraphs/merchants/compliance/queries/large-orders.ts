import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import type { Industry } from '../../entities/merchant.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Purchase, type PurchaseRow } from '../../entities/purchase.ts';
import { INDUSTRIES_WITH_PACKS, packOf } from '../domain/packs.ts';

const ORDERS_MAX = 100;

/**
 * The orders of trades that keep an eye on large ones (R31), from the amount of the industry's pack on, the
 * latest first; at most 100. In yuan alone: other currencies have no such amount.
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
      return reader.find(Purchase, {
        where: {
          merchantId: In(merchants.map(({ id }) => id)),
          currency: 'CNY',
          totalMinor: MoreThanOrEqual(largeOrderMinor),
        },
        order: { purchasedAt: 'DESC', id: 'ASC' },
        take: ORDERS_MAX,
      });
    }),
  );
  return found.flat().slice(0, ORDERS_MAX);
}
