import type { EntityManager } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import type { Dialect } from '../../../shared/database/dialect.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { type Memory, type Request, requestText } from '../domain/answer.ts';
import {
  type Books,
  debtText,
  emptyBooks,
  emptyWallet,
  type HoldState,
  ownerOf,
  type Wallet,
  walletOf,
} from '../domain/books.ts';
import { type PointsCommand, walletsOf } from '../domain/command.ts';
import { lotText } from '../domain/lot.ts';
import { readFreezes } from './freezes.ts';
import { lotColumns, lotOf } from './lot-columns.ts';
import { assertAllLocked, readMerged, readPending } from './read-merges.ts';
import { readAccruals, readBurns } from './read-origins.ts';
import { readRates } from './read-rates.ts';
import { readRegisters } from './read-registers.ts';

// A row as the driver gives it: integers as numbers or, when large, as text.
type Row = Record<string, string>;

/** The books as a batch finds them. */
export type Found = Readonly<{
  books: Books;
  memory: Memory;
  /** They guard what is written back. */
  versions: ReadonlyMap<string, number>;
  /** Wallets that were made so that there is something to lock. */
  added: readonly string[];
}>;

export type Transaction = Readonly<{ manager: EntityManager; dialect: Dialect }>;

/**
 * Locks the wallets of a batch and reads all that its commands are about. The lock is the first
 * statement that touches data: what is read before it may be old by the time it is granted. Throws
 * `MergedElsewhere` when wallets turn out to be merged into others than these and the `further` ones.
 */
export async function readBooks(
  transaction: Transaction,
  requests: readonly Request[],
  further: readonly string[] = [],
): Promise<Found> {
  const { manager } = transaction;
  const named = requests.flatMap(({ command }) => walletsOf(command));
  const walletIds = unique([...named, ...further]).toSorted();
  const books = emptyBooks();
  const { wallets, added } = await lockWallets(transaction, walletIds);
  for (const wallet of wallets) books.wallets.set(wallet.id, wallet);
  assertAllLocked(books);
  const versions = new Map(wallets.map(({ id, version }) => [id, version]));
  const memory = await readMemory(manager, requests);
  await readUnits(manager, books, walletIds);
  await readLots(manager, books, walletIds);
  await readDebts(manager, books, walletIds);
  await readExpired(manager, books, requests);
  await readPending(manager, books, requests);
  await readHolds(manager, books, requests);
  await readAccruals(manager, books, requests);
  await readBurns(manager, books, requests);
  await readMerged(manager, books, requests);
  books.freezes = await readFreezes(manager, requests);
  await readRegisters(transaction, books.registers, requests);
  await readRates(manager, books, requests);
  return { books, memory, versions, added };
}

/** Locks in the order of ids, in one statement, so that two batches never wait for each other. */
async function lockWallets(
  { manager, dialect }: Transaction,
  ids: readonly string[],
): Promise<{ wallets: Wallet[]; added: string[] }> {
  const lock = async () => {
    const rows = await manager.query<Row[]>(
      `SELECT id, version, freezes, merged_into FROM points_wallet
       WHERE id IN (${placeholders(ids.length)}) ORDER BY id ${dialect.forUpdate}`,
      [...ids],
    );
    return rows.map((row) =>
      Object.assign(emptyWallet(String(row.id)), {
        version: toSafeInteger(row.version),
        freezes: toSafeInteger(row.freezes),
        mergedInto: row.merged_into ?? null,
      }),
    );
  };
  const found = await lock();
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return { wallets: found, added: [] };
  await insertRows(
    manager,
    'points_wallet',
    ['id', 'version'],
    missing.map((id) => [id, 0]),
    { ending: dialect.onDuplicateKeep(['id']) },
  );
  const all = await lock();
  assert(all.length === ids.length, 'every wallet exists once it was inserted');
  return { wallets: all, added: missing };
}

async function readMemory(manager: EntityManager, requests: readonly Request[]): Promise<Memory> {
  const scopes = unique(requests.map(({ scope }) => scope));
  const keys = unique(requests.map(({ key }) => key));
  // Asked column by column: MariaDB reads the whole table for a row constructor with one pair.
  const rows = await manager.query<Row[]>(
    `SELECT scope, command_key, request_hash, outcome FROM points_command
     WHERE scope IN (${placeholders(scopes.length)})
       AND command_key IN (${placeholders(keys.length)})`,
    [...scopes, ...keys],
  );
  return new Map(
    rows.map((row) => [
      requestText({ scope: String(row.scope), key: String(row.command_key) }),
      { requestHash: String(row.request_hash), outcome: JSON.parse(String(row.outcome)) },
    ]),
  );
}

