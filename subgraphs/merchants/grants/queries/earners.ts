import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { AppreciationTerms } from '../domain/appreciation.ts';

/** A member who earned in a period, and what she paid in it, returns taken off. */
export type Earner = Readonly<{ memberId: string; paidMinor: number }>;

/** Where and when they earned; what was paid in another currency is not counted. */
export type Earning = Readonly<{ merchantId: string; currency: string }> &
  Pick<AppreciationTerms, 'from' | 'until'>;

/** One row for each purchase and each engagement in the period: what it earned and what was paid. */
const EARNED = `SELECT purchase.member_id, CASE WHEN purchase.currency = ?
      THEN purchase.total_minor - purchase.returned_minor ELSE 0 END AS paid,
    COALESCE((SELECT SUM(award.points - award.reversed_points) FROM merchants_award award
      WHERE award.purchase_id = purchase.id), 0) AS earned
    FROM merchants_purchase purchase
    WHERE purchase.merchant_id = ? AND purchase.purchased_ms >= ? AND purchase.purchased_ms < ?
      AND purchase.member_id > ?
  UNION ALL SELECT member_id, 0, points FROM merchants_grant
    WHERE cause_kind = 'ENGAGEMENT' AND merchant_id = ? AND granted_ms >= ? AND granted_ms < ?
      AND member_id > ?`;

const EARNERS = `SELECT member_id, SUM(paid) AS paid FROM (${EARNED}) earning
  GROUP BY member_id HAVING SUM(earned) > 0`;

const parametersOf = ({ merchantId, currency, from, until }: Earning, after: string) => {
  const window = [from.getTime(), until.getTime(), after];
  return [currency, merchantId, ...window, merchantId, ...window];
};

/** The next ones after a member, in the order of ids. */
export async function earnersAfter(
  reader: Pick<EntityManager, 'query'>,
  earning: Earning,
  after: string,
  many: number,
): Promise<Earner[]> {
  const rows = await reader.query<{ member_id: string; paid: unknown }[]>(
    `${EARNERS} ORDER BY member_id LIMIT ${many}`,
    parametersOf(earning, after),
  );
  return rows.map(({ member_id, paid }) => ({
    memberId: member_id,
    paidMinor: toSafeInteger(paid),
  }));
}

export type Earners = Readonly<{ members: number; paidMinor: number }>;

/** How many they are, and what all of them paid. */
export async function countEarners(
  reader: Pick<EntityManager, 'query'>,
  earning: Earning,
): Promise<Earners> {
  const [row] = await reader.query<{ members: unknown; paid: unknown }[]>(
    `SELECT COUNT(*) AS members, COALESCE(SUM(paid), 0) AS paid FROM (${EARNERS}) earner`,
    parametersOf(earning, ''),
  );
  return { members: toSafeInteger(row?.members), paidMinor: toSafeInteger(row?.paid) };
}

/** What the listed members of an appreciation have paid in the period by now: something may have come back. */
export async function paidByListed(
  reader: Pick<EntityManager, 'query'>,
  appreciationId: string,
  { merchantId, currency, from, until }: Earning,
): Promise<number> {
  const [row] = await reader.query<{ paid: unknown }[]>(
    `SELECT COALESCE(SUM(purchase.total_minor - purchase.returned_minor), 0) AS paid
     FROM merchants_share share
     JOIN merchants_purchase purchase ON purchase.member_id = share.member_id
     WHERE share.appreciation_id = ? AND share.points > 0 AND purchase.merchant_id = ?
       AND purchase.currency = ? AND purchase.purchased_ms >= ? AND purchase.purchased_ms < ?`,
    [appreciationId, merchantId, currency, from.getTime(), until.getTime()],
  );
  return toSafeInteger(row?.paid);
}

/** What was given under a rule's caps: over all, and to each member. */
export async function usedOf(
  reader: Pick<EntityManager, 'query'>,
  ruleKey: string,
): Promise<Readonly<{ budget: number; byMember: ReadonlyMap<string, number> }>> {
  const rows = await reader.query<{ member_id: string; used: unknown }[]>(
    'SELECT member_id, used FROM merchants_cap_use WHERE rule_key = ? AND on_day = 0',
    [ruleKey],
  );
  const byMember = new Map(rows.map(({ member_id, used }) => [member_id, toSafeInteger(used)]));
  return { budget: byMember.get('') ?? 0, byMember };
}
