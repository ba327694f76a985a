import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { lockPurchases } from '../../commands/return-rows.ts';
import type { ClearVestingHoldInput, LinkVestingHoldInput } from '../../schema.generated.ts';
import { holdState } from '../domain/signs.ts';
import { PurchaseEvent } from '../entities/purchase-event.ts';
import { VestingHold, type VestingHoldRow } from '../entities/vesting-hold.ts';
import type { LedgerCase } from '../queries/ledger-cases.ts';
import { REASON_MAX } from './change-order.ts';
import { vestPurchases } from './vest-purchases.ts';

export type VestingHoldDecided = Readonly<{
  kind: 'VestingHoldDecided';
  holdId: string;
  purchaseId: string;
}>;

type Refusals = Refused<'HoldOver'> | NotFound;

/** The suspicion was wrong: the points are good at once. */
export async function clearVestingHold(
  work: Work,
  { holdId, reason }: ClearVestingHoldInput,
): Promise<VestingHoldDecided | Refusals | InvalidInput> {
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const hold = await lockHeld(work, holdId);
  if ('kind' in hold) return hold;

  // From here on the command must succeed.
  await decide(work, hold, { decision: 'CLEARED', reason: reason.trim() });
  await releaseEvents(work, [hold.purchaseId]);
  return { kind: 'VestingHoldDecided', holdId, purchaseId: hold.purchaseId };
}

/**
 * A case was opened in the ledger about points of the purchase: the member was told, and may appeal. Until it is closed
 * they wait; what it takes back never vests. `found` is what the ledger says of the case, asked before.
 */
export const linkVestingHoldOf = (found: LedgerCase | null) =>
  async function linkVestingHold(
    work: Work,
    { holdId, caseId }: LinkVestingHoldInput,
  ): Promise<VestingHoldDecided | Refused<'CaseNotUsable'> | Refusals> {
    const hold = await lockHeld(work, holdId);
    if ('kind' in hold) return hold;
    const isOpen = found?.frozenAt != null && found.outcome === null;
    const isAboutIt = found?.accruals?.some(({ causeId }) => causeId === hold.purchaseId) === true;
    if (found?.id !== caseId || !isOpen || !isAboutIt) {
      return refused('CaseNotUsable', 'HOLD_CASE_NOT_USABLE');
    }

    // From here on the command must succeed.
    await decide(work, hold, { decision: 'CASE', caseId });
    return { kind: 'VestingHoldDecided', holdId, purchaseId: hold.purchaseId };
  };

/** A hold that goes on: nothing is decided about it, and its term is not over. */
async function lockHeld(
  work: Work,
  holdId: string,
): Promise<VestingHoldRow | Refused<'HoldOver'> | NotFound> {
  const { manager, at } = work;
  const asked = await manager.findOneBy(VestingHold, { id: holdId });
  if (asked?.id !== holdId) return notFound('HOLD_NOT_FOUND');
  await lockPurchases(work, [asked.purchaseId]);
  const hold = await manager.findOneByOrFail(VestingHold, { id: holdId });
  return holdState(hold, at) === 'HELD' ? hold : refused('HoldOver', 'HOLD_OVER');
}

const decide = (
  { manager, at, caller }: Work,
  { id }: VestingHoldRow,
  decision: Partial<VestingHoldRow>,
) => manager.update(VestingHold, id, { ...decision, decidedBy: caller.subject, decidedAt: at });

/** Has points vest that wait for what happened before. The purchases are locked by the caller. */
export async function releaseEvents(
  { manager, at }: Readonly<{ manager: EntityManager; at: Date }>,
  purchaseIds: readonly string[],
): Promise<void> {
  for (const purchaseId of purchaseIds) {
    const held = await manager.find(PurchaseEvent, {
      where: { purchaseId, isReleased: false },
      order: { recordedAt: 'ASC', event: 'ASC' },
    });
    if (held.length === 0) continue;
    await vestPurchases({ manager, at }, held);
    await manager.update(
      PurchaseEvent,
      { purchaseId, isReleased: false },
      { isReleased: true, releasedAt: at },
    );
  }
}
