import { isKey } from '../../../shared/graphql/refusals.ts';
import { defectOfSale, type Sells } from '../till/domain/sells.ts';
import {
  CODE_MAX,
  defectOfOrder,
  ORDER_NUMBER_MAX,
  type Order,
  orderedLine,
  settingOf,
} from './order.ts';

/** A row that was not recorded: where it stood, and the sentence that says why. */
export type RejectedRow = Readonly<{
  row: number;
  code: string;
  parameters: Readonly<Record<string, string | number>>;
}>;

export const rejected = (
  row: number,
  code: string,
  parameters: RejectedRow['parameters'] = {},
): RejectedRow => ({ row, code, parameters });

/** A quantity of a product that an imported order takes back. */
export type ImportedReturn = Readonly<{
  row: number;
  /** The order that bought it; null: the latest earlier one with enough left. */
  orderNumber: string | null;
  sku: string;
  quantity: number;
}>;

/** An order of an import. `defect` is why it cannot be used whatever the books say, or null. */
export type Imported = Readonly<{
  row: number;
  customer: string;
  /** A keyed hash of the merchant's own customer number. */
  customerKey: string;
  order: Order;
  returns: readonly ImportedReturn[];
  defect: RejectedRow | null;
}>;

type Asked = Parameters<typeof settingOf>[0] &
  Readonly<{
    row: number;
    customer: string;
    orderNumber: string;
    purchasedAt: Date;
    lines: readonly Parameters<typeof orderedLine>[0][];
    returns?:
      | readonly Readonly<{
          row?: number | null | undefined;
          orderNumber?: string | null | undefined;
          sku: string;
          quantity: number;
        }>[]
      | null
      | undefined;
  }>;

const CUSTOMER_MAX = 64;

/** What is known of the merchant and the import. */
type ImportedTo = Readonly<{
  currency: string;
  at: Date;
  customerKey: string;
  sells: Sells;
}>;

/** Reads one order of an import and finds what makes it unusable. */
export function importedOrder(
  asked: Asked,
  { currency, at, customerKey, sells }: ImportedTo,
): Imported {
  const { row, customer } = asked;
  const order: Order = {
    orderNumber: asked.orderNumber,
    currency,
    purchasedAt: asked.purchasedAt,
    lines: asked.lines.map(orderedLine),
    ...settingOf(asked),
  };
  const returns = (asked.returns ?? []).map((part) => ({
    row: part.row ?? row,
    orderNumber: part.orderNumber ?? null,
    sku: part.sku,
    quantity: part.quantity,
  }));
  const read = { row, customer, customerKey, order, returns };
  return { ...read, defect: defectOf(read, at, sells) };
}

function defectOf(
  { row, customer, order, returns }: Omit<Imported, 'defect'>,
  at: Date,
  sells: Sells,
): RejectedRow | null {
  if (!isKey(customer, CUSTOMER_MAX)) {
    return rejected(row, 'CUSTOMER_NOT_USABLE', { max: CUSTOMER_MAX });
  }
  for (const part of returns) {
    const found = defectOfReturn(part);
    if (found !== null) return found;
  }
  // An order that only takes back has no lines of its own; the rest of it is checked alike.
  const onlyReturns = order.lines.length === 0 && returns.length > 0;
  const checked = onlyReturns ? { ...order, lines: [orderedLine({ amountMinor: 1 })] } : order;
  const found = defectOfOrder(checked, at) ?? defectOfSale(order, sells);
  return found === null
    ? null
    : rejected(row, found.code, { ...found.parameters, field: found.field });
}

function defectOfReturn({ row, orderNumber, sku, quantity }: ImportedReturn): RejectedRow | null {
  if (quantity < 1) return rejected(row, 'AMOUNT_NOT_POSITIVE', { field: 'quantity' });
  if (!isKey(sku, CODE_MAX))
    return rejected(row, 'KEY_NOT_USABLE', { field: 'sku', max: CODE_MAX });
  if (orderNumber === null || isKey(orderNumber, ORDER_NUMBER_MAX)) return null;
  return rejected(row, 'KEY_NOT_USABLE', { field: 'orderNumber', max: ORDER_NUMBER_MAX });
}

/**
 * The orders whose number stood in the same import before. The orders themselves: what an import calls
 * their rows need not tell them apart.
 */
export function repeatedOrders(orders: readonly Imported[]): ReadonlySet<Imported> {
  const known = new Set<string>();
  return new Set(
    orders.filter(({ order: { orderNumber } }) => {
      if (known.has(orderNumber)) return true;
      known.add(orderNumber);
      return false;
    }),
  );
}