async function readUnits(
  manager: EntityManager,
  books: Books,
  ids: readonly string[],
): Promise<void> {
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id, unit, available, pending, held, debt FROM points_wallet_unit
     WHERE wallet_id IN (${placeholders(ids.length)})`,
    [...ids],
  );
  for (const row of rows) {
    walletOf(books, String(row.wallet_id)).units.set(String(row.unit), {
      available: toSafeInteger(row.available),
      pending: toSafeInteger(row.pending),
      held: toSafeInteger(row.held),
      debt: toSafeInteger(row.debt),
    });
  }
}

async function readLots(
  manager: EntityManager,
  books: Books,
  ids: readonly string[],
): Promise<void> {
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_lot
     WHERE wallet_id IN (${placeholders(ids.length)})`,
    [...ids],
  );
  for (const row of rows) {
    const lot = lotOf(row);
    walletOf(books, String(row.wallet_id)).lots.set(lotText(lot.key), lot);
  }
}

/** Few wallets owe anything: the statement is made only for those that do. */
async function readDebts(
  manager: EntityManager,
  books: Books,
  walletIds: readonly string[],
): Promise<void> {
  const ids = walletIds.filter((id) =>
    walletOf(books, id)
      .units.values()
      .some(({ debt }) => debt > 0),
  );
  if (ids.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id, unit, issuer_id, price_class, points FROM points_debt
     WHERE wallet_id IN (${placeholders(ids.length)})`,
    [...ids],
  );
  for (const row of rows) {
    const debt = {
      unit: String(row.unit),
      issuerId: String(row.issuer_id),
      priceClass: String(row.price_class),
      points: toSafeInteger(row.points),
    };
    walletOf(books, String(row.wallet_id)).debts.set(debtText(debt), debt);
  }
}

const TAKES_LAPSED: readonly PointsCommand['kind'][] = [
  ...(['REVERSE', 'EXPIRE', 'EXTEND', 'DEDUCT', 'MERGE'] as const),
];

/** For the commands that take lapsed points or put some there. */
async function readExpired(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const named = requests.flatMap(({ command }) =>
    TAKES_LAPSED.includes(command.kind) ? walletsOf(command) : [],
  );
  const ids = unique(named.flatMap((id) => [id, ownerOf(books, id)]));
  if (ids.length === 0) return;
  const rows = await manager.query<Row[]>(
    `SELECT wallet_id, ${lotColumns.join(', ')}, points FROM points_expired
     WHERE wallet_id IN (${placeholders(ids.length)})`,
    ids,
  );
  for (const row of rows) {
    const lot = lotOf(row);
    walletOf(books, String(row.wallet_id)).expired.set(lotText(lot.key), lot);
  }
}

async function readHolds(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const ids = unique(
    requests.flatMap(({ command }) => ('holdId' in command ? [command.holdId] : [])),
  );
  if (ids.length === 0) return;
  const marks = placeholders(ids.length);
  const holds = await manager.query<Row[]>(
    `SELECT id, wallet_id, acceptor_id, unit, points, state, expires_ms, actor_id, placed_month
     FROM points_hold
     WHERE id IN (${marks})`,
    ids,
  );
  const lots = await manager.query<Row[]>(
    `SELECT hold_id, ${lotColumns.join(', ')}, points FROM points_hold_lot
     WHERE hold_id IN (${marks}) ORDER BY hold_id, line`,
    ids,
  );
  const lotsByHold = Map.groupBy(lots, (row) => String(row.hold_id));
  for (const row of holds) {
    const id = String(row.id);
    books.holds.set(id, {
      id,
      walletId: String(row.wallet_id),
      acceptorId: String(row.acceptor_id),
      unit: String(row.unit),
      points: toSafeInteger(row.points),
      lots: (lotsByHold.get(id) ?? []).map(lotOf),
      expiresMs: toSafeInteger(row.expires_ms),
      actorId: row.actor_id ?? null,
      month: row.placed_month === null ? null : toSafeInteger(row.placed_month),
      // The CHECK of the table admits only these states.
      state: row.state as HoldState['state'],
    });
  }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
