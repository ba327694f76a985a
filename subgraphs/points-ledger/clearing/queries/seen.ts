import { type Caller, seesAll } from '../../../../shared/graphql/caller.ts';
import type { BurnRow } from './burns.ts';
import type { LineRow } from './rows.ts';

/** Entries that happen at the counter of who accepts the points: redemptions, and returns to it. */
const AT_CREDITOR = new Set(['BURN', 'CAPTURE', 'REVERSE', 'REFUND']);

/**
 * Who issued the points of a line: null for the creditor. It knows its redemptions and so the member of
 * each burn; with the debtor it would learn where else she shops. It checks the burns of a line against
 * its own redemptions, and is paid by whom netting names, so it needs the name for neither.
 */
export const debtorSeenBy = (caller: Caller, { merchantId, debtorId }: LineRow): string | null =>
  seesAll(caller) || merchantId === debtorId ? debtorId : null;

/**
 * What caused a burn, as far as it is the merchant's affair: to both sides what happened at the
 * creditor's counter, to the debtor also its own purchases. When points come in elsewhere and pay what a
 * member owed after a return, the cause is a matter of others.
 */
export function causeSeenBy(
  caller: Caller,
  { merchantId, debtorId }: LineRow,
  { kind, causeKind, causeId }: BurnRow,
): { kind: string; id: string } | null {
  const isSeen =
    seesAll(caller) || AT_CREDITOR.has(kind) || (kind === 'ACCRUE' && merchantId === debtorId);
  return isSeen ? { kind: causeKind, id: causeId } : null;
}
