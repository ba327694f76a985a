import { type Day, dayOf, isoDay } from '../../../shared/calendar.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Worker } from '../../../shared/workers.ts';
import type { Request } from '../domain/answer.ts';
import type { PointsCommand } from '../domain/command.ts';
import type { Ledger } from '../ledger/create-ledger.ts';
import { type Place, readExpiryPage } from '../ledger/expiry-page.ts';
import { type BatchFrame, readTime } from '../ledger/run-batch.ts';
import { KEY_MAX } from './read-command.ts';

const PAGE = 500;
const START: Place = { expiresOn: 0, walletId: '' };

/** One run over all wallets, for one business day. */
type Run = { readonly day: Day; from: Place; hasFailed: boolean };

/**
 * Lets lots lapse, once for each business day on the calendar of the books: when the clock jumps back,
 * that day does not. It only looks for wallets; lapsing is an ordinary command under a key made from
 * wallet, day and unit. So a run may be stopped anywhere and begun again, by several processes at once:
 * what is done is answered from memory or not found any more.
 *
 * Points that a hold gives back after the run of a day lapse in the next one.
 */
export function expireLots(
  frame: BatchFrame,
  ledger: Ledger,
  { page = PAGE }: Readonly<{ page?: number }> = {},
): Worker {
  const { reader } = frame.database;
  let doneDay: Day = 0;
  let run: Run | null = null;

  async function step(): Promise<boolean> {
    if (run === null) {
      const day = dayOf(await readTime(frame));
      if (day <= doneDay) return false;
      run = { day, from: START, hasFailed: false };
    }
    const { day, from } = run;
    const found = await readExpiryPage(reader, { from, upTo: day, limit: page });
    if (found === null) {
      // What failed is tried again in a further run of the day, after a rest.
      if (!run.hasFailed) doneDay = day;
      run = null;
      return false;
    }
    const lapsed = await lapsedUnits(found.walletIds, day);
    const outcomes = await ledger.post(lapsed.map(([id, unit]) => expiry(id, unit, day)));
    run.hasFailed ||= outcomes.some(({ status }) => status === 'FAILED');
    run.from = found.next;
    return true;
  }

  /** All that has lapsed of these wallets, so that each of them is met once in a run. */
  async function lapsedUnits(walletIds: readonly string[], day: Day): Promise<[string, string][]> {
    if (walletIds.length === 0) return [];
    const rows = await reader.query<{ wallet_id: string; unit: string }[]>(
      `SELECT DISTINCT wallet_id, unit FROM points_lot
       WHERE wallet_id IN (${placeholders(walletIds.length)}) AND expires_on <= ?
       ORDER BY wallet_id, unit`,
      [...walletIds, day],
    );
    return rows.map((row) => [row.wallet_id, row.unit]);
  }

  return { name: 'lapsed lots expire', restMs: 60_000, step };
}

function expiry(walletId: string, unit: string, day: Day): Request {
  const command: PointsCommand = {
    kind: 'EXPIRE',
    walletId,
    unit,
    day,
    causeKind: 'EXPIRY',
    causeId: isoDay(day),
    ruleVersion: null,
  };
  const requestHash = sha256(canonicalJson(command));
  return {
    scope: 'service:points-ledger',
    key: expiryKey(walletId, unit, day),
    requestHash,
    command,
  };
}

/** Ids of full length make a key that no column takes: then its hash stands for it. */
function expiryKey(walletId: string, unit: string, day: Day): string {
  const key = `expire:${walletId}:${day}:${unit}`;
  return key.length <= KEY_MAX ? key : `expire:${day}:${sha256(key)}`;
}
