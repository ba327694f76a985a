import { type EntityManager, In } from 'typeorm';
import { Store } from '../entities/store.ts';

/** The codes under which a merchant's orders name its stores. */
export async function storeCodesOf(
  manager: EntityManager,
  merchantId: string,
): Promise<ReadonlySet<string>> {
  const stores = await manager.findBy(Store, { merchantId });
  return new Set(stores.map(({ code }) => code));
}

type Placed = Readonly<{ storeId: string | null; region: string | null }>;

/**
 * Orders with the region of the store that they name, where they name none themselves. One statement, and none
 * when no order needs it.
 */
export async function inRegions<Order extends Placed>(
  manager: EntityManager,
  merchantId: string,
  orders: readonly Order[],
): Promise<Order[]> {
  const codes = orders.flatMap(({ storeId, region }) => (region === null ? (storeId ?? []) : []));
  if (codes.length === 0) return [...orders];
  const stores = await manager.findBy(Store, { merchantId, code: In([...new Set(codes)]) });
  const regions = new Map(stores.map(({ code, region }) => [code, region]));
  return orders.map((order) => ({
    ...order,
    region: order.region ?? regions.get(order.storeId ?? '') ?? null,
  }));
}
