import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { takePlace } from '../../vouchers/commands/take-place.ts';
import type { UseVoucher } from '../../vouchers/commands/use-voucher.ts';
import { fitOrder } from '../../vouchers/domain/fit.ts';
import {
  type BelowThreshold,
  belowThreshold,
  type OutOfScope,
  outOfScope,
} from '../../vouchers/domain/refusals.ts';
import { termsOf, whyNotNow } from '../domain/first-order.ts';
import { FirstOrderOffer, FirstOrderVoucher } from '../entities/first-order.ts';
import type { FirstOrder } from '../queries/first-order.ts';

/** `discountMinor`: what it takes off, in the smallest unit of `currency`. */
export type FirstOrderVoucherUsed = Readonly<{
  kind: 'FirstOrderVoucherUsed';
  voucherId: string;
  discountMinor: number;
  currency: string;
}>;

export type UseFirstOrderOutcome =
  | FirstOrderVoucherUsed
  | BelowThreshold
  | OutOfScope
  | NotFound
  | InvalidInput
  | Refused<'VoucherNotUsable'>;

/**
 * Uses it with the first order of its member, and with no other one; alone, once. `firstOrder` is what merchants said
 * just before; null: it knows of none yet.
 */
export const useFirstOrderVoucher = (firstOrder: FirstOrder | null) =>
  // The frame scopes keys by the name of the function.
  async function useFirstOrderVoucher(
    work: Work,
    { merchantId, codeHash, order }: UseVoucher,
  ): Promise<UseFirstOrderOutcome> {
    const { manager, dialect, at } = work;
    await manager.query(
      `SELECT id FROM rewards_first_order_voucher WHERE code_hash = ? ${dialect.forUpdate}`,
      [codeHash],
    );
    const voucher = await manager.findOneByOrFail(FirstOrderVoucher, { codeHash });
    const offer = await manager.findOneByOrFail(FirstOrderOffer, { id: voucher.offerId });
    if (offer.merchantId !== merchantId) return notFound('VOUCHER_NOT_FOUND');
    if (order === undefined) return invalidInput('ORDER_NEEDED', 'order');
    const why = whyNotNow(voucher, at);
    if (why !== null) return refused('VoucherNotUsable', ...why);
    const { orderNumber, storeId } = order;
    const isFirst = firstOrder === null || isSame(firstOrder, { merchantId, orderNumber });
    if (!isFirst) return refused('VoucherNotUsable', 'FIRST_ORDER_MADE');
    const terms = termsOf(offer);
    const fits = fitOrder(terms, order);
    if (fits.kind === 'BelowThreshold') return belowThreshold(fits, terms);
    if (fits.kind === 'OutOfScope') return outOfScope(fits, terms);
    if (fits.kind === 'InvalidInput') return fits;
    if (!(await takePlace(work, merchantId, orderNumber, 1))) {
      return refused('VoucherNotUsable', 'VOUCHER_ORDER_FULL', { orderNumber });
    }

    // From here on the command must succeed.
    await execute(
      manager,
      `UPDATE rewards_first_order_voucher SET used_ms = ?, used_order = ?, used_store = ?
       WHERE code_hash = ?`,
      [at.getTime(), orderNumber, storeId, codeHash],
    );
    return {
      ...{ kind: 'FirstOrderVoucherUsed', voucherId: voucher.id },
      ...{ discountMinor: fits.discountMinor ?? offer.faceMinor, currency: offer.currency },
    };
  };

const isSame = (one: FirstOrder, other: FirstOrder): boolean =>
  one.merchantId === other.merchantId && one.orderNumber === other.orderNumber;
