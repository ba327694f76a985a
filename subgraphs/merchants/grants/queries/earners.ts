import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { AppreciationTerms } from '../domain/appreciation.ts';

/** A member who earned in a period, and what she paid in it, returns taken off. */
export type Earner = Readonly<{ memberId: string; paidMinor: number }>;

/** Where and when they earned; what was paid in another currency is not counted. */
export type Earning = Readonly<{ merchantId: string; currency: string }> &
  Pick<AppreciationTerms, 'from' | 'until'>;

/**
 * Of a merchant in a period. `isByMember`: COALESCE keeps the engines from the index of the merchant, so that they
 * go along that of members, and all pages together read the table once.
 */
const within = (time: string, isByMember: boolean): string =>
  isByMember
    ? `COALESCE(merchant_id, '') = ? AND COALESCE(${time}, 0) >= ? AND COALESCE(${time}, 0) < ?`
    : `merchant_id = ? AND ${time} >= ? AND ${time} < ?`;

/** One row for each purchase and each engagement in the period: what it earned and what was paid. */
function earned(members: number | null): string {
  const isByMember = members !== null;
  const whose = isByMember ? `AND member_id IN (${placeholders(members)})` : '';
  return `SELECT member_id, CASE WHEN purchase.currency = ?
      THEN purchase.total_minor - purchase.returned_minor ELSE 0 END AS paid,
    COALESCE((SELECT SUM(award.points - award.reversed_points) FROM merchants_award award
      WHERE award.purchase_id = purchase.id), 0) AS earned
    FROM merchants_purchase purchase WHERE ${within('purchased_ms', isByMember)} ${whose}
  UNION ALL SELECT member_id, 0, points FROM merchants_grant
    WHERE cause_kind = 'ENGAGEMENT' AND ${within('granted_ms', isByMember)} ${whose}`;
}

/** Who earned: of so many members, or, with null, of all. */
const earnersOf = (members: number | null): string =>
  `SELECT member_id, SUM(paid) AS paid FROM (${earned(members)}) earning
   GROUP BY member_id HAVING SUM(earned) > 0`;

const windowOf = ({ merchantId, from, until }: Earning) => [
  merchantId,
  from.getTime(),
  until.getTime(),
];

/** The next members after one, in the order of ids, who bought or took part in the period. */
const next = (table: string, time: string) =>
  `SELECT member_id FROM (SELECT DISTINCT member_id FROM ${table}
    WHERE member_id > ? AND ${within(time, true)} ORDER BY member_id LIMIT ?) next_${table}`;

const NEXT_OF_BOTH = [
  next('merchants_purchase', 'purchased_ms'),
  next('merchants_grant', 'granted_ms'),
].join(' UNION ');

/** A page of those who may have earned: those of them who have, and the last one who was looked at. */
export type EarnersPage = Readonly<{
  earners: readonly Earner[];
  last: string | null;
  isLast: boolean;
}>;

/** The next ones after a member, in the order of ids; at most `many` are looked at. */
export async function earnersAfter(
  reader: Pick<EntityManager, 'query'>,
  earning: Earning,
  after: string,
  many: number,
): Promise<EarnersPage> {
  const each = [after, ...windowOf(earning), many];
  const found = await reader.query<{ member_id: string }[]>(
    `${NEXT_OF_BOTH} ORDER BY member_id LIMIT ?`,
    [...each, ...each, many],
  );
  const ids = found.map(({ member_id }) => member_id);
  if (ids.length === 0) return { earners: [], last: null, isLast: true };
  const part = [...windowOf(earning), ...ids];
  const rows = await reader.query<{ member_id: string; paid: unknown }[]>(
    `${earnersOf(ids.length)} ORDER BY member_id`,
    [earning.currency, ...part, ...part],
  );
  const earners = rows.map(({ member_id, paid }) => ({
    memberId: member_id,
    paidMinor: toSafeInteger(paid),
  }));
  return { earners, last: ids.at(-1) ?? null, isLast: ids.length < many };
}

export type Earners = Readonly<{ members: number; paidMinor: number }>;

/** How many they are, and what all of them paid. */
export async function countEarners(
  reader: Pick<EntityManager, 'query'>,
  earning: Earning,
): Promise<Earners> {
  const [row] = await reader.query<{ members: unknown; paid: unknown }[]>(
    `SELECT COUNT(*) AS members, COALESCE(SUM(paid), 0) AS paid FROM (${earnersOf(null)}) earner`,
    [earning.currency, ...windowOf(earning), ...windowOf(earning)],
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
