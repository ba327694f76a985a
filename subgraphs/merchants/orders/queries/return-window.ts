import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { PurchaseRow } from '../../entities/purchase.ts';
import { inForceAt } from '../../rules/domain/in-force.ts';
import { Rule, type RuleRow } from '../../rules/entities/rule.ts';
import { type ReturnWindow, returnWindow } from '../domain/return-window.ts';
import { Amendment, type AmendmentRow } from '../entities/amendment.ts';
import { PurchaseEvent, type PurchaseEventRow } from '../entities/purchase-event.ts';

/** Until when an order can be brought back, as a command sees it. Three statements. */
export async function lockedWindow(
  manager: EntityManager,
  purchase: PurchaseRow,
): Promise<ReturnWindow | null> {
  const { id: purchaseId, merchantId } = purchase;
  const published = await manager.find(Rule, {
    where: { merchantId, state: 'PUBLISHED' },
    order: { ruleKey: 'ASC', version: 'ASC' },
  });
  const events = await manager.findBy(PurchaseEvent, { purchaseId });
  const amendments = await manager.findBy(Amendment, { purchaseId });
  return windowOf(purchase, { published, events, amendments });
}

/** The same for who reads it: a constant number of statements for many orders. */
export async function visibleWindow(
  { loaders }: Context,
  purchase: PurchaseRow,
): Promise<ReturnWindow | null> {
  const programmes = await loaders.programmesByMerchant.load(purchase.merchantId);
  const [versions, events, amendments] = await Promise.all([
    Promise.all(programmes.map(({ id }) => loaders.publishedByRuleKey.load(id))),
    loaders.eventsByPurchase.load(purchase.id),
    loaders.amendmentsByPurchase.load(purchase.id),
  ]);
  return windowOf(purchase, { published: versions.flat(), events, amendments });
}

type Known = Readonly<{
  /** By rule, in the order of versions. */
  published: readonly RuleRow[];
  events: readonly PurchaseEventRow[];
  amendments: readonly AmendmentRow[];
}>;

function windowOf(purchase: PurchaseRow, { published, events, amendments }: Known) {
  const { channel, purchasedAt, recordedAt } = purchase;
  // The terms are those by which the order earns, so a later change shortens nothing.
  const known = published.filter(
    ({ effectiveAt }) => effectiveAt !== null && effectiveAt <= recordedAt,
  );
  const stated = inForceAt(known, purchasedAt).flatMap(
    ({ terms: { policy } }) => policy?.returnDays ?? [],
  );
  const deliveredAt = events.find(({ event }) => event === 'DELIVERED')?.occurredAt ?? null;
  const upgrades = amendments.filter(({ kind }) => kind === 'UPGRADE');
  const upgradedAt = upgrades
    .map(({ amendedAt }) => amendedAt)
    .reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
  return returnWindow({ channel, purchasedAt, deliveredAt, upgradedAt, stated });
}
