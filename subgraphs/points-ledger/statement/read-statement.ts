import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import type { LotAmount } from '../domain/lot.ts';
import { lotColumns, lotOf } from '../ledger/lot-columns.ts';
import type { JournalEntryKind } from '../schema.generated.ts';
import {
  type BalanceAccount,
  type Balances,
  balanceAccounts,
  readBalances,
} from './read-balances.ts';

type Row = Readonly<Record<string, string | null>>;

/** A part of a wallet's entries, in the order of the books. */
export type StatementAsked = Readonly<{
  walletId: string;
  size: number;
  /** The version of the wallet beyond which the part begins; null: at the end. */
  from: number | null;
  /** From the newest to the oldest. */
  isBackward: boolean;
}>;

/** One line of a lot, as the member sees it. */
export type StatementLot = Readonly<{ account: BalanceAccount }> & LotAmount;

/** What one entry did to a wallet in one unit. */
export type StatementChange = Readonly<{
  change: Balances;
  after: Balances;
  lots: readonly StatementLot[];
}>;

/** One entry, as it concerns one wallet. */
export type StatementLine = Readonly<{
  seq: number;
  entryId: string;
  /** The version of the wallet after it. */
  version: number;
  kind: JournalEntryKind;
  recordedAt: Date;
  causeKind: string;
  causeId: string;
  ruleVersion: string | null;
  reversesId: string | null;
  acceptorId: string | null;
  /** Where points went to or came from, when that is another wallet. */
  otherWalletId: string | null;
  /** Who acted, when that is not whose wallet it is. */
  actorId: string | null;
  /** The account that was named, when it was merged into this one. */
  addressedTo: string | null;
  changes: readonly StatementChange[];
}>;

/** All that a member has of a unit: what is set aside or to come is hers, what she owes is not. */
export const totalOf = ({ available, held, pending, debt }: Balances): number =>
  sum([available, held, pending, 0 - debt]);

/**
 * The lines of the statements of several wallets, up to one more than each asked for, in the order in
 * which they were asked for. Costs the same statements for any number of lines, and of wallets up to a
 * hundred.
 */
export async function readStatements(
  reader: EntityManager,
  asked: readonly StatementAsked[],
): Promise<StatementLine[][]> {
  const entries = await readEntries(reader, asked);
  const postings = await readPostings(reader, asked, entries.flat());
  const opening = await readBalances(
    reader,
    asked.map(({ walletId }, index) => {
      const versions = (entries[index] ?? []).map(({ version }) => version);
      // Before a page without lines there is nothing to tell of.
      return { walletId, version: versions.length === 0 ? 0 : Math.min(...versions) - 1 };
    }),
  );
  return entries.map((found, index) => {
    const balances = new Map(opening[index]);
    const { walletId, isBackward } = asked[index] as StatementAsked;
    const inOrder = found.toSorted((a, b) => a.version - b.version);
    const lines = inOrder.map((entry) => ({
      ...entry,
      changes: changesOf(postings.get(`${walletId}\n${entry.seq}`) ?? [], balances),
    }));
    return isBackward ? lines.toReversed() : lines;
  });
}

type Entry = Omit<StatementLine, 'changes'>;

const WALLETS_MAX = 100;

async function readEntries(
  reader: EntityManager,
  asked: readonly StatementAsked[],
): Promise<Entry[][]> {
  const found: Entry[][] = [];
  for (let start = 0; start < asked.length; start += WALLETS_MAX) {
    const some = asked.slice(start, start + WALLETS_MAX);
    const parts = some.map((part, index) => pageSql(part, index));
    const rows = await reader.query<Row[]>(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ parameters }) => parameters),
    );
    const byPart = Map.groupBy(rows, ({ part }) => toSafeInteger(part));
    found.push(
      ...some.map(({ size, isBackward }, index) => {
        const sign = isBackward ? -1 : 1;
        return (byPart.get(index) ?? [])
          .map(entryOf)
          .toSorted((a, b) => sign * (a.version - b.version))
          .slice(0, size + 1);
      }),
    );
  }
  return found;
}

/**
 * Two ranges of the indexes of wallets' versions, each cut off at what is asked for: the entries that the
 * wallet is the first of, and those that it is the other of.
 */
