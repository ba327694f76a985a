import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { withinAge } from '../../ages/domain/age-limit.ts';
import { ageLimitsAt } from '../../ages/queries/age-limits.ts';
import { knownAges } from '../../ages/queries/known-ages.ts';
import { lockPurchases } from '../../commands/return-rows.ts';
import { Purchase, type PurchaseRow } from '../../entities/purchase.ts';
import { PurchaseLine } from '../../entities/purchase-line.ts';
import { lockedWindow } from '../../orders/queries/return-window.ts';
import { awardOrder, type Earned } from '../../rules/domain/award-order.ts';
import { inForceAt } from '../../rules/domain/in-force.ts';
import type { GrantingRule } from '../domain/grant-posting.ts';
import {
  asOrder,
  beginningOfMonth,
  beyondMonth,
  forInvitee,
  nextLook,
  REFERRALS_PER_MONTH,
  settlementOf,
} from '../domain/referral.ts';
import { Referral, type ReferralRow } from '../entities/referral.ts';
import { grantingRules } from '../queries/granting-rules.ts';
import { grantEarned } from './grant-earned.ts';
import { settledRules } from './reward-green-acts.ts';
import { takeGrantsBack } from './take-grants-back.ts';

type Writing = Omit<Work, 'caller'>;
type Tiers = ReadonlyMap<string, string | null>;

/** Does about a referral what is due: finds the first order, rewards for it, or takes that back. */
export function settleReferral(
  { database, clock, newId }: Frame,
  { inviteeId, inviterId, purchaseId }: ReferralRow,
  tiers: Tiers,
): Promise<void> {
  const { dialect } = database;
  return database.transaction(async (manager) => {
    const work = { manager, dialect, at: clock.now(), newId };
    // Who brings an order back locks it first too, and then says so in the referral.
    if (purchaseId !== null) await lockPurchases(work, [purchaseId]);
    // All of the inviter, in one order: of two rewards in a month each knows of the other.
    await manager.query(
      `SELECT id FROM merchants_referral WHERE inviter_id = ? ORDER BY invitee_id ${dialect.forUpdate}`,
      [inviterId],
    );
    const referral = await manager.findOneByOrFail(Referral, { inviteeId });
    const { dueAt } = referral;
    // Another worker may have been faster.
    if (dueAt === null || dueAt > work.at || referral.purchaseId !== purchaseId) return;
    if (purchaseId === null) await findFirstOrder(work, referral);
    else
      await settle(
        work,
        referral,
        await manager.findOneByOrFail(Purchase, { id: purchaseId }),
        tiers,
      );
  });
}

const note = (manager: EntityManager, { inviteeId }: ReferralRow, what: Partial<ReferralRow>) =>
  manager.update(Referral, inviteeId, { attempts: 0, ...what });

/** It is looked at next, under its lock. What she bought before she was invited is no first order. */
async function findFirstOrder({ manager, at }: Writing, referral: ReferralRow): Promise<void> {
  const { inviteeId, registeredAt } = referral;
  const [first] = await manager.query<{ id: string }[]>(
    `SELECT id FROM merchants_purchase WHERE member_id = ? AND purchased_ms >= ?
     ORDER BY purchased_ms, id LIMIT 1`,
    [inviteeId, registeredAt.getTime()],
  );
  const found = first === undefined ? { dueAt: nextLook(at) } : { purchaseId: first.id, dueAt: at };
  await note(manager, referral, found);
}

