import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type NotFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { sha256 } from '../../../shared/identifiers.ts';
import { holdersOf, numberText } from '../commands/order-numbers.ts';
import type { RecordPurchaseOutcome } from '../commands/record-purchase.ts';
import type { Context } from '../context.ts';
import { ORDER_NUMBER_MAX } from '../domain/order.ts';
import { recordAndPost } from '../mutations.ts';
import type { QueuedOrderInput, RecordQueuedOrdersInput } from '../schema.generated.ts';
import { requireDeed } from '../standing/queries/staff.ts';
import { bearerOf } from './queries/bearer-of.ts';

/** What became of an order that a till took without network. */
export type QueuedOrder = Readonly<{
  orderNumber: string;
  result:
    | RecordPurchaseOutcome
    | Refused<'MemberCodeNotGood'>
    | Refused<'OrderTooLate'>
    | NotFound
    | InvalidInput;
}>;

export type QueuedOrdersRecorded = Readonly<{
  kind: 'QueuedOrdersRecorded';
  orders: readonly QueuedOrder[];
}>;

const ORDERS_MAX = 100;
/** For so long a till may be without network. */
const QUEUE_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The clock of a till may be ahead by so much. */
const AHEAD_MS = 5 * 60 * 1000;

/**
 * Records what a till took without network, each order for itself: the number of an order makes it once, under whatever
 * key. Throws FORBIDDEN for others than staff who may take orders in all stores that are named, SUBGRAPH_UNAVAILABLE
 * when members does not answer; what was recorded before that stays, and is answered again.
 */
export async function recordQueuedOrders(
  context: Context,
  { idempotencyKey, merchantId, orders }: RecordQueuedOrdersInput,
): Promise<QueuedOrdersRecorded | InvalidInput> {
  const { database, caller } = context;
  const stores = new Set(orders.map(({ storeId }) => storeId ?? null));
  for (const store of stores.size === 0 ? [null] : stores) {
    await requireDeed({ manager: database.reader, caller }, merchantId, 'RECORD', store);
  }
  if (orders.length < 1 || orders.length > ORDERS_MAX) {
    return invalidInput('QUEUED_ORDERS_COUNT', 'orders', { max: ORDERS_MAX });
  }
  const numbered = orders.map(({ orderNumber }) => ({ merchantId, orderNumber }));
  const holders = await holdersOf(database.reader, numbered);
  const asked = { idempotencyKey, merchantId };
  const lastOf = new Map<string, Promise<QueuedOrder>>();
  const results = orders.map((order, index): Promise<QueuedOrder> => {
    const { orderNumber } = order;
    const isKnown = holders.has(numberText({ merchantId, orderNumber }));
    // Of several with one number the first one that can be is recorded, as the till took them.
    const turn = (lastOf.get(orderNumber) ?? Promise.resolve()).then(async () => {
      const result = await recordOne(context, asked, order, { isKnown, field: `orders.${index}` });
      return { orderNumber, result };
    });
    lastOf.set(orderNumber, turn);
    return turn;
  });
  return { kind: 'QueuedOrdersRecorded', orders: await Promise.all(results) };
}

type Asked = Pick<RecordQueuedOrdersInput, 'idempotencyKey' | 'merchantId'>;

async function recordOne(
  context: Context,
  { idempotencyKey, merchantId }: Asked,
  order: QueuedOrderInput,
  { isKnown, field }: Readonly<{ isKnown: boolean; field: string }>,
): Promise<QueuedOrder['result']> {
  const { orderNumber, memberCode, takenAt, ...rest } = order;
  const wrong = checkKey(`${field}.orderNumber`, orderNumber, ORDER_NUMBER_MAX);
  if (wrong !== null) return wrong;
  const now = context.clock.now();
  if (takenAt.getTime() > now.getTime() + AHEAD_MS) {
    return invalidInput('PURCHASED_IN_FUTURE', `${field}.takenAt`);
  }
  // One that is recorded is answered, however late the till asks again.
  if (!isKnown && takenAt.getTime() < now.getTime() - QUEUE_DAYS * DAY_MS) {
    return refused('OrderTooLate', 'ORDER_TOO_LATE', { days: QUEUE_DAYS });
  }
  const bearer = await bearerOf(context, memberCode, takenAt);
  if ('code' in bearer) return bearer;
  const { memberId } = bearer;
  if (memberId === null) return refused('MemberCodeNotGood', 'MEMBER_CODE_UNKNOWN');
  return recordAndPost(context, {
    ...{ ...rest, merchantId, memberId, orderNumber },
    // A key for each order as it was sent: its number alone says that it is the same order.
    idempotencyKey: sha256(JSON.stringify([idempotencyKey, order])),
    purchasedAt: takenAt > now ? now : takenAt,
  });
}
