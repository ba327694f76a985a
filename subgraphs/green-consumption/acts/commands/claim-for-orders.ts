import type { EntityManager } from 'typeorm';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';
import { groupOf } from '../domain/behaviours.ts';
import { orderClaim } from '../domain/claim.ts';
import { claimAll } from './claims.ts';

type Order = Readonly<{
  purchaseId: string;
  merchantId: string;
  orderNumber?: string | null | undefined;
}>;

/**
 * Claims the deeds of orders for the purchases that enter them, and leaves out the entries of deeds that an act has
 * claimed before: a deed is in the accounts once.
 */
export async function claimForOrders(
  write: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  orders: readonly Order[],
  entries: readonly CarbonEntry[],
): Promise<CarbonEntry[]> {
  const byCause = new Map(orders.map((order) => [`purchase:${order.purchaseId}`, order]));
  const claimOf = ({ cause, factorCode }: CarbonEntry): string | null => {
    const { merchantId, orderNumber } = byCause.get(cause) ?? {};
    return merchantId && orderNumber
      ? orderClaim(merchantId, orderNumber, groupOf(factorCode))
      : null;
  };
  const claims = new Map(
    entries.flatMap((entry): [string, string][] => {
      const claim = claimOf(entry);
      return claim === null ? [] : [[claim, entry.cause]];
    }),
  );
  if (claims.size === 0) return [...entries];
  const holders = await claimAll(write, claims);
  return entries.filter((entry) => {
    const claim = claimOf(entry);
    return claim === null || holders.get(claim) === entry.cause;
  });
}
