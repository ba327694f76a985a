import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Request } from '../domain/answer.ts';
import {
  capText,
  isPool,
  programmeText,
  type Registers,
  type TransferRule,
  transfereeText,
} from '../domain/registers.ts';
import type { Transaction } from './read-books.ts';

// A row as the driver gives it: integers as numbers or, when large, as text.
type Row = Record<string, string>;

/** Reads of the registers what the commands of a batch ask for: most ask for nothing. */
export async function readRegisters(
  { manager, dialect }: Transaction,
  registers: Registers,
  requests: readonly Request[],
): Promise<void> {
  const commands = requests.map(({ command }) => command);
  const moves = commands.flatMap((command) =>
    command.kind === 'TRANSFER' || command.kind === 'CONTRIBUTE' ? [command] : [],
  );
  await readProgrammes(manager, registers, unique(moves.map(({ unit }) => unit)));
  const transfers = commands.flatMap((command) => (command.kind === 'TRANSFER' ? [command] : []));
  await readTransferees(
    manager,
    registers,
    unique(transfers.map(({ walletId }) => walletId)),
    unique(transfers.map(({ counterWalletId }) => counterWalletId)),
  );
  const spenders = commands.flatMap((command) => {
    const isSpending = command.kind === 'BURN' || command.kind === 'HOLD';
    return isSpending && isPool(command.walletId) ? [command.actorId ?? ''] : [];
  });
  const movers = moves.flatMap(({ walletId, counterWalletId }) => [walletId, counterWalletId]);
  const merged = commands.flatMap(({ kind, walletId }) => (kind === 'MERGE' ? [walletId] : []));
  await readMemberships(manager, registers, unique([...movers, ...spenders, ...merged]));
  await readOpenCases(manager, registers, unique(merged));
  const pools = unique(commands.map(({ walletId }) => walletId).filter(isPool));
  await readCaps({ manager, dialect }, registers, pools);
}

async function readProgrammes(
  manager: EntityManager,
  { programmes }: Registers,
  units: readonly string[],
): Promise<void> {
  if (units.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT unit, issuer_id, transfer, effective_after_days, version FROM points_programme
     WHERE unit IN (${placeholders(units.length)})`,
    [...units],
  );
  for (const row of rows) {
    programmes.set(programmeText({ unit: String(row.unit), issuerId: String(row.issuer_id) }), {
      // The CHECK of the table admits only these rules.
      transfer: row.transfer as TransferRule,
      effectiveAfterDays: toSafeInteger(row.effective_after_days),
      version: toSafeInteger(row.version),
    });
  }
}

async function readTransferees(
  manager: EntityManager,
  { transferees }: Registers,
  walletIds: readonly string[],
  otherIds: readonly string[],
): Promise<void> {
  if (walletIds.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id, unit, issuer_id, other_id, since_ms FROM points_transferee
     WHERE wallet_id IN (${placeholders(walletIds.length)})
       AND other_id IN (${placeholders(otherIds.length)})`,
    [...walletIds, ...otherIds],
  );
  for (const row of rows) {
    const programme = { unit: String(row.unit), issuerId: String(row.issuer_id) };
    const text = transfereeText(String(row.wallet_id), String(row.other_id), programme);
    transferees.set(text, dayIn(row.since_ms));
  }
}

async function readMemberships(
  manager: EntityManager,
  { memberships }: Registers,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT pool_id, member_id, since_ms FROM points_family_member
     WHERE member_id IN (${placeholders(memberIds.length)}) AND left_ms IS NULL`,
    [...memberIds],
  );
  for (const row of rows) {
    const since = dayIn(row.since_ms);
    memberships.set(String(row.member_id), { poolId: String(row.pool_id), since });
  }
}

/** A case is proposed under the lock of its wallet, so none comes up unseen. */
async function readOpenCases(
  manager: EntityManager,
  { openCases }: Registers,
  walletIds: readonly string[],
): Promise<void> {
  if (walletIds.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id FROM points_case
     WHERE wallet_id IN (${placeholders(walletIds.length)}) AND state <> 'CLOSED'`,
    [...walletIds],
  );
  for (const row of rows) openCases.add(String(row.wallet_id));
}

/** Few members have a cap: what they spent is added up for them alone, by month. */
async function readCaps(
  { manager, dialect }: Transaction,
  { caps }: Registers,
  poolIds: readonly string[],
): Promise<void> {
  if (poolIds.length === 0) return;
  const pools = placeholders(poolIds.length);
  const rows = await manager.query<Row[]>(
    `SELECT pool_id, member_id, unit, points FROM points_spending_cap WHERE pool_id IN (${pools})`,
    [...poolIds],
  );
  if (rows.length === 0) return;
  for (const row of rows) {
    const text = capText(String(row.pool_id), String(row.member_id), String(row.unit));
    caps.set(text, { points: toSafeInteger(row.points), spent: new Map() });
  }
  const month = dialect.monthOf(`(entry.recorded_ms + ${ZONE_MS})`);
  const spent = await manager.query<Row[]>(
    `SELECT wallet_id, actor_id, unit, month, SUM(points) AS points FROM (
       SELECT entry.wallet_id, entry.actor_id, entry.unit, ${month} AS month, entry.points
       FROM points_journal_entry entry LEFT JOIN points_hold hold ON hold.id = entry.hold_id
       WHERE entry.wallet_id IN (${pools}) AND entry.kind IN ('BURN', 'HOLD')
         AND COALESCE(hold.state, '') <> 'RELEASED') AS spending
     GROUP BY wallet_id, actor_id, unit, month`,
    [...poolIds],
  );
  for (const row of spent) {
    const text = capText(String(row.wallet_id), String(row.actor_id), String(row.unit));
    caps.get(text)?.spent.set(monthOfCount(row.month), toSafeInteger(row.points));
  }
}

/** The calendar of the alliance is eight hours ahead. */
const ZONE_MS = 8 * 60 * 60 * 1000;

/** 202611 for the months since the year 0 that the engines count. */
function monthOfCount(count: unknown): number {
  const months = toSafeInteger(count);
  return Math.floor(months / 12) * 100 + (months % 12) + 1;
}

const dayIn = (milliseconds: unknown): number => dayOf(new Date(toSafeInteger(milliseconds)));

const unique = (values: readonly string[]): string[] => [...new Set(values)];
