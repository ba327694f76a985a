import type { RedemptionState } from '../../domain/redemption.ts';

type Standing = Readonly<{
  state: RedemptionState;
  fulfilBy: Date | null;
  cancelAt: Date | null;
}>;

/** Whether nothing of what is left of an upgrade was used or handed over, so that it goes with its order (S15). */
export function isUnused(
  { state, fulfilBy, cancelAt }: Standing,
  voucher: Readonly<{ usedAt: Date | null }> | null,
): boolean {
  if (cancelAt !== null || state === 'RELEASING' || state === 'CANCELLED') return false;
  const isHandedOver = fulfilBy !== null && (state === 'FULFILLED' || state === 'CAPTURED');
  return !isHandedOver && (voucher === null || voucher.usedAt === null);
}
