import { type EntityManager, In } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertPostings, type NewPosting } from '../../commands/posting-rows.ts';
import { Posting, type PostingRow } from '../../entities/posting.ts';
import { Rule } from '../../rules/entities/rule.ts';
import { owedLike } from '../../standing/queries/owed.ts';
import { vestCommand } from '../domain/vesting.ts';
import { PurchaseEvent, type PurchaseEventRow } from '../entities/purchase-event.ts';

type Happened = Pick<PurchaseEventRow, 'id' | 'purchaseId' | 'event'>;

/**
 * Has the ledger told that the points which waited for events are good: after they were accrued, and when they are
 * owed not before they are issued. The purchases are locked by the caller.
 */
export async function vestPurchases(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  events: readonly Happened[],
): Promise<void> {
  if (events.length === 0) return;
  const postings = await postingsOf(
    manager,
    events.map(({ purchaseId }) => purchaseId),
  );
  const awaited = await awaitedEvents(manager, [...postings.values()].flat());
  const vesting: NewPosting[] = [];
  for (const [purchaseId, ofPurchase] of Map.groupBy(events, (one) => one.purchaseId)) {
    const before = postings.get(purchaseId) ?? [];
    let position = Math.max(0, ...before.map((posting) => posting.position));
    for (const { id, event } of ofPurchase) {
      for (const accrual of before) {
        if (!isWaiting(accrual.command) || awaited.get(accrual.ruleId) !== event) continue;
        position += 1;
        const { ruleId } = accrual;
        vesting.push({ purchaseId, position, ruleId, command: vestCommand(id, accrual) });
      }
    }
  }
  await insertPostings({ manager, at }, await owedLike(manager, vesting));
}

const isWaiting = ({ kind, vestsOnEvent }: PostingRow['command']): boolean =>
  kind === 'ACCRUE' && vestsOnEvent === true;

async function postingsOf(
  manager: EntityManager,
  purchaseIds: readonly string[],
): Promise<Map<string, PostingRow[]>> {
  const rows = await manager.find(Posting, {
    where: { purchaseId: In([...new Set(purchaseIds)]) },
    order: { purchaseId: 'ASC', position: 'ASC' },
  });
  return Map.groupBy(rows, ({ purchaseId }) => purchaseId);
}

/** For which event the points of each rule wait. */
async function awaitedEvents(
  manager: EntityManager,
  postings: readonly PostingRow[],
): Promise<Map<string, string>> {
  const waiting = postings.filter(({ command }) => isWaiting(command));
  if (waiting.length === 0) return new Map();
  const rules = await manager.findBy(Rule, { id: In(waiting.map(({ ruleId }) => ruleId)) });
  return new Map(
    rules.flatMap(({ id, terms: { vesting } }): [string, string][] =>
      vesting.kind === 'ON_EVENT' ? [[id, vesting.event]] : [],
    ),
  );
}

/** What has happened to purchases, so that points which come in later wait for it no more. */
export async function happenedTo(
  manager: EntityManager,
  purchaseIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (purchaseIds.length === 0) return new Map();
  const found = await manager.findBy(PurchaseEvent, {
    purchaseId: In([...purchaseIds]),
    isReleased: true,
  });
  const byPurchase = Map.groupBy(found, ({ purchaseId }) => purchaseId);
  return new Map(
    [...byPurchase].map(([id, events]) => [id, new Set(events.map(({ event }) => event))]),
  );
}
