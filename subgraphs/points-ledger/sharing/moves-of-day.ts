import type { EntityManager } from 'typeorm';
import { startOfDay } from '../../../shared/calendar.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';

type Row = Readonly<Record<string, string>>;

/**
 * How many entries a wallet may have on a day before no more is moved out of it by hand. More serves nobody but who
 * wants to hide where points went: a trace goes through all of them.
 */
export const ENTRIES_A_DAY = 200;

/**
 * Whether a wallet had so many entries today that no more points are moved out of it. What was asked before, under the
 * same key, is not: it has its answer. Three statements, however long its history is.
 */
export async function hasMovedEnough(
  reader: EntityManager,
  {
    walletId,
    scope,
    key,
    now,
  }: Readonly<{ walletId: string; scope: string; key: string; now: Date }>,
): Promise<boolean> {
  const [wallet] = await reader.query<Row[]>('SELECT version FROM points_wallet WHERE id = ?', [
    walletId,
  ]);
  const since = toSafeInteger(wallet?.version ?? 0) - ENTRIES_A_DAY + 1;
  if (since < 1) return false;
  // Each entry of a wallet is one version of it, whether points left it or came.
  const [entry] = await reader.query<Row[]>(
    `SELECT recorded_ms FROM points_journal_entry WHERE wallet_id = ? AND wallet_ver = ?
     UNION ALL SELECT recorded_ms FROM points_journal_entry WHERE counter_wallet_id = ? AND counter_ver = ?`,
    [walletId, since, walletId, since],
  );
  if (entry === undefined || toSafeInteger(entry.recorded_ms) < startOfDay(now)) return false;
  const known = await reader.query<Row[]>(
    'SELECT block FROM points_command WHERE scope = ? AND command_key = ?',
    [scope, key],
  );
  return known.length === 0;
}
