import { setTimeout as sleep } from 'node:timers/promises';
import type { NewId } from '../../../shared/identifiers.ts';
import { sum } from '../../../shared/quantities.ts';
import { importedOrder } from '../domain/imported-order.ts';
import { awardOrder } from '../rules/domain/award-order.ts';
import { basicTerms } from '../rules/domain/terms.ts';
import { SELLS_ANYTHING } from '../till/domain/sells.ts';
import type { FileOrder } from './group-orders.ts';
import type { Mapping } from './mapping.ts';
import { type Ask, refusedBy, type Seller } from './merchant.ts';
import type { FileRow } from './read-row.ts';
import { Unusable } from './unusable.ts';

/** What became of a batch. A rejected row is worded when the graph has worded it. */
export type BatchOutcome = Readonly<{
  recorded: number;
  returned: number;
  unchanged: number;
  points: number;
  rejected: readonly Rejection[];
}>;

export type Rejection = Readonly<{
  row: number;
  code: string;
  message?: string;
  parameters?: Readonly<Record<string, string | number>>;
}>;

type Setting = Readonly<{
  ask: Ask;
  newId: NewId;
  mapping: Mapping;
  seller: Seller;
  isDryRun: boolean;
  now: () => Date;
}>;

const ATTEMPTS_MAX = 4;

const IMPORT = `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
  ... on PurchasesImported { recorded returned unchanged points rejected { row code message } }
  ... on Refusal { code message } } }`;

/** Sends orders to the graph, or says what it would do with them. Throws Unusable when it refuses. */
export async function sendOrders(
  orders: readonly FileOrder[],
  setting: Setting,
): Promise<BatchOutcome> {
  const purchases = orders.map((order) => purchaseOf(order));
  if (setting.seller.id === null) return previewForNewSeller(purchases, orders, setting);
  const { isDryRun, mapping, seller } = setting;
  const { importPurchases } = await patiently(setting, {
    input: {
      // One key for each batch of each run: a run that is repeated finds its orders unchanged.
      idempotencyKey: `import:${setting.newId()}`,
      merchantId: seller.id,
      currency: mapping.currency,
      dryRun: isDryRun,
      purchases,
    },
  });
  if (importPurchases.recorded === undefined) throw refusedBy(importPurchases);
  return isDryRun ? withEarlierBatches(importPurchases, orders) : importPurchases;
}

/** A request that gets no answer is made again under the same key, which does nothing twice. */
async function patiently({ ask }: Setting, variables: Readonly<Record<string, unknown>>) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(IMPORT, variables);
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) {
        const detail = error instanceof Error ? error.message : '';
        throw new Unusable('IMPORT_STOPPED', { detail });
      }
      await sleep(250 * 2 ** attempt);
    }
  }
}

type Purchase = ReturnType<typeof purchaseOf>;

const purchaseOf = ({
  row,
  customer,
  orderNumber,
  purchasedAt,
  setting,
  lines,
  returns,
}: FileOrder) => ({
  ...setting,
  row,
  customer,
  orderNumber,
  purchasedAt: purchasedAt.toISOString(),
  lines: lines.map(({ sku, description, category, quantity, amountMinor, certificateNumber }) => ({
    sku,
    description,
    category,
    quantity,
    amountMinor,
    certificateNumber,
  })),
  returns: returns.map(({ from, boughtWith }) => ({
    row: from.row,
    orderNumber: boughtWith,
    sku: from.sku ?? '',
    quantity: from.quantity,
  })),
});

/**
 * In a dry run the orders of earlier batches are not in the books, so the graph cannot find what was
 * bought with them: for a return that this file itself has the purchase of, the file is believed.
 */
function withEarlierBatches(outcome: BatchOutcome, orders: readonly FileOrder[]): BatchOutcome {
  const believed = rowsBoughtInFile(orders);
  const isBelieved = ({ row, code }: Rejection): boolean =>
    code === 'RETURN_WITHOUT_PURCHASE' && believed.has(row);
  const rejected = outcome.rejected.filter((rejection) => !isBelieved(rejection));
  const returned = outcome.returned + outcome.rejected.length - rejected.length;
  return { ...outcome, rejected, returned };
}

const rowsBoughtInFile = (orders: readonly FileOrder[]): Set<number> =>
  new Set(
    orders.flatMap(({ returns }) =>
      returns
        .filter(({ boughtWith }) => boughtWith !== null)
        .map(({ from }: { from: FileRow }) => from.row),
    ),
  );

/** What the graph would do for a merchant that it does not have yet: the same rules, without books. */
function previewForNewSeller(
  purchases: readonly Purchase[],
  orders: readonly FileOrder[],
  { mapping, now }: Setting,
): BatchOutcome {
  const { currency, merchant } = mapping;
  const { points: earnPoints, minor: earnMinor } =
    merchant !== undefined && 'earn' in merchant ? merchant.earn : { points: 1, minor: 1 };
  const channels =
    (merchant !== undefined && 'name' in merchant ? merchant.channels : null) ??
    SELLS_ANYTHING.channels;
  const rate = { points: earnPoints, minor: earnMinor, currency };
  const terms = basicTerms({ title: { zh: '', en: '' }, rate, expiryMonths: null });
  const rule = { id: '', ruleKey: '', version: 1, programmeId: '', terms };
  const believed = rowsBoughtInFile(orders);
  const rejected: Rejection[] = [];
  let [recorded, returned, points] = [0, 0, 0];
  for (const purchase of purchases) {
    const read = { ...purchase, purchasedAt: new Date(purchase.purchasedAt) };
    const { defect, order, returns } = importedOrder(read, {
      currency,
      at: now(),
      customerKey: '',
      sells: { ...SELLS_ANYTHING, channels },
    });
    const lines = order.lines.map((line, index) => ({
      ...line,
      number: index + 1,
      returnedQuantity: 0,
      isGreen: false,
    }));
    const earning = { ...order, tier: null, recordedAt: now(), lines };
    const award = defect === null ? awardOrder(earning, [rule]) : null;
    if (defect !== null || award === null) {
      rejected.push(
        defect ?? { row: purchase.row, code: 'AMOUNT_TOO_LARGE', parameters: { field: 'lines' } },
      );
      continue;
    }
    if (order.lines.length > 0) recorded += 1;
    points += sum(award.earned.map((earned) => earned.points));
    for (const { row, sku, quantity } of returns) {
      if (believed.has(row)) returned += 1;
      else rejected.push({ row, code: 'RETURN_WITHOUT_PURCHASE', parameters: { sku, quantity } });
    }
  }
  return { recorded, returned, unchanged: 0, points, rejected };
}
