import { dayOf } from '../../../shared/calendar.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Worker } from '../../../shared/workers.ts';
import type { Request } from '../domain/answer.ts';
import type { PointsCommand } from '../domain/command.ts';
import type { Ledger } from '../ledger/create-ledger.ts';
import { type BatchFrame, readTime } from '../ledger/run-batch.ts';

const PAGE = 500;

/**
 * Gives back what members who left a family have in its pool: at once all that is unspent, and later what comes
 * back to the pool because a hold is released or a redemption given up. It only looks for such lots; giving back
 * is an ordinary command, whose key has the version of the pool in it, so that each time is one of its own and
 * a repeated step or a second process changes nothing.
 */
export function returnShares(frame: BatchFrame, ledger: Ledger): Worker {
  async function step(): Promise<boolean> {
    const today = dayOf(await readTime(frame));
    const due = await frame.database.reader.query<Record<string, string>[]>(
      `SELECT DISTINCT lot.wallet_id, lot.contributor, lot.unit, wallet.version
       FROM points_family_member family
       JOIN points_lot lot ON lot.wallet_id = family.pool_id AND lot.contributor = family.member_id
       JOIN points_wallet wallet ON wallet.id = lot.wallet_id
       WHERE family.left_ms > 0 AND lot.expires_on > ? AND wallet.freezes = 0
       ORDER BY lot.wallet_id, lot.contributor, lot.unit LIMIT ${PAGE}`,
      [today],
    );
    const outcomes = await ledger.post(due.map(returning));
    return due.length === PAGE && outcomes.some(({ status }) => status === 'ACCEPTED');
  }
  return { name: 'who left a family gets her points back', restMs: 2_000, step };
}

function returning(row: Readonly<Record<string, string>>): Request {
  const { wallet_id: poolId = '', contributor: memberId = '', unit = '' } = row;
  const command: PointsCommand = {
    kind: 'WITHDRAW',
    walletId: poolId,
    counterWalletId: memberId,
    unit,
    causeKind: 'FAMILY_LEFT',
    causeId: memberId,
    ruleVersion: null,
  };
  const key = sha256(`${poolId}\n${memberId}\n${unit}\n${row.version}`);
  const requestHash = sha256(canonicalJson(command));
  return { scope: 'service:points-ledger', key: `share:${key}`, requestHash, command };
}
