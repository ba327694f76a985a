import type { Day } from '../../../../shared/calendar.ts';
import type { Database } from '../../../../shared/database/database.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { type Row, select } from '../../../../shared/query-kit/facts.ts';
import { type Period, SHIFT_MS } from '../domain/period.ts';
import { GROUP_LEAST, inTens } from '../domain/tens.ts';

export type StatisticsKey = 'REWARD' | 'CATEGORY' | 'MONTH';

/** Redemptions that have their keys in common, all counts in tens. A key by which nothing is grouped is null. */
export type RedemptionGroup = Readonly<{
  rewardId: string | null;
  category: string | null;
  month: Day | null;
  members: number;
  redemptions: number;
  pieces: number;
}>;

export type RedemptionStatistics = Readonly<{
  isSuppressed: boolean;
  groups: readonly RedemptionGroup[];
}>;

type Reading = Pick<Database, 'reader' | 'dialect'>;
type Asked = Readonly<{ merchantId: string; period: Period; by: readonly StatisticsKey[] }>;

const TIME_LIMIT_MS = 8_000;

/**
 * What was redeemed at a merchant and still stands, by what is asked for; nothing of groups of fewer than ten members
 * (S24). Reads the redemptions of this merchant in this time, by their index, in one statement. Throws BAD_USER_INPUT
 * (QUESTION_TOO_LARGE) when that takes too long.
 */
export async function redemptionStatistics(
  database: Reading,
  { merchantId, period, by }: Asked,
): Promise<RedemptionStatistics> {
  const keys = {
    REWARD: 'redemption.reward_id',
    CATEGORY: 'reward.category',
    MONTH: database.dialect.monthOf(`(redemption.completed_ms + ${SHIFT_MS})`),
  };
  const chosen = by.map((key) => `${keys[key]} AS ${NAMES[key]}, `).join('');
  const names = by.map((key) => NAMES[key]).join(', ');
  const rows = await select(
    database,
    {
      sql: `${chosen} COUNT(*) AS redemptions, SUM(redemption.quantity - redemption.returned) AS pieces,
          COUNT(DISTINCT redemption.member_id) AS members
        FROM rewards_redemption redemption JOIN rewards_reward reward ON reward.id = redemption.reward_id
        WHERE redemption.merchant_id = :merchantId AND redemption.completed_ms >= :fromMs
          AND redemption.completed_ms < :endMs AND redemption.status = 'COMPLETED'
          AND redemption.quantity > redemption.returned
        ${names === '' ? '' : `GROUP BY ${names}`}`,
      parameters: { merchantId, fromMs: period.fromMs, endMs: period.endMs },
    },
    TIME_LIMIT_MS,
  );
  const told = rows.filter(({ members }) => toSafeInteger(members) >= GROUP_LEAST);
  const isSuppressed = rows.some(({ members }) => {
    const count = toSafeInteger(members);
    return count > 0 && count < GROUP_LEAST;
  });
  return { isSuppressed, groups: told.map(groupOf).toSorted(compare) };
}

const NAMES = { REWARD: 'reward_key', CATEGORY: 'category_key', MONTH: 'month_key' } as const;

const groupOf = (row: Row): RedemptionGroup => ({
  rewardId: row.reward_key == null ? null : String(row.reward_key),
  category: row.category_key == null ? null : String(row.category_key),
  month: row.month_key == null ? null : monthNumbered(toSafeInteger(row.month_key)),
  members: inTens(toSafeInteger(row.members)),
  redemptions: inTens(toSafeInteger(row.redemptions)),
  pieces: inTens(toSafeInteger(row.pieces)),
});

/** The first day of a month that is counted from the year 0. */
const monthNumbered = (number: number): Day =>
  Math.floor(number / 12) * 10_000 + ((number % 12) + 1) * 100 + 1;

/** By what is shown alone: an order by the exact counts would tell more. */
function compare(a: RedemptionGroup, b: RedemptionGroup): number {
  const nameOf = ({ month, category, rewardId }: RedemptionGroup) =>
    `${month ?? ''} ${category ?? ''} ${rewardId ?? ''}`;
  return b.redemptions - a.redemptions || (nameOf(a) < nameOf(b) ? -1 : 1);
}

/** How a reward is wanted; `pieces` in tens. */
export type RewardDemand = Readonly<{
  rewardId: string;
  pieces: number | null;
  daysLeft: number | null;
}>;

const RATE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a merchant offers, what runs out first at the rate of the last 30 days first. One statement. */
export async function stockAndDemand(
  database: Reading,
  { merchantId, at }: Readonly<{ merchantId: string; at: Date }>,
): Promise<RewardDemand[]> {
  const rows = await select(
    database,
    {
      sql: `reward.id, reward.stock, recent.pieces, recent.members
        FROM rewards_reward reward LEFT JOIN (
          SELECT reward_id, SUM(quantity - returned) AS pieces, COUNT(DISTINCT member_id) AS members
          FROM rewards_redemption WHERE merchant_id = :merchantId AND completed_ms >= :fromMs
            AND status = 'COMPLETED' AND quantity > returned GROUP BY reward_id) recent ON recent.reward_id = reward.id
        WHERE reward.merchant_id = :merchantId AND reward.status = 'PUBLISHED'`,
      parameters: { merchantId, fromMs: at.getTime() - RATE_DAYS * DAY_MS },
    },
    TIME_LIMIT_MS,
  );
  const never = Number.MAX_SAFE_INTEGER;
  return rows
    .map(demandOf)
    .toSorted(
      (a, b) =>
        (a.daysLeft ?? never) - (b.daysLeft ?? never) ||
        (b.pieces ?? 0) - (a.pieces ?? 0) ||
        (a.rewardId < b.rewardId ? -1 : 1),
    );
}

function demandOf(row: Row): RewardDemand {
  const isTold = toSafeInteger(row.members ?? 0) >= GROUP_LEAST;
  const pieces = isTold ? inTens(toSafeInteger(row.pieces)) : null;
  const daysLeft =
    pieces === null || row.stock == null
      ? null
      : Number((BigInt(toSafeInteger(row.stock)) * BigInt(RATE_DAYS)) / BigInt(pieces));
  return { rewardId: String(row.id), pieces, daysLeft };
}
