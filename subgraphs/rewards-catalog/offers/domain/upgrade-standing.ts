import type { RedemptionState } from '../../domain/redemption.ts';

type Standing = Readonly<{
  state: RedemptionState;
  fulfilBy: Date | null;
  cancelAt: Date | null;
  returned: number;
}>;

/** Whether nothing of an upgrade was used, handed over or given back, so that it goes with its order (S15). */
export function isUnused(
  { state, fulfilBy, cancelAt, returned }: Standing,
  voucher: Readonly<{ usedAt: Date | null }> | null,
): boolean {
  if (cancelAt !== null || state === 'RELEASING' || state === 'CANCELLED') return false;
  const isHandedOver = fulfilBy !== null && (state === 'FULFILLED' || state === 'CAPTURED');
  return !isHandedOver && returned === 0 && (voucher === null || voucher.usedAt === null);
}
