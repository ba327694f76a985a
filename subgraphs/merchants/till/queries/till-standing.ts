import type { Context } from '../../context.ts';
import type { MerchantRow } from '../../entities/merchant.ts';
import { mayDo } from '../../standing/domain/staff.ts';
import { staffOf } from '../../standing/queries/staff.ts';

export type TillStanding = Readonly<{
  status: MerchantRow['status'];
  mayTake: boolean;
  purchaseId: string | null;
  pointsPaymentId: string | null;
}>;

type Asked = Readonly<{
  merchantId: string;
  orderNumber: string;
  subject?: string | null | undefined;
  storeId?: string | null | undefined;
}>;

/** How a merchant stands at its till, and whether an order of that number is recorded. Null: there is no such merchant. */
export async function tillStanding(
  { loaders, database: { reader } }: Context,
  { merchantId, orderNumber, subject, storeId }: Asked,
): Promise<TillStanding | null> {
  const merchant = await loaders.merchantById.load(merchantId);
  if (merchant === null) return null;
  const staff = subject == null ? null : await staffOf(reader, [merchantId]);
  const [order] = await reader.query<{ id: string; points_payment_id: string | null }[]>(
    'SELECT id, points_payment_id FROM merchants_purchase WHERE merchant_id = ? AND order_number = ?',
    [merchantId, orderNumber],
  );
  return {
    status: merchant.status,
    mayTake: staff === null || subject == null || mayDo(staff, subject, 'RECORD', storeId ?? null),
    purchaseId: order?.id ?? null,
    pointsPaymentId: order?.points_payment_id ?? null,
  };
}
