import { assert } from '../../../shared/assert.ts';
import type { SharedWork } from '../../../shared/commands/run-together.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { ageLimitsOf } from '../ages/domain/age-limit.ts';
import { type KnownAges, knownAges } from '../ages/queries/known-ages.ts';
import {
  type Defect,
  defectOfOrder,
  type Order,
  orderedLine,
  settingOf,
  totalOf,
} from '../domain/order.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import type { MemberStanding } from '../queries/member-standing.ts';
import { ORDER_POINTS_MAX } from '../rules/domain/award-order.ts';
import type { SellingRule } from '../rules/queries/selling-rules.ts';
import type { RecordPurchaseInput } from '../schema.generated.ts';
import { closedTo } from '../standing/domain/issuing.ts';
import type { Standings } from '../standing/domain/settle-rule.ts';
import { readStandings } from '../standing/queries/standings.ts';
import { inRegions } from '../standing/queries/stores.ts';
import { type ClaimedPayment, defectOfPayment } from '../till/domain/points-payment.ts';
import { defectOfSale, type Sells } from '../till/domain/sells.ts';
import { lockCapUse } from './cap-use.ts';
import { claimOrderNumbers, type Holder, numberText } from './order-numbers.ts';
import { type PostingsInHand, takeInHand } from './posting-rows.ts';
import {
  capCasesOf,
  type EarningPurchase,
  insertDetails,
  issuersOf,
  type KnownFacts,
  newPurchase,
  withinCaps,
} from './purchase-rows.ts';

export type PurchaseRecorded = Readonly<{ kind: 'PurchaseRecorded'; purchaseId: string }>;

export type RecordPurchaseOutcome =
  | PurchaseRecorded
  | Refused<'OrderNumberTaken'>
  | Refused<'MerchantNotActive'>
  | NotFound
  | InvalidInput;

/** What was asked before: it only counts when this command was not answered already. */
export type AskedBefore = Readonly<{
  /** What members said of the buyer. */
  standing: MemberStanding;
  /** The versions of the merchant's rules. */
  rules: readonly SellingRule[];
  /** What others said about the order. */
  facts: KnownFacts;
  /** What the order may name, when it names a channel or a category. */
  sells: Sells;
  /** What points pay of it, when it names a payment. */
  payment: ClaimedPayment | null;
}>;

/** An order to record, and what others said of it. */
export type AskedPurchase = AskedBefore &
  Readonly<{
    input: RecordPurchaseInput;
    /** Gets what the ledger has to be told. */
    inHand: PostingsInHand;
  }>;

/**
 * Records purchases with their awards, and what the ledger has to be told of them. An order that is recorded
 * already is answered with its purchase, whatever the key.
 */
export async function recordPurchases(
  work: SharedWork,
  asked: readonly AskedPurchase[],
): Promise<RecordPurchaseOutcome[]> {
  const merchantIds = asked.flatMap(({ input, rules }) => issuersOf(input.merchantId, rules));
  const standings = await readStandings(work.manager, [...new Set(merchantIds)]);
  const orders = await placedOrders(work, asked);
  const limited = asked.filter(({ rules }) => ageLimitsOf(rules).size > 0);
  const ages = await knownAges(
    work.manager,
    limited.map(({ input }) => input),
    work.at,
  );
  const made = asked.map((one, index) =>
    makePurchase(work, one, { order: orders[index], standings, ages }),
  );
  const purchases = made.filter((one): one is EarningPurchase => !('kind' in one));
  // Claiming the numbers is the lock: where somebody else holds one, nothing was written.
  const holders = await claimOrderNumbers(
    work,
    purchases.map(({ row }) => row),
  );
  const fresh = purchases.filter(({ row }) => holders.get(numberText(row))?.id === row.id);

  // From here on the command must succeed.
  const use = await lockCapUse(work, fresh.flatMap(capCasesOf));
  const { events, postings } = await insertDetails(
    work,
    fresh.map((purchase) => withinCaps(purchase, use)),
  );
  await use.save(work);
  await appendEvents(work.manager, work.at, events);
  for (const { inHand } of asked) {
    takeInHand(
      inHand,
      fresh.map(({ row }) => row.id),
      postings,
    );
  }
  return made.map((one) => ('kind' in one ? one : outcomeFor(one.row, holders)));
}

