import { checkKey, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { VoucherOrder } from './fit.ts';

/** As the till states it. */
export type StatedOrder = Readonly<{
  orderNumber: string;
  storeId?: string | null | undefined;
  total?: Readonly<{ amountMinor: number; currency: string }> | null | undefined;
  lines?:
    | readonly Readonly<{
        sku: string;
        category?: string | null | undefined;
        amountMinor: number;
      }>[]
    | null
    | undefined;
}>;

const NAME_MAX = 64;
const LINES_MAX = 500;

/** The order as it was stated, with nothing left open, or the first thing that is wrong with it. */
export function checkedOrder(
  stated: StatedOrder | null | undefined,
  field = 'order',
): VoucherOrder | InvalidInput | null {
  if (stated == null) return null;
  const order: VoucherOrder = {
    orderNumber: stated.orderNumber,
    storeId: stated.storeId ?? null,
    total: stated.total ?? null,
    lines: (stated.lines ?? []).map((line) => ({ ...line, category: line.category ?? null })),
  };
  return defectOf(order, field) ?? order;
}

/** Whether it is one of `checkedOrder`'s refusals. */
export const isRefused = (order: VoucherOrder | InvalidInput | null): order is InvalidInput =>
  order !== null && 'kind' in order;

function defectOf({ orderNumber, storeId, total, lines }: VoucherOrder, field: string) {
  const wrong =
    checkKey(`${field}.orderNumber`, orderNumber, NAME_MAX) ??
    (storeId === null ? null : checkKey(`${field}.storeId`, storeId, NAME_MAX)) ??
    checkAmount(`${field}.total.amountMinor`, total?.amountMinor ?? 0) ??
    (lines.length <= LINES_MAX
      ? null
      : invalidInput('ORDER_TOO_LONG', `${field}.lines`, { max: LINES_MAX }));
  if (wrong !== null) return wrong;
  for (const [at, { sku, amountMinor }] of lines.entries()) {
    const bad =
      checkKey(`${field}.lines.${at}.sku`, sku, NAME_MAX) ??
      checkAmount(`${field}.lines.${at}.amountMinor`, amountMinor);
    if (bad !== null) return bad;
  }
  return null;
}

const AMOUNT_MAX = 1_000_000_000_000;

const checkAmount = (field: string, amount: number): InvalidInput | null => {
  if (amount < 0) return invalidInput('AMOUNT_NEGATIVE', field);
  return amount <= AMOUNT_MAX ? null : invalidInput('ORDER_AMOUNT_TOO_LARGE', field);
};
