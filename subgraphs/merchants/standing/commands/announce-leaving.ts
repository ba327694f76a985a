import { isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { AnnounceLeavingInput } from '../../schema.generated.ts';
import { hasLeft } from '../domain/issuing.ts';
import { earliestLeave } from '../domain/leaving.ts';
import { contractsInForce } from '../queries/contracts.ts';
import { requireDeed } from '../queries/staff.ts';
import { readStandings } from '../queries/standings.ts';

export type LeavingAnnounced = Readonly<{ kind: 'LeavingAnnounced'; merchantId: string }>;

/**
 * Says in public that a merchant leaves, 30 days before at least and as many as its contract asks for (R11).
 * It issues and accepts points until then. Announced again, the later word holds.
 */
export async function announceLeaving(
  work: Work,
  { merchantId, leavesOn, reason }: AnnounceLeavingInput,
): Promise<
  | LeavingAnnounced
  | Refused<'LeaveNoticeTooShort'>
  | NotFound
  | Refused<'MerchantNotActive'>
  | InvalidInput
> {
  const { manager, dialect, at, caller } = work;
  await requireDeed(work, merchantId, 'LEAVE');
  const unusable = checkText('reason', reason, 500);
  if (unusable !== null) return unusable;
  await manager.query(`SELECT id FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`, [
    merchantId,
  ]);
  const standing = (await readStandings(manager, [merchantId])).get(merchantId);
  if (standing === undefined) return notFound('MERCHANT_NOT_FOUND');
  if (hasLeft(standing, at)) return refused('MerchantNotActive', 'MERCHANT_LEFT');
  const contract = (await contractsInForce(manager, [merchantId], at)).get(merchantId);
  const earliest = earliestLeave(at, contract?.leaveNoticeDays ?? 0);
  if (parseIsoDay(leavesOn) < earliest.day) {
    const parameters = { earliest: isoDay(earliest.day), days: earliest.noticeDays };
    return refused('LeaveNoticeTooShort', 'LEAVE_NOTICE_TOO_SHORT', parameters);
  }

  // From here on the command must succeed.
  const columns = ['leaves_day', 'reason', 'announced_by', 'announced_ms'];
  await insertRows(
    manager,
    'merchants_leaving',
    ['merchant_id', ...columns],
    [[merchantId, parseIsoDay(leavesOn), reason.trim(), caller.subject, at.getTime()]],
    { ending: dialect.onDuplicateUpdate(['merchant_id'], columns) },
  );
  await appendEvents(manager, at, [
    { kind: 'merchant.leaving', payload: { merchantId, leavesOn } },
  ]);
  return { kind: 'LeavingAnnounced', merchantId };
}