/** Rewards once for a first order that is settled; one that comes back as a whole ends the referral (L3). */
async function settle(
  work: Writing,
  referral: ReferralRow,
  purchase: PurchaseRow,
  tiers: Tiers,
): Promise<void> {
  const { manager, at } = work;
  const lines = await manager.findBy(PurchaseLine, { purchaseId: purchase.id });
  const settlement = settlementOf(lines, await lockedWindow(manager, purchase), at);
  if (settlement.kind === 'BACK') {
    await note(manager, referral, { refundedAt: at, dueAt: null });
    if (referral.settledAt === null) return;
    const occurredAt = purchase.purchasedAt;
    await takeGrantsBack(work, { causeKind: 'REFERRAL', causeId: referral.id, occurredAt });
  } else if (referral.settledAt !== null) {
    await note(manager, referral, { dueAt: null });
  } else if (settlement.kind === 'WAITS') {
    await note(manager, referral, { dueAt: settlement.until });
  } else {
    const isRewarded = await reward(work, referral, purchase, tiers);
    const rewardedAt = isRewarded ? at : null;
    await note(manager, referral, { settledAt: at, rewardedAt, dueAt: null });
  }
}

/** Grants what rules give to both. Answers whether the inviter got something. */
async function reward(
  work: Writing,
  { id: causeId, inviterId, inviteeId }: ReferralRow,
  purchase: PurchaseRow,
  tiers: Tiers,
): Promise<boolean> {
  const { merchantId, purchasedAt: occurredAt } = purchase;
  const rules = await rulesFor(work, purchase, [inviterId, inviteeId]);
  const give = (memberId: string, earned: readonly Owed[]) => {
    const cause = { causeKind: 'REFERRAL', causeId, merchantId, memberId, occurredAt } as const;
    return grantEarned(work, cause, earned);
  };
  const [own, hers] = [inviterId, inviteeId].map((id) =>
    earnedBy(purchase, rules(id), tiers.get(id)),
  );
  const points = await give(
    inviterId,
    (await isMonthFull(work, inviterId)) ? beyondMonth(own ?? []) : (own ?? []),
  );
  await give(inviteeId, forInvitee(hers ?? []));
  return points > 0;
}

type SettledRule = GrantingRule & Readonly<{ mayIssue: boolean; owedBy: string | null }>;
type Owed = Earned<SettledRule> & Readonly<{ owedBy: string | null }>;

/** The rules by which the first order rewards, for each of the two: the programme may ask how old they are. */
async function rulesFor(
  { manager, at }: Writing,
  { merchantId, purchasedAt, recordedAt }: PurchaseRow,
  memberIds: readonly string[],
): Promise<(memberId: string) => readonly SettledRule[]> {
  const published = await grantingRules(manager, merchantId, 'REFERRAL', at);
  const known = inForceAt(published, purchasedAt);
  if (known.length === 0) return () => [];
  const settled = await settledRules(manager, known, { merchantId, recordedAt }, at);
  const limits = await ageLimitsAt(manager, known, purchasedAt);
  const asked = limits.size === 0 ? [] : memberIds.map((memberId) => ({ merchantId, memberId }));
  const ages = await knownAges(manager, asked, at);
  return (memberId) => withinAge(settled, limits, ages(merchantId, memberId));
}

/** What a member earns; who is no member any more earns nothing. */
function earnedBy(
  purchase: PurchaseRow,
  rules: readonly SettledRule[],
  tier: string | null | undefined,
): Owed[] {
  if (tier === undefined || rules.length === 0) return [];
  const earned = awardOrder(asOrder(purchase, tier), rules)?.earned ?? [];
  return earned
    .filter(({ points }) => points > 0)
    .map((one) => ({ ...one, owedBy: one.rule.owedBy }));
}

/** Whether the inviter has had the rewards of this month (L4). Her referrals are locked. */
async function isMonthFull({ manager, at }: Writing, inviterId: string): Promise<boolean> {
  const [row] = await manager.query<{ rewarded: unknown }[]>(
    `SELECT COUNT(*) AS rewarded FROM merchants_referral
     WHERE inviter_id = ? AND rewarded_ms >= ? AND refunded_ms IS NULL`,
    [inviterId, beginningOfMonth(at).getTime()],
  );
  return toSafeInteger(row?.rewarded) >= REFERRALS_PER_MONTH;
}
