import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type NotFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { rulesOf } from '../../commands/return-rows.ts';
import { CODE_MAX } from '../../domain/order.ts';
import type { RecordPurchaseEventInput } from '../../schema.generated.ts';
import { KNOWN_EVENTS } from '../domain/vesting.ts';
import { Cancellation } from '../entities/cancellation.ts';
import { PurchaseEvent, type PurchaseEventRow } from '../entities/purchase-event.ts';
import { lockOwnPurchase } from '../queries/find-purchase.ts';
import { atOnce, releaseOf } from './raise-hold.ts';
import { vestPurchases } from './vest-purchases.ts';

export type PurchaseEventRecorded = Readonly<{
  kind: 'PurchaseEventRecorded';
  purchaseId: string;
  event: string;
}>;

type Outcome = PurchaseEventRecorded | Refused<'PurchaseCancelled'> | NotFound | InvalidInput;

/**
 * Records that something happened to a purchase, such as its delivery: the points that waited for it are good. Once
 * for each event; recorded again, under whatever key, it is the same one, and its time the first one.
 */
export async function recordPurchaseEvent(
  work: Work,
  { purchaseId, event, occurredAt: asked }: RecordPurchaseEventInput,
): Promise<Outcome> {
  const { manager, at, newId, caller } = work;
  const occurredAt = asked ?? at;
  const unusable = checkKey('event', event, CODE_MAX);
  if (unusable !== null) return unusable;
  const purchase = await lockOwnPurchase(work, purchaseId, 'RECORD');
  if ('kind' in purchase) return purchase;
  const outcome = { kind: 'PurchaseEventRecorded', purchaseId, event } as const;
  if ((await manager.findOneBy(PurchaseEvent, { purchaseId, event })) !== null) return outcome;
  if (await manager.existsBy(Cancellation, { purchaseId })) {
    return refused('PurchaseCancelled', 'PURCHASE_CANCELLED');
  }
  if (occurredAt > at || occurredAt < purchase.row.purchasedAt) {
    return invalidInput('EVENT_OUT_OF_TIME', 'occurredAt');
  }
  const rules = [...(await rulesOf(manager, [purchase])).values()];
  const awaited = rules.flatMap(({ terms: { vesting } }) =>
    vesting.kind === 'ON_EVENT' ? vesting.event : [],
  );
  // A misspelt event would let points wait for good.
  const known = [...new Set([...awaited, ...KNOWN_EVENTS])];
  if (!known.includes(event)) {
    return invalidInput('EVENT_NOT_KNOWN', 'event', { known: known.join(', ') });
  }

  // From here on the command must succeed.
  // Only what somebody waits for is looked at more closely.
  const release = awaited.includes(event) ? await releaseOf(work, purchase.row) : atOnce(at);
  const row: PurchaseEventRow = {
    id: newId(),
    purchaseId,
    event,
    occurredAt,
    recordedBy: caller.subject,
    recordedAt: at,
    ...release,
  };
  await manager.insert(PurchaseEvent, row);
  if (row.isReleased) await vestPurchases(work, [row]);
  return outcome;
}
