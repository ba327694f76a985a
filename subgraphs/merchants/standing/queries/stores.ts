import type { EntityManager } from 'typeorm';
import { Store } from '../entities/store.ts';

/** The codes under which a merchant's orders name its stores. */
export async function storeCodesOf(
  manager: EntityManager,
  merchantId: string,
): Promise<ReadonlySet<string>> {
  const stores = await manager.findBy(Store, { merchantId });
  return new Set(stores.map(({ code }) => code));
}
