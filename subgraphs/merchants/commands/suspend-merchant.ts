import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
} from '../../../shared/graphql/refusals.ts';
import { merchantSuspended } from '../domain/purchase-events.ts';
import { Merchant } from '../entities/merchant.ts';
import type { SuspendMerchantInput } from '../schema.generated.ts';

export type MerchantSuspended = Readonly<{ kind: 'MerchantSuspended'; merchantId: string }>;

/** Stops a merchant from issuing and accepting. One that is suspended already stays so. */
export async function suspendMerchant(
  { manager, dialect, at, newId, caller }: Work,
  { merchantId, reason }: SuspendMerchantInput,
): Promise<MerchantSuspended | NotFound | InvalidInput> {
  const unusable = checkText('reason', reason, 500);
  if (unusable !== null) return unusable;
  const [merchant] = await manager.query<{ id: string; status: string }[]>(
    `SELECT id, status FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`,
    [merchantId],
  );
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');

  // From here on the command must succeed.
  if (merchant.status === 'ACTIVE') {
    await manager.update(Merchant, merchantId, {
      status: 'SUSPENDED',
      statusReason: reason.trim(),
    });
    await insertRows(
      manager,
      'merchants_suspension',
      ['id', 'merchant_id', 'from_ms', 'reason', 'suspended_by'],
      [[newId(), merchantId, at.getTime(), reason.trim(), caller.subject]],
    );
    await appendEvents(manager, at, [merchantSuspended(merchantId)]);
  }
  return { kind: 'MerchantSuspended', merchantId };
}
