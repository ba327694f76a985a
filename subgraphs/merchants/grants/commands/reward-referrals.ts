import { In } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { Poster } from '../../commands/post-waiting.ts';
import { retryAt } from '../../domain/retry.ts';
import { Grant } from '../entities/grant.ts';
import { Referral, type ReferralRow } from '../entities/referral.ts';
import { activeMembers } from '../queries/ask-around.ts';
import { settleReferral } from './settle-referral.ts';

const AT_ONCE = 100;
const WORKER = { requestId: 'merchants-referrals', deadline: null };

/**
 * Rewards who invited somebody, once her first order is settled, and takes it back when all of that order comes back
 * afterwards. Each referral in a transaction of its own, so nothing is given twice; while members does not answer they
 * wait. The ledger is told by the poster.
 */
export const referralRewards = (frame: Frame, poster: Poster): Worker => ({
  name: 'merchants rewards referrals',
  restMs: 1_000,
  async step() {
    const due = await dueReferrals(frame);
    if (due.length === 0) return false;
    const tiers = await tiersOf(frame, due);
    if (tiers === null) {
      await putOff(frame, due);
      return false;
    }
    for (const referral of due) await settleReferral(frame, referral, tiers);
    const grants = await frame.database.reader.findBy(Grant, {
      causeId: In(due.map(({ id }) => id)),
    });
    const paying = grants.filter(({ points }) => points > 0);
    await poster.postOrLeave(
      paying.map(({ id }) => id),
      WORKER,
    );
    // An order that was found just now is looked at next.
    return true;
  },
});

async function dueReferrals({ database, clock }: Frame): Promise<ReferralRow[]> {
  const rows = await database.reader.query<{ id: string }[]>(
    `SELECT id FROM merchants_referral WHERE due_ms <= ? ORDER BY due_ms, invitee_id LIMIT ${AT_ONCE}`,
    [clock.now().getTime()],
  );
  if (rows.length === 0) return [];
  return database.reader.findBy(Referral, { id: In(rows.map(({ id }) => id)) });
}

/** Who is a member still, with her tier; of those of whom an order is known. Null: members does not answer. */
async function tiersOf({ peers, logger }: Frame, referrals: readonly ReferralRow[]) {
  const ordered = referrals.filter(
    ({ purchaseId, settledAt }) => purchaseId !== null && !settledAt,
  );
  const memberIds = new Set(ordered.flatMap(({ inviterId, inviteeId }) => [inviterId, inviteeId]));
  try {
    return await activeMembers(peers, [...memberIds], WORKER);
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    logger.warn({ error }, 'referrals wait for their points: members does not answer');
    return null;
  }
}

/** Waits the longer, the oftener nobody answered. */
async function putOff({ database, clock }: Frame, due: readonly ReferralRow[]): Promise<void> {
  await database.transaction(async (manager) => {
    for (const { id, attempts } of due) {
      await execute(
        manager,
        `UPDATE merchants_referral SET attempts = ?, due_ms = ?
         WHERE id = ? AND due_ms IS NOT NULL AND attempts = ?`,
        [attempts + 1, retryAt(clock.now(), attempts).getTime(), id, attempts],
      );
    }
  });
}
