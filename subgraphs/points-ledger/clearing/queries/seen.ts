import { type Caller, seesAll } from '../../../../shared/graphql/caller.ts';
import type { BurnRow } from './burns.ts';
import type { LineRow } from './rows.ts';

/** Whether it happened at the counter of who accepts the points: a redemption, or a return to it. */
const isAtCreditor = ({ kind, points }: BurnRow): boolean =>
  kind === 'BURN' ||
  kind === 'CAPTURE' ||
  kind === 'REVERSE' ||
  // Given back by who had accepted them. Above zero they pay a debt to somebody else.
  (kind === 'REFUND' && points < 0);

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
  burn: BurnRow,
): { kind: string; id: string } | null {
  const isOfDebtor = burn.kind === 'ACCRUE' || burn.kind === 'VEST';
  const isSeen = seesAll(caller) || isAtCreditor(burn) || (isOfDebtor && merchantId === debtorId);
  return isSeen ? { kind: burn.causeKind, id: burn.causeId } : null;
}
