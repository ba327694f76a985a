import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { actsForMerchant, type Caller, hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { type Deed, mayDo, type StaffMember, type StaffRole } from '../domain/staff.ts';

export type StaffRow = StaffMember & Readonly<{ merchantId: string; addedAt: Date }>;

/** Who works for merchants, in the order in which they were added. */
export async function staffOf(
  manager: Pick<EntityManager, 'query'>,
  merchantIds: readonly string[],
): Promise<StaffRow[]> {
  if (merchantIds.length === 0) return [];
  type Found = { merchant_id: string; subject: string; role: StaffRole; store_code: string | null };
  const rows = await manager.query<(Found & { added_ms: unknown })[]>(
    `SELECT merchant_id, subject, role, store_code, added_ms FROM merchants_staff
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ORDER BY added_ms, subject`,
    [...merchantIds],
  );
  return rows.map((row) => ({
    merchantId: row.merchant_id,
    subject: row.subject,
    role: row.role,
    storeCode: row.store_code,
    addedAt: new Date(toSafeInteger(row.added_ms)),
  }));
}

/**
 * Throws FORBIDDEN unless the caller may do something in the name of a merchant: an operator, another subgraph,
 * or staff whose role lets her. `storeCode` is where she does it.
 */
export async function requireDeed(
  { manager, caller }: Readonly<{ manager: Pick<EntityManager, 'query'>; caller: Caller }>,
  merchantId: string,
  deed: Deed,
  storeCode: string | null = null,
): Promise<void> {
  if (!actsForMerchant(caller, merchantId)) throw fault('FORBIDDEN');
  if (hasRole(caller, 'OPERATOR', 'SERVICE')) return;
  const staff = await staffOf(manager, [merchantId]);
  if (!mayDo(staff, caller.subject, deed, storeCode)) throw fault('FORBIDDEN', 'STAFF_MAY_NOT');
}

/** Throws FORBIDDEN when the caller works for a merchant and her role there does not let her do something. */
export async function requireOwnDeed(
  work: Parameters<typeof requireDeed>[0],
  deed: Deed,
): Promise<void> {
  const { caller } = work;
  if (caller.merchantId !== null) await requireDeed(work, caller.merchantId, deed);
}
