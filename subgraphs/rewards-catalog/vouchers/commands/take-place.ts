import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';

/** More than any reward allows. */
const UNBOUND = 1_000_000;

/**
 * Takes one of the places that an order has for vouchers. False when it has none left: no voucher that is used with
 * it is used with more than its reward allows, whichever came first. One statement looks and takes.
 */
export async function takePlace(
  { manager, dialect }: Work,
  merchantId: string,
  orderNumber: string,
  allowed: number,
): Promise<boolean> {
  await insertRows(
    manager,
    'rewards_voucher_order',
    ['merchant_id', 'order_number', 'used', 'allowed'],
    [[merchantId, orderNumber, 0, UNBOUND]],
    { ending: dialect.onDuplicateKeep(['merchant_id', 'order_number']) },
  );
  const taken = await execute(
    manager,
    `UPDATE rewards_voucher_order
     SET allowed = CASE WHEN allowed < ? THEN allowed ELSE ? END, used = used + 1
     WHERE merchant_id = ? AND order_number = ? AND used < allowed AND used < ?`,
    [allowed, allowed, merchantId, orderNumber, allowed],
  );
  return taken === 1;
}
