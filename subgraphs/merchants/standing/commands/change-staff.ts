import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { AddStaffInput, RemoveStaffInput } from '../../schema.generated.ts';
import { unknownStore } from '../../till/domain/stores.ts';
import { type StaffMember, staffDefect } from '../domain/staff.ts';
import { requireDeed, staffOf } from '../queries/staff.ts';
import { storeCodesOf } from '../queries/stores.ts';

export type StaffChanged = Readonly<{ kind: 'StaffChanged'; merchantId: string }>;

const SUBJECT_MAX = 64;
const STAFF_MAX = 1_000;

/**
 * Says who works for a merchant and as what; who is there already changes her role. From the first one on,
 * which is an owner, only staff acts for the merchant.
 */
export async function addStaff(
  work: Work,
  { merchantId, subject, role, storeCode = null }: AddStaffInput,
): Promise<StaffChanged | Refused<'OwnerNeeded'> | NotFound | InvalidInput> {
  const { manager, dialect, at, caller } = work;
  await requireDeed(work, merchantId, 'STAFF');
  const unusable = checkKey('subject', subject, SUBJECT_MAX);
  if (unusable !== null) return unusable;
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');
  const stores = storeCode === null ? new Set<string>() : await storeCodesOf(manager, merchantId);
  if (storeCode !== null && !stores.has(storeCode)) {
    const { code, field, parameters } = unknownStore(storeCode, [...stores], 'storeCode');
    return invalidInput(code, field, parameters);
  }
  const staff = await staffOf(manager, [merchantId]);
  if (staff.length >= STAFF_MAX) {
    return invalidInput('TOO_MANY_STAFF', 'subject', { max: STAFF_MAX });
  }
  const after: StaffMember[] = [...without(staff, subject), { subject, role, storeCode }];
  if (staffDefect(after) !== null) return refused('OwnerNeeded', 'OWNER_NEEDED');

  // From here on the command must succeed.
  await insertRows(
    manager,
    'merchants_staff',
    ['merchant_id', 'subject', 'role', 'store_code', 'added_by', 'added_ms'],
    [[merchantId, subject, role, storeCode, caller.subject, at.getTime()]],
    { ending: dialect.onDuplicateUpdate(['merchant_id', 'subject'], ['role', 'store_code']) },
  );
  return { kind: 'StaffChanged', merchantId };
}

/** Lets somebody work for a merchant no longer. The last owner goes last. */
export async function removeStaff(
  work: Work,
  { merchantId, subject }: RemoveStaffInput,
): Promise<StaffChanged | Refused<'OwnerNeeded'> | NotFound> {
  await requireDeed(work, merchantId, 'STAFF');
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');
  const staff = await staffOf(work.manager, [merchantId]);
  if (!staff.some((one) => one.subject === subject)) return notFound('STAFF_NOT_FOUND');
  if (staffDefect(without(staff, subject)) !== null) return refused('OwnerNeeded', 'OWNER_NEEDED');

  // From here on the command must succeed.
  await execute(work.manager, 'DELETE FROM merchants_staff WHERE merchant_id = ? AND subject = ?', [
    merchantId,
    subject,
  ]);
  return { kind: 'StaffChanged', merchantId };
}

const without = (staff: readonly StaffMember[], subject: string): StaffMember[] =>
  staff.filter((one) => one.subject !== subject);

/** Two changes of one merchant's staff wait for each other. Whether there is such a merchant. */
export async function lockMerchant({ manager, dialect }: Work, id: string): Promise<boolean> {
  await manager.query(`SELECT id FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`, [id]);
  const merchant = await manager.findOneBy(Merchant, { id });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  return merchant?.id === id;
}
