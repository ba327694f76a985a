import { rememberedOutcome } from '../../shared/commands/run-command.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { PeerFailure } from '../../shared/graphql/peers.ts';
import { blindIndex } from '../../shared/secrets.ts';
import {
  checkSize,
  type ImportPurchasesOutcome,
  importPurchasesOf,
  previewImport,
} from './commands/import-purchases.ts';
import type { PostingsInHand } from './commands/posting-rows.ts';
import { type KnownFacts, NOTHING_KNOWN } from './commands/purchase-rows.ts';
import type { AskedBefore, RecordPurchaseOutcome } from './commands/record-purchase.ts';
import { type ReturnPurchaseOutcome, returnPurchase } from './commands/return-purchase.ts';
import type { Context } from './context.ts';
import { type Imported, importedOrder } from './domain/imported-order.ts';
import { type OrderedLine, orderedLine } from './domain/order.ts';
import { enrolledMembers } from './queries/enrolled-members.ts';
import type { AssessedOrder } from './queries/green-lines.ts';
import { memberStanding, memberTiers } from './queries/member-standing.ts';
import { knownGreen, type Needs, needsOf } from './queries/order-facts.ts';
import { type SellingRule, sellingRules } from './rules/queries/selling-rules.ts';
import type {
  ImportPurchasesInput,
  RecordPurchaseInput,
  ReturnPurchaseInput,
} from './schema.generated.ts';
import type { Deed } from './standing/domain/staff.ts';
import { requireDeed } from './standing/queries/staff.ts';
import { claimedPayment } from './till/queries/claimed-payment.ts';
import { sellsFor } from './till/queries/sells.ts';

/*
 * What goes around the commands that other subgraphs have a part in: a command is one transaction,
 * and nobody is asked within it. So members is asked before, and the ledger told after.
 */

/** Records a purchase, then has its points posted. Throws FORBIDDEN for another merchant's staff. */
export async function recordAndPost(
  context: Context,
  input: RecordPurchaseInput,
): Promise<RecordPurchaseOutcome> {
  await mayDo(context, input.merchantId, 'RECORD', input.storeId ?? null);
  const inHand: PostingsInHand = new Map();
  const asked = await askBefore(context, input);
  const { till, poster } = context.services;
  const outcome = await context.runTogether(till, { ...asked, input, inHand });
  if (outcome.kind === 'PurchaseRecorded') {
    await poster.postOrLeave([outcome.purchaseId], context, inHand);
  }
  return outcome;
}

/** Throws FORBIDDEN unless the caller may do it in the name of the merchant. */
const mayDo = (
  { database, caller }: Context,
  merchantId: string,
  deed: Deed,
  storeCode: string | null = null,
): Promise<void> => requireDeed({ manager: database.reader, caller }, merchantId, deed, storeCode);

/** The rules of the merchant, and what others say of the buyer and of the order. */
export async function askBefore(
  context: Context,
  input: RecordPurchaseInput,
): Promise<AskedBefore> {
  const { peers, clock } = context;
  const { merchantId, memberId } = input;
  const rules = await rulesOfMerchant(context, merchantId);
  const needs = needsOf(rules);
  const { standing, tier } = await memberStanding(
    peers,
    memberId,
    { withTier: needs.tier },
    context,
  );
  const order: AssessedOrder = {
    name: 'order',
    merchantId,
    purchasedAt: input.purchasedAt ?? clock.now(),
    lines: numbered(input.lines.map(orderedLine)),
  };
  const green = (await knownGreen(context, needs, [order])).get(order.name) ?? null;
  const sells = await sellsFor(context.database.reader, merchantId, [input]);
  const payment = await claimedPayment(context, input);
  return { standing, rules, facts: { tier, green }, sells, payment };
}

/** Nothing when there is no such merchant: the command says so. */
async function rulesOfMerchant(
  { loaders, database, clock }: Context,
  merchantId: string,
): Promise<SellingRule[]> {
  const merchant = await loaders.merchantById.load(merchantId);
  return merchant === null ? [] : sellingRules(database.reader, merchant, clock.now());
}

