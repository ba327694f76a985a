import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { RedemptionState } from '../../domain/redemption.ts';
import type { Course } from '../domain/affected.ts';
import type { IncidentRow } from '../entities/incident.ts';

/** A redemption, whose it is, and what became of it. */
export type Listed = Readonly<{ redemptionId: string; memberId: string; course: Course }>;

/** The reward whose redemptions are looked at next, and those of a page. */
export type CoursePage = Readonly<{ rewardId: string; listed: readonly Listed[] }>;

type Found = Readonly<{
  id: string;
  member_id: string;
  state: RedemptionState;
  refusal: string | null;
  requested_ms: unknown;
  completed_ms: unknown;
  voucher_id: string | null;
  valid_from: unknown;
  valid_until: unknown;
  used_ms: unknown;
  voided_ms: unknown;
  cancelled_ms: unknown;
}>;

/** The next redemptions that were asked for before the end of the window, reward by reward in the order of the index. */
export async function nextCourses(
  reader: EntityManager,
  { rewardIds, until, listedReward, listedMs, listedId }: IncidentRow,
  size: number,
): Promise<CoursePage> {
  const rewardId = listedReward === '' ? (rewardIds[0] ?? '') : listedReward;
  const rows = await reader.query<Found[]>(
    `SELECT r.id, r.member_id, r.state, r.refusal, r.requested_ms, r.completed_ms,
       v.id AS voucher_id, v.valid_from, v.valid_until, v.used_ms, v.voided_ms,
       (SELECT MAX(e.at_ms) FROM rewards_redemption_event e
        WHERE e.redemption_id = r.id AND e.kind = 'CANCELLED') AS cancelled_ms
     FROM rewards_redemption r LEFT JOIN rewards_voucher v ON v.redemption_id = r.id
     WHERE r.reward_id = ? AND r.requested_ms < ? AND r.requested_ms >= ?
       AND (r.requested_ms > ? OR r.id > ?)
     ORDER BY r.requested_ms, r.id LIMIT ${size}`,
    [rewardId, until.getTime(), listedMs, listedMs, listedId],
  );
  return { rewardId, listed: rows.map(listedOf) };
}

const listedOf = (row: Found): Listed => ({
  redemptionId: row.id,
  memberId: row.member_id,
  course: {
    state: row.state,
    refusal: row.refusal === null ? null : JSON.parse(row.refusal),
    requestedMs: toSafeInteger(row.requested_ms),
    completedMs: orNull(row.completed_ms),
    cancelledMs: orNull(row.cancelled_ms),
    voucher:
      row.voucher_id === null
        ? null
        : {
            validFrom: orNull(row.valid_from),
            validUntil: toSafeInteger(row.valid_until),
            usedMs: orNull(row.used_ms),
            voidedMs: orNull(row.voided_ms),
          },
  },
});

const orNull = (value: unknown): number | null => (value === null ? null : toSafeInteger(value));
