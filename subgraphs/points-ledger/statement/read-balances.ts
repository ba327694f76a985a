import type { EntityManager } from 'typeorm';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';

/** What a wallet has of one unit by the books: lapsed points are in it until the run of expiry. */
export type Balances = Readonly<{
  unit: string;
  available: number;
  held: number;
  pending: number;
  debt: number;
}>;

/** What a wallet has of each unit. A unit that is not there it has nothing of. */
export type BalancesByUnit = ReadonlyMap<string, Balances>;

/** A wallet after one of its versions; after version 0 it has nothing yet. */
export type BalancesAsked = Readonly<{ walletId: string; version: number }>;

/** A wallet after the last entry up to `throughSeq`. */
export type WalletAt = Readonly<{ walletId: string; throughSeq: number }>;

type Row = Readonly<Record<string, string | null>>;

export const balanceAccounts = ['AVAILABLE', 'HELD', 'PENDING', 'DEBT'] as const;

export type BalanceAccount = (typeof balanceAccounts)[number];

/** How many steps one statement takes: SQLite joins at most 500 parts, and a step is up to three. */
const STEPS_MAX = 100;

/** How many wallets are looked up in one statement: SQLite answers at most 2,000 columns. */
const WALLETS_MAX = 500;

/**
 * The balances of wallets, each after a version of its own: what the wallet has now, less what was booked since.
 * Both are of one statement, hence of one moment. Reads the entries of a wallet since the earliest version that
 * is asked for, each once; costs one statement for each hundred versions.
 */
export async function readBalances(
  reader: EntityManager,
  asked: readonly BalancesAsked[],
): Promise<BalancesByUnit[]> {
  const steps = stepsBack(asked);
  const found = new Map<string, BalancesByUnit>();
  for (let start = 0; start < steps.length; start += STEPS_MAX) {
    const some = steps.slice(start, start + STEPS_MAX);
    const parts = some.flatMap((step, index) => stepSql(step, index));
    const rows = await reader.query<Row[]>(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ parameters }) => parameters),
    );
    const byStep = Map.groupBy(rows, ({ step }) => toSafeInteger(step));
    for (const [index, { walletId, version, later }] of some.entries()) {
      const before = later === null ? undefined : found.get(textOf({ walletId, version: later }));
      const changes = (byStep.get(index) ?? []).map(balancesOf);
      found.set(textOf({ walletId, version }), addUp([...(before?.values() ?? []), ...changes]));
    }
  }
  return asked.map((one) => found.get(textOf(one)) ?? new Map());
}

/** The versions that wallets had by an entry of the books: the newest of both their ranges up to there. */
export async function readVersionsAt(
  reader: EntityManager,
  asked: readonly WalletAt[],
): Promise<number[]> {
  const last = (wallet: string, version: string) =>
    `(SELECT ${version} FROM points_journal_entry WHERE ${wallet} = ? AND seq <= ?
      ORDER BY ${version} DESC LIMIT 1)`;
  const found: number[] = [];
  for (let start = 0; start < asked.length; start += WALLETS_MAX) {
    const some = asked.slice(start, start + WALLETS_MAX);
    const columns = some.map(
      (_, index) => `${last('wallet_id', 'wallet_ver')} AS first${index},
        ${last('counter_wallet_id', 'counter_ver')} AS second${index}`,
    );
    const [row] = await reader.query<Row[]>(
      `SELECT ${columns.join(', ')}`,
      some.flatMap(({ walletId, throughSeq }) => [walletId, throughSeq, walletId, throughSeq]),
    );
    const version = (column: string) => toSafeInteger(row?.[column] ?? 0);
    found.push(
      ...some.map((_, index) => Math.max(version(`first${index}`), version(`second${index}`))),
    );
  }
  return found;
}

/** From a later version of a wallet back to an earlier one; null: from what it has now. */
type Step = BalancesAsked & Readonly<{ later: number | null }>;

function stepsBack(asked: readonly BalancesAsked[]): Step[] {
  return Map.groupBy(asked, ({ walletId }) => walletId)
    .entries()
    .flatMap(([walletId, own]) => {
      const versions = [...new Set(own.map(({ version }) => version))].toSorted((a, b) => b - a);
      return versions
        .filter((version) => version > 0)
        .map((version, index) => ({ walletId, version, later: versions[index - 1] ?? null }));
    })
    .toArray();
}

/** What a step adds: what there is now, when it begins there, and what takes back the entries in between. */
function stepSql({ walletId, version, later }: Step, step: number) {
  const now = {
    sql: `SELECT ${step} AS step, unit, available, held, pending, debt
      FROM points_wallet_unit WHERE wallet_id = ?`,
    parameters: [walletId] as unknown[],
  };
  // An entry over two wallets is found by the version that it is of either.
  const since = (wallet: string, ofWallet: string) => ({
    sql: `SELECT ${step} AS step, posting.unit, ${takenBack.join(', ')}
      FROM points_journal_entry entry
      JOIN points_posting posting ON posting.seq = entry.seq AND posting.owner_id = entry.${wallet}
      WHERE entry.${wallet} = ? AND entry.${ofWallet} > ?
        ${later === null ? '' : `AND entry.${ofWallet} <= ?`}
        AND posting.account IN (${balanceAccounts.map((account) => `'${account}'`).join(', ')})
      GROUP BY posting.unit`,
    parameters: later === null ? [walletId, version] : [walletId, version, later],
  });
  const changes = [since('wallet_id', 'wallet_ver'), since('counter_wallet_id', 'counter_ver')];
  return later === null ? [now, ...changes] : changes;
}

/** In the books what is owed is negative. */
const takenBack = balanceAccounts.map(
  (account) => `SUM(CASE posting.account WHEN '${account}'
    THEN ${account === 'DEBT' ? '' : '-'}posting.amount ELSE 0 END) AS ${account.toLowerCase()}`,
);

const balancesOf = (row: Row): Balances => ({
  unit: String(row.unit),
  available: toSafeInteger(row.available),
  held: toSafeInteger(row.held),
  pending: toSafeInteger(row.pending),
  debt: toSafeInteger(row.debt),
});

function addUp(balances: readonly Balances[]): BalancesByUnit {
  const byUnit = Map.groupBy(balances, ({ unit }) => unit);
  return new Map(
    byUnit.entries().map(([unit, own]) => [
      unit,
      {
        unit,
        available: sum(own.map(({ available }) => available)),
        held: sum(own.map(({ held }) => held)),
        pending: sum(own.map(({ pending }) => pending)),
        debt: sum(own.map(({ debt }) => debt)),
      },
    ]),
  );
}

const textOf = ({ walletId, version }: BalancesAsked): string => `${walletId}\n${version}`;
