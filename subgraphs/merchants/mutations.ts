import { rememberedOutcome } from '../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { blindIndex } from '../../shared/secrets.ts';
import {
  checkSize,
  type ImportPurchasesOutcome,
  importPurchasesOf,
  previewImport,
} from './commands/import-purchases.ts';
import { type RecordPurchaseOutcome, recordPurchaseOf } from './commands/record-purchase.ts';
import { type ReturnPurchaseOutcome, returnPurchase } from './commands/return-purchase.ts';
import type { Context } from './context.ts';
import { type Imported, importedOrder } from './domain/imported-order.ts';
import { enrolledMembers } from './queries/enrolled-members.ts';
import { memberStanding } from './queries/member-standing.ts';
import type {
  ImportPurchasesInput,
  RecordPurchaseInput,
  ReturnPurchaseInput,
} from './schema.generated.ts';

/*
 * What goes around the commands that other subgraphs have a part in: a command is one transaction,
 * and nobody is asked within it. So members is asked before, and the ledger told after.
 */

/** Records a purchase, then has its points posted. Throws FORBIDDEN for another merchant's staff. */
export async function recordAndPost(
  context: Context,
  input: RecordPurchaseInput,
): Promise<RecordPurchaseOutcome> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const standing = await memberStanding(context.peers, input.memberId, context);
  const outcome = await context.run(recordPurchaseOf(standing), input);
  if (outcome.kind === 'PurchaseRecorded') {
    await context.services.poster.postOrLeave([outcome.purchaseId], context);
  }
  return outcome;
}

/** Records a return, then has the points taken back. */
export async function returnAndPost(
  context: Context,
  input: ReturnPurchaseInput,
): Promise<ReturnPurchaseOutcome> {
  const outcome = await context.run(returnPurchase, input);
  if (outcome.kind === 'PurchaseReturned') {
    await context.services.poster.postOrLeave([outcome.purchaseId], context);
  }
  return outcome;
}

/** Imports orders, then has their points posted. Throws FORBIDDEN for another merchant's staff. */
export async function importAndPost(
  context: Context,
  input: ImportPurchasesInput,
): Promise<ImportPurchasesOutcome> {
  if (!actsForMerchant(context.caller, input.merchantId)) throw fault('FORBIDDEN');
  const orders = importedOrders(context, input);
  if (input.dryRun === true) {
    const frame = { at: context.clock.now(), newId: context.newId };
    return previewImport(context.database.reader, { input, orders, members: null }, frame);
  }
  const outcome = await enrolAndImport(context, input, orders);
  if (outcome.kind === 'PurchasesImported') {
    await context.services.poster.postOrLeave(outcome.purchaseIds, context);
  }
  return outcome;
}

/** Nobody is enrolled for a key that was answered before, or that belongs to other input. */
async function enrolAndImport(
  context: Context,
  input: ImportPurchasesInput,
  orders: readonly Imported[],
): Promise<ImportPurchasesOutcome> {
  const kept = withoutNumbers(input, orders);
  const unasked = importPurchasesOf({ orders, members: new Map() });
  const earlier = await rememberedOutcome(context, unasked, kept);
  if (earlier !== null) return earlier.outcome;
  const members = await enrolFor(context, input, orders);
  return context.run(importPurchasesOf({ orders, members }), kept);
}

/**
 * The input without customer numbers: a plain hash of it is kept under its key, and of an order of which
 * all else is known a customer number that is a phone could be guessed from it.
 */
const withoutNumbers = (
  input: ImportPurchasesInput,
  orders: readonly Imported[],
): ImportPurchasesInput => ({
  ...input,
  purchases: input.purchases.map((purchase, index) => ({
    ...purchase,
    customer: orders[index]?.customerKey ?? '',
  })),
});

function importedOrders(
  { clock, keys }: Pick<Context, 'clock' | 'keys'>,
  input: ImportPurchasesInput,
): Imported[] {
  const at = clock.now();
  return input.purchases.map((purchase) => {
    // A merchant may use phone numbers as customer numbers: they are not kept here as they are.
    const customerKey = blindIndex(
      keys.personal,
      'merchants_purchase.customer_key',
      `${input.merchantId} ${purchase.customer}`,
    );
    return importedOrder(purchase, { currency: input.currency ?? 'CNY', at, customerKey });
  });
}

/** The members of the customers whose orders can be used, made when they are new. */
async function enrolFor(
  context: Context,
  { merchantId }: ImportPurchasesInput,
  orders: readonly Imported[],
): Promise<ReadonlyMap<string, string>> {
  const merchant = await context.loaders.merchantById.load(merchantId);
  // The command is going to refuse, so nobody is enrolled.
  if (merchant?.status !== 'ACTIVE' || checkSize(orders) !== null) return new Map();
  const customers = orders
    .filter(({ defect, order }) => defect === null && order.lines.length > 0)
    .map(({ customer }) => customer);
  return enrolledMembers(context.peers, { merchantId, customers }, context);
}
