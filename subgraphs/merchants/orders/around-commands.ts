import { seesMerchant } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import { knownGreen, needsOf } from '../queries/order-facts.ts';
import { type SellingRule, sellingRules } from '../rules/queries/selling-rules.ts';
import type {
  CancelPurchaseInput,
  CorrectPurchaseInput,
  RecordPurchaseEventInput,
  UpgradePurchaseInput,
} from '../schema.generated.ts';
import { cancelPurchase } from './commands/cancel-purchase.ts';
import { type AskedBefore, correctPurchaseOf, upgradePurchaseOf } from './commands/change-order.ts';
import { recordPurchaseEvent } from './commands/record-event.ts';
import { type ChangeAsked, changeOf, newLinesOf } from './domain/checked-change.ts';

/*
 * What goes around the commands that other subgraphs have a part in: certificates are asked for before, and the
 * ledger is told after.
 */

/** Has what a command left to be posted posted, or leaves it to the worker. */
async function posted<Outcome extends Readonly<{ kind: string }>>(
  context: Context,
  outcome: Outcome,
): Promise<Outcome> {
  if ('purchaseId' in outcome && typeof outcome.purchaseId === 'string') {
    await context.services.poster.postOrLeave([outcome.purchaseId], context);
  }
  return outcome;
}

export const recordEventAndPost = async (context: Context, input: RecordPurchaseEventInput) =>
  posted(context, await context.run(recordPurchaseEvent, input));

export const cancelAndPost = async (context: Context, input: CancelPurchaseInput) =>
  posted(context, await context.run(cancelPurchase, input));

export async function upgradeAndPost(context: Context, input: UpgradePurchaseInput) {
  const asked = await askBefore(context, input);
  return posted(context, await context.run(upgradePurchaseOf(asked), input));
}

export async function correctAndPost(context: Context, input: CorrectPurchaseInput) {
  const asked = await askBefore(context, input);
  return posted(context, await context.run(correctPurchaseOf(asked), input));
}

const NOTHING: AskedBefore = { rules: [], green: null };

/** The rules of the merchant as they were, and which of the new lines are green. */
async function askBefore(
  context: Context,
  input: ChangeAsked & Readonly<{ purchaseId: string }>,
): Promise<AskedBefore> {
  const row = await context.loaders.purchaseById.load(input.purchaseId);
  // The command is going to refuse, so nobody is asked.
  if (row === null || !seesMerchant(context.caller, row.merchantId)) return NOTHING;
  const rules = await rulesAtRecording(context, row);
  const fresh = newLinesOf(changeOf(input));
  const lines = fresh.map((line, index) => ({ ...line, number: index + 1 }));
  const { id: name, merchantId, purchasedAt } = row;
  const order = { name, merchantId, purchasedAt, lines };
  const green = (await knownGreen(context, needsOf(rules), [order])).get(name) ?? null;
  return { rules, green };
}

async function rulesAtRecording(
  { loaders, database }: Context,
  { merchantId, recordedAt }: PurchaseRow,
): Promise<SellingRule[]> {
  const merchant = await loaders.merchantById.load(merchantId);
  return merchant === null ? [] : sellingRules(database.reader, merchant, recordedAt);
}
