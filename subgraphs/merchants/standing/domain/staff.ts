import type { StaffDeed } from '../../../../shared/graphql/staff.ts';

/** What somebody does for a merchant. */
export type StaffRole = 'OWNER' | 'MANAGER' | 'CASHIER' | 'COMPLIANCE';

/** What can be done in the name of a merchant. */
export type Deed =
  | 'RECORD'
  | 'RETURN'
  | 'CORRECT'
  | 'IMPORT'
  | 'STORES'
  | 'RULES'
  | 'CAMPAIGNS'
  | 'DOCUMENTS'
  | 'CONTRACT'
  | 'LEAVE'
  | 'STAFF'
  // What is done in other subgraphs, which ask for it (`staffMay`).
  | StaffDeed;

export type StaffMember = Readonly<{ subject: string; role: StaffRole; storeCode: string | null }>;

/** What each may do; an owner may do everything. */
const may: Readonly<Record<Exclude<StaffRole, 'OWNER'>, readonly Deed[]>> = {
  MANAGER: [
    ...(['RECORD', 'RETURN', 'CORRECT', 'IMPORT', 'STORES', 'RULES', 'CAMPAIGNS'] as const),
    ...(['REWARDS', 'AFTERSALES', 'SETTLE'] as const),
  ],
  CASHIER: ['RECORD', 'RETURN', 'AFTERSALES'],
  COMPLIANCE: ['DOCUMENTS', 'RULES'],
};

/**
 * Whether somebody may do something in the name of a merchant. As long as it has declared no staff, everybody
 * who signs in for it may. A cashier with a store records at that store alone.
 */
export function mayDo(
  staff: readonly StaffMember[],
  subject: string,
  deed: Deed,
  storeCode: string | null = null,
): boolean {
  if (staff.length === 0) return true;
  const member = staff.find((one) => one.subject === subject);
  if (member === undefined) return false;
  if (member.role === 'OWNER') return true;
  if (!may[member.role].includes(deed)) return false;
  const isBound = member.role === 'CASHIER' && member.storeCode !== null && deed === 'RECORD';
  return !isBound || member.storeCode === storeCode;
}

/** Why staff may not become what it would be, or null: there is an owner as long as there is anybody. */
export const staffDefect = (after: readonly StaffMember[]): 'OWNER_NEEDED' | null =>
  after.length > 0 && !after.some(({ role }) => role === 'OWNER') ? 'OWNER_NEEDED' : null;
