import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';

/** Something of these orders came back, which the caller has locked: the first ones of invitees are looked at again. */
export async function lookAtReferrals(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  purchaseIds: readonly string[],
): Promise<void> {
  await execute(
    manager,
    `UPDATE merchants_referral SET due_ms = ?, attempts = 0
     WHERE purchase_id IN (${placeholders(purchaseIds.length)}) AND refunded_ms IS NULL`,
    [at.getTime(), ...purchaseIds],
  );
}