function pageSql({ walletId, size, from, isBackward }: StatementAsked, part: number) {
  const [beyond, direction] = isBackward ? ['<', 'DESC'] : ['>', 'ASC'];
  const range = (wallet: string, other: string, version: string) =>
    `SELECT * FROM (SELECT ${part} AS part, seq, id, ${version} AS version, kind, recorded_ms,
        cause_kind, cause_id, rule_version, reverses_id, acceptor_id, ${other} AS other_id, actor_id,
        detail
      FROM points_journal_entry
      WHERE ${wallet} = ? ${from === null ? '' : `AND ${version} ${beyond} ?`}
      ORDER BY ${version} ${direction} LIMIT ${size + 1}) AS ${version}${part}`;
  const parameters = from === null ? [walletId] : [walletId, from];
  return {
    sql: `${range('wallet_id', 'counter_wallet_id', 'wallet_ver')}
      UNION ALL ${range('counter_wallet_id', 'wallet_id', 'counter_ver')}`,
    parameters: [...parameters, ...parameters],
  };
}

const entryOf = (row: Row): Entry => ({
  seq: toSafeInteger(row.seq),
  entryId: String(row.id),
  version: toSafeInteger(row.version),
  // Only names of kinds are ever written there.
  kind: row.kind as JournalEntryKind,
  recordedAt: new Date(toSafeInteger(row.recorded_ms)),
  causeKind: String(row.cause_kind),
  causeId: String(row.cause_id),
  ruleVersion: row.rule_version ?? null,
  reversesId: row.reverses_id ?? null,
  acceptorId: row.acceptor_id ?? null,
  otherWalletId: row.other_id ?? null,
  actorId: row.actor_id ?? null,
  addressedTo: row.detail == null ? null : (JSON.parse(row.detail).addressedTo ?? null),
});

/** The lines that are the wallets' own, by wallet and entry. */
async function readPostings(
  reader: EntityManager,
  asked: readonly StatementAsked[],
  entries: readonly Entry[],
): Promise<Map<string, StatementLot[]>> {
  if (entries.length === 0) return new Map();
  const walletIds = [...new Set(asked.map(({ walletId }) => walletId))];
  const seqs = [...new Set(entries.map(({ seq }) => seq))];
  const rows = await reader.query<Row[]>(
    `SELECT seq, owner_id, account, ${lotColumns.join(', ')}, amount AS points
     FROM points_posting
     WHERE seq IN (${placeholders(seqs.length)}) AND owner_id IN (${placeholders(walletIds.length)})
       AND account IN (${balanceAccounts.map((account) => `'${account}'`).join(', ')})
     ORDER BY seq, line`,
    [...seqs, ...walletIds],
  );
  const byEntry = Map.groupBy(rows, (row) => `${row.owner_id}\n${row.seq}`);
  return new Map(
    byEntry.entries().map(([text, own]) => [
      text,
      // The statement asks for no other accounts.
      own.map((row) => ({ account: row.account as BalanceAccount, ...lotOf(row) })),
    ]),
  );
}

const fieldOf = { AVAILABLE: 'available', HELD: 'held', PENDING: 'pending', DEBT: 'debt' } as const;

/** What the lines of an entry do to a wallet, by unit; moves `balances` on. */
function changesOf(
  lots: readonly StatementLot[],
  balances: Map<string, Balances>,
): StatementChange[] {
  return Map.groupBy(lots, ({ key }) => key.unit)
    .entries()
    .map(([unit, own]): StatementChange => {
      const none = { unit, available: 0, held: 0, pending: 0, debt: 0 };
      const change = { ...none };
      for (const { account, points } of own) {
        const sign = account === 'DEBT' ? -1 : 1;
        change[fieldOf[account]] = sum([change[fieldOf[account]], sign * points]);
      }
      const before = balances.get(unit) ?? none;
      const after = { ...none };
      for (const field of Object.values(fieldOf))
        after[field] = sum([before[field], change[field]]);
      balances.set(unit, after);
      return { change, after, lots: own.filter(({ account }) => account !== 'DEBT') };
    })
    .toArray();
}