const numbered = (lines: readonly OrderedLine[]) =>
  lines.map((line, index) => ({ ...line, number: index + 1 }));

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
  await mayDo(context, input.merchantId, 'IMPORT');
  const orders = await importedOrders(context, input);
  if (input.dryRun === true) {
    const frame = { at: context.clock.now(), newId: context.newId };
    const rules = await rulesOfMerchant(context, input.merchantId);
    // Nobody is enrolled, so nobody has a tier yet.
    const factsOf = await factsOfOrders(context, { rules, input, orders, members: null });
    const asked = { input, orders, members: null, rules, factsOf };
    return previewImport(context.database.reader, asked, frame);
  }
  const inHand: PostingsInHand = new Map();
  const outcome = await enrolAndImport(context, { input, orders, inHand });
  if (outcome.kind === 'PurchasesImported') {
    await context.services.poster.postOrLeave(outcome.purchaseIds, context, inHand);
  }
  return outcome;
}

type Importing = Readonly<{
  input: ImportPurchasesInput;
  orders: readonly Imported[];
  inHand: PostingsInHand;
}>;

/** Nobody is enrolled for a key that was answered before, or that belongs to other input. */
async function enrolAndImport(
  context: Context,
  { input, orders, inHand }: Importing,
): Promise<ImportPurchasesOutcome> {
  const kept = withoutNumbers(input, orders);
  const nobody = { orders, members: new Map(), rules: [], factsOf: () => NOTHING_KNOWN };
  const unasked = importPurchasesOf(nobody, inHand);
  const earlier = await rememberedOutcome(context, unasked, kept);
  if (earlier !== null) return earlier.outcome;
  const members = await enrolFor(context, input, orders);
  const rules = await rulesOfMerchant(context, input.merchantId);
  const factsOf = await factsOfOrders(context, { rules, input, orders, members });
  return context.run(importPurchasesOf({ orders, members, rules, factsOf }, inHand), kept);
}

type Known = Readonly<{
  rules: readonly SellingRule[];
  input: ImportPurchasesInput;
  orders: readonly Imported[];
  members: ReadonlyMap<string, string> | null;
}>;

/** What others say of the orders of an import: two questions at most, and none when no rule needs them. */
async function factsOfOrders(
  context: Context,
  { rules, input: { merchantId }, orders, members }: Known,
): Promise<(order: Imported) => KnownFacts> {
  const needs = needsOf(rules);
  const tiers = await tiersOf(context, needs, members);
  const green = await knownGreen(
    context,
    needs,
    orders.map(({ order }, index) => ({
      name: String(index),
      merchantId,
      purchasedAt: order.purchasedAt,
      lines: numbered(order.lines),
    })),
  );
  const indexOf = new Map(orders.map((order, index) => [order, String(index)]));
  return (order) => ({
    tier: tiers.get(members?.get(order.customer) ?? '') ?? null,
    green: green.get(indexOf.get(order) ?? '') ?? null,
  });
}

/** Throws SUBGRAPH_UNAVAILABLE when members does not answer, as when it is asked for the members. */
async function tiersOf(
  context: Context,
  needs: Needs,
  members: ReadonlyMap<string, string> | null,
): Promise<ReadonlyMap<string, string>> {
  if (!needs.tier || members === null) return new Map();
  try {
    return await memberTiers(context.peers, [...members.values()], context);
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    throw error;
  }
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

async function importedOrders(
  { clock, keys, database }: Pick<Context, 'clock' | 'keys' | 'database'>,
  input: ImportPurchasesInput,
): Promise<Imported[]> {
  const at = clock.now();
  const { merchantId, purchases } = input;
  const sells = await sellsFor(database.reader, merchantId, purchases);
  return input.purchases.map((purchase) => {
    // A merchant may use phone numbers as customer numbers: they are not kept here as they are.
    const customerKey = blindIndex(
      keys.personal,
      'merchants_purchase.customer_key',
      `${input.merchantId} ${purchase.customer}`,
    );
    const currency = input.currency ?? 'CNY';
    return importedOrder(purchase, { currency, at, customerKey, sells });
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
