import type { EntityManager } from 'typeorm';
import { addDays, dayOf } from '../../../../shared/calendar.ts';
import { multiplyFloor, toSafeInteger } from '../../../../shared/quantities.ts';
import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';
import { type Period, periodBefore } from '../domain/days.ts';

/** How much of what was redeemed a purchase followed. `share` is in parts of 10,000, rounded down. */
export type ClosedLoop = Readonly<{
  unit: string;
  days: number;
  isFinal: boolean;
  redemptions: number;
  members: number;
  points: number;
  followedPoints: number | null;
  share: number | null;
}>;

export const DAYS_MAX = 365;

const DAY_MS = 24 * 60 * 60 * 1000;

type Asked = Readonly<{
  period: Period;
  days: number;
  merchantId: string | null;
  /** Whether nothing may be told of few members. */
  isOfMany: boolean;
  at: Date;
}>;

type Row = Readonly<Record<string, unknown>>;

/**
 * The share of redeemed points that the same member followed by a purchase, after the redemption and within so many
 * days (S53), by unit. A purchase of which all came back is none. One statement.
 */
export async function closedLoop(
  reader: Pick<EntityManager, 'query'>,
  { period, days, merchantId, isOfMany, at }: Asked,
): Promise<ClosedLoop[]> {
  const rows = await reader.query<Row[]>(
    `SELECT unit, COUNT(*) AS redemptions, SUM(points) AS points, COUNT(DISTINCT member_id) AS members,
       SUM(CASE WHEN followed = 1 THEN points ELSE 0 END) AS followed_points,
       COUNT(DISTINCT CASE WHEN followed = 1 THEN member_id END) AS followers,
       COUNT(DISTINCT CASE WHEN followed = 0 THEN member_id END) AS others
     FROM (SELECT redemption.unit, redemption.points, redemption.member_id,
         CASE WHEN EXISTS (SELECT 1 FROM merchants_purchase purchase
           WHERE purchase.member_id = redemption.member_id
             AND purchase.purchased_ms > redemption.completed_ms
             AND purchase.purchased_ms <= redemption.completed_ms + ?
             AND purchase.returned_minor < purchase.total_minor) THEN 1 ELSE 0 END AS followed
       FROM merchants_redemption redemption
       WHERE redemption.completed_ms >= ? AND redemption.completed_ms < ?
         ${merchantId === null ? '' : 'AND redemption.merchant_id = ?'}) AS redeemed
     GROUP BY unit ORDER BY unit`,
    [
      days * DAY_MS,
      period.from.getTime(),
      period.until.getTime(),
      ...(merchantId === null ? [] : [merchantId]),
    ],
  );
  const isFinal = period.until.getTime() + days * DAY_MS <= at.getTime();
  return rows
    .map((row) => loopOf(row, { days, isFinal, isOfMany }))
    .filter(({ members }) => !isOfMany || members >= MEMBERS_MIN);
}

function loopOf(
  row: Row,
  { isOfMany, ...told }: Readonly<{ days: number; isFinal: boolean; isOfMany: boolean }>,
): ClosedLoop {
  const [points, members] = [toSafeInteger(row.points), toSafeInteger(row.members)];
  const followedPoints = toSafeInteger(row.followed_points);
  const [followers, others] = [toSafeInteger(row.followers), toSafeInteger(row.others)];
  const isTold = !isOfMany || (followers >= MEMBERS_MIN && others >= MEMBERS_MIN);
  return {
    ...told,
    unit: String(row.unit),
    redemptions: toSafeInteger(row.redemptions),
    members,
    points,
    followedPoints: isTold ? followedPoints : null,
    share: isTold && points > 0 ? shareOf(followedPoints, points) : null,
  };
}

/** In parts of 10,000, rounded down. */
const shareOf = (part: number, whole: number): number =>
  multiplyFloor(part, { numerator: 10_000, denominator: whole });

const REPORTED_DAYS = 90;
const REPORTED_AFTER = 30;

/** For the report: the last days of which nothing can change any more. */
export const reportedLoop = (
  reader: Pick<EntityManager, 'query'>,
  merchantId: string | null,
  at: Date,
): Promise<ClosedLoop[]> =>
  closedLoop(reader, {
    period: periodBefore(addDays(dayOf(at), -REPORTED_AFTER), REPORTED_DAYS),
    days: REPORTED_AFTER,
    merchantId,
    isOfMany: false,
    at,
  });
