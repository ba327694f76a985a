import type { Frame } from '../../../shared/graphql/context.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Worker } from '../../../shared/workers.ts';
import type { Request } from '../domain/answer.ts';
import type { PointsCommand } from '../domain/command.ts';
import type { Ledger } from '../ledger/create-ledger.ts';
import { readTime } from '../ledger/run-batch.ts';

const PAGE = 500;

/**
 * Gives back what nobody captured in time. It only looks for holds that are due; giving back is an
 * ordinary command under a key of its own, so a repeated step or a second process changes nothing. Due is
 * what cannot be captured any more: by the time of the books, which does not go back with a clock.
 */
export function releaseDueHolds(frame: Frame, ledger: Ledger): Worker {
  const { reader } = frame.database;
  async function step(): Promise<boolean> {
    const due = await reader.query<{ id: string; wallet_id: string }[]>(
      `SELECT id, wallet_id FROM points_hold WHERE state = 'PLACED' AND expires_ms <= ?
       ORDER BY expires_ms LIMIT ${PAGE}`,
      [(await readTime(frame)).getTime()],
    );
    const outcomes = await ledger.post(due.map((hold) => timeout(hold.id, hold.wallet_id)));
    // A hold that cannot be released stays due: a page of nothing else is not gone through at once again.
    return due.length === PAGE && outcomes.some(({ status }) => status !== 'FAILED');
  }
  return { name: 'due holds are released', restMs: 1_000, step };
}

function timeout(holdId: string, walletId: string): Request {
  const command: PointsCommand = {
    kind: 'RELEASE',
    walletId,
    holdId,
    causeKind: 'HOLD_TIMEOUT',
    causeId: holdId,
    ruleVersion: null,
  };
  const requestHash = sha256(canonicalJson(command));
  return { scope: 'service:points-ledger', key: `hold:${holdId}:timeout`, requestHash, command };
}
