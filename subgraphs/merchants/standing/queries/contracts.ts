import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { Contract, type ContractRow } from '../entities/contract.ts';

/** The versions of contracts that are in force at an instant, by merchant. One statement. */
export async function contractsInForce(
  manager: EntityManager,
  merchantIds: readonly string[],
  at: Date,
): Promise<Map<string, ContractRow>> {
  if (merchantIds.length === 0) return new Map();
  const rows = await manager.find(Contract, {
    where: {
      merchantId: In([...merchantIds]),
      state: 'AGREED',
      effectiveAt: LessThanOrEqual(at),
    },
    order: { version: 'ASC' },
  });
  // The later version overrides the earlier one.
  return new Map(rows.map((row) => [row.merchantId, row]));
}