/** The orders with the regions of the stores that they name, in the order of asking. */
async function placedOrders(
  { manager, at }: SharedWork,
  asked: readonly AskedPurchase[],
): Promise<Order[]> {
  const orders = asked.map((one) => orderOf(one, at));
  const places = new Map<Order, Order>();
  const byMerchant = Map.groupBy(
    orders.entries(),
    ([index]) => asked[index]?.input.merchantId ?? '',
  );
  for (const [merchantId, entries] of byMerchant) {
    const theirs = entries.map(([, order]) => order);
    const found = await inRegions(manager, merchantId, theirs);
    for (const [index, order] of theirs.entries()) places.set(order, found[index] ?? order);
  }
  return orders.map((order) => places.get(order) ?? order);
}

type Refusal = Exclude<RecordPurchaseOutcome, PurchaseRecorded>;

type Placed = Readonly<{ order: Order | undefined; standings: Standings; ages: KnownAges }>;

/** The order as a purchase, or why it cannot be recorded. Throws SUBGRAPH_UNAVAILABLE. */
function makePurchase(
  work: SharedWork,
  { input, standing, rules, facts, sells, payment }: AskedPurchase,
  { order, standings, ages }: Placed,
): EarningPurchase | Refusal {
  assert(order !== undefined, 'each that is asked for is an order');
  const { merchantId, memberId } = input;
  const seller = standings.get(merchantId);
  const defect =
    defectOfOrder(order, work.at) ?? (seller === undefined ? null : defectOfSale(order, sells));
  if (defect !== null) return invalidInput(defect.code, defect.field, defect.parameters);
  if (seller === undefined) return notFound('MERCHANT_NOT_FOUND');
  const closed = closedTo(seller, { purchasedAt: order.purchasedAt, at: work.at });
  if (closed !== null) return refused('MerchantNotActive', closed);
  if (standing === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
  if (standing === 'MISSING') return notFound('MEMBER_NOT_FOUND');
  const unpaid = defectOfPoints(input, order, payment);
  if (unpaid !== null) return invalidInput(unpaid.code, unpaid.field, unpaid.parameters);
  const buyer = { memberId, customerKey: null };
  return (
    newPurchase(work, merchantId, buyer, order, { rules, facts, standings, ages }) ??
    invalidInput('POINTS_TOO_MANY', 'lines', { max: ORDER_POINTS_MAX })
  );
}

/** What is wrong with the points that an order names as having paid a part of it, or null. */
const defectOfPoints = (
  { memberId, pointsPayment }: RecordPurchaseInput,
  { currency, lines }: Order,
  payment: ClaimedPayment | null,
): Defect | null =>
  pointsPayment == null
    ? null
    : defectOfPayment(
        { pointsPayment, memberId, currency, totalMinor: totalOf(lines) ?? 0 },
        payment,
      );

/** A till that lost its key asks anew: the same order of the same member is the same purchase. */
function outcomeFor(
  asked: PurchaseRow,
  holders: ReadonlyMap<string, Holder>,
): RecordPurchaseOutcome {
  const holder = holders.get(numberText(asked));
  return holder?.memberId === asked.memberId && holder.contentHash === asked.contentHash
    ? { kind: 'PurchaseRecorded', purchaseId: holder.id }
    : refused('OrderNumberTaken', 'ORDER_NUMBER_TAKEN');
}

const orderOf = ({ input, payment }: AskedPurchase, at: Date): Order => ({
  orderNumber: input.orderNumber,
  currency: input.currency ?? 'CNY',
  purchasedAt: input.purchasedAt ?? at,
  lines: input.lines.map(orderedLine),
  ...settingOf(input),
  ...(payment === null
    ? {}
    : {
        pointsPayment: { redemptionId: payment.redemptionId, amountMinor: payment.amountMinor },
      }),
});
