import type { Work } from '../../../shared/commands/run-command.ts';
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
import { defectOfOrder, type Order, orderedLine, settingOf } from '../domain/order.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import type { MemberStanding } from '../queries/member-standing.ts';
import { ORDER_POINTS_MAX } from '../rules/domain/award-order.ts';
import type { SellingRule } from '../rules/queries/selling-rules.ts';
import type { RecordPurchaseInput } from '../schema.generated.ts';
import { closedTo } from '../standing/domain/issuing.ts';
import { readStandings } from '../standing/queries/standings.ts';
import { inRegions } from '../standing/queries/stores.ts';
import { defectOfChannel } from '../till/domain/channels.ts';
import { lockCapUse } from './cap-use.ts';
import {
  capCasesOf,
  claimOrderNumbers,
  type Holder,
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
  /** By what the merchant sells, when the order names a channel. */
  channels: readonly string[];
}>;

/**
 * Records a purchase with its awards, and what the ledger has to be told of them. An order that is recorded
 * already is answered with its purchase, whatever the key.
 */
export const recordPurchaseOf = ({ standing, rules, facts, channels }: AskedBefore) =>
  async function recordPurchase(
    work: Work,
    input: RecordPurchaseInput,
  ): Promise<RecordPurchaseOutcome> {
    const { manager, at } = work;
    const { merchantId, memberId } = input;
    const asked = orderOf(input, at);
    const defect = defectOfOrder(asked, at) ?? defectOfChannel(asked.channel, channels);
    if (defect !== null) return invalidInput(defect.code, defect.field, defect.parameters);
    const [order = asked] = await inRegions(manager, merchantId, [asked]);
    const standings = await readStandings(manager, issuersOf(merchantId, rules));
    const seller = standings.get(merchantId);
    if (seller === undefined) return notFound('MERCHANT_NOT_FOUND');
    const closed = closedTo(seller, { purchasedAt: order.purchasedAt, at });
    if (closed !== null) return refused('MerchantNotActive', closed);
    if (standing === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    if (standing === 'MISSING') return notFound('MEMBER_NOT_FOUND');
    const buyer = { memberId, customerKey: null };
    const purchase = newPurchase(work, merchantId, buyer, order, { rules, facts, standings });
    if (purchase === null) {
      return invalidInput('POINTS_TOO_MANY', 'lines', { max: ORDER_POINTS_MAX });
    }
    // Claiming the number is the lock: when somebody else holds it, nothing was written.
    const holders = await claimOrderNumbers(work, merchantId, [purchase.row]);
    const holder = holders.get(order.orderNumber);
    if (holder?.id !== purchase.row.id) return knownOrTaken(purchase.row, holder);

    // From here on the command must succeed.
    const use = await lockCapUse(work, capCasesOf(purchase));
    const events = await insertDetails(work, [withinCaps(purchase, use)]);
    await use.save(work);
    await appendEvents(manager, at, events);
    return { kind: 'PurchaseRecorded', purchaseId: purchase.row.id };
  };

/** A till that lost its key asks anew: the same order of the same member is the same purchase. */
const knownOrTaken = (asked: PurchaseRow, holder: Holder | undefined): RecordPurchaseOutcome =>
  holder?.memberId === asked.memberId && holder.contentHash === asked.contentHash
    ? { kind: 'PurchaseRecorded', purchaseId: holder.id }
    : orderNumberTaken();

const orderNumberTaken = () => refused('OrderNumberTaken', 'ORDER_NUMBER_TAKEN');

const orderOf = (input: RecordPurchaseInput, at: Date): Order => ({
  orderNumber: input.orderNumber,
  currency: input.currency ?? 'CNY',
  purchasedAt: input.purchasedAt ?? at,
  lines: input.lines.map(orderedLine),
  ...settingOf(input),
});
