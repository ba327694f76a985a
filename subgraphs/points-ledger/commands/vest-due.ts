import { dayOf } from '../../../shared/calendar.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Worker } from '../../../shared/workers.ts';
import type { Request } from '../domain/answer.ts';
import type { PointsCommand } from '../domain/command.ts';
import type { Ledger } from '../ledger/create-ledger.ts';
import { type BatchFrame, readTime } from '../ledger/run-batch.ts';

const PAGE = 500;

/**
 * Makes points good whose day of vesting has come, on the calendar of the books. It only looks for them;
 * vesting is an ordinary command under a key of its own, so a repeated step or a second process changes
 * nothing, and what was taken back meanwhile is refused.
 */
export function vestDue(
  frame: BatchFrame,
  ledger: Ledger,
  { page = PAGE }: Readonly<{ page?: number }> = {},
): Worker {
  async function step(): Promise<boolean> {
    const today = dayOf(await readTime(frame));
    const due = await frame.database.reader.query<{ entry_id: string; wallet_id: string }[]>(
      `SELECT entry_id, wallet_id FROM points_accrual WHERE vests_on <= ?
       ORDER BY vests_on, entry_id LIMIT ${page}`,
      [today],
    );
    const outcomes = await ledger.post(due.map((row) => vesting(row.entry_id, row.wallet_id)));
    return due.length === page && outcomes.some(({ status }) => status === 'ACCEPTED');
  }
  return { name: 'points vest on their day', restMs: 60_000, step };
}

function vesting(accrualId: string, walletId: string): Request {
  const command: PointsCommand = {
    kind: 'VEST',
    walletId,
    accrualId,
    causeKind: 'VESTING',
    causeId: accrualId,
    ruleVersion: null,
  };
  const requestHash = sha256(canonicalJson(command));
  return { scope: 'service:points-ledger', key: `vest:${accrualId}`, requestHash, command };
}
