import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** What a wallet has of one unit by the books: lapsed points are in it until the run of expiry. */
export type Balances = Readonly<{
  unit: string;
  available: number;
  held: number;
  pending: number;
  debt: number;
}>;

/** A wallet after the last entry up to `throughSeq`. Only of the units that are named. */
export type BalancesAsked = Readonly<{
  walletId: string;
  throughSeq: number;
  units: readonly string[];
}>;

export const balanceAccounts = ['AVAILABLE', 'HELD', 'PENDING', 'DEBT'] as const;

export type BalanceAccount = (typeof balanceAccounts)[number];

/** How many lines are looked up in one statement: SQLite answers at most 2,000 columns. */
const LOOKUPS_MAX = 1_000;

/**
 * The balances of wallets, each after an entry of its own: the last line of every account up to there,
 * which is the end of one range of an index. Costs one statement for each thousand accounts.
 */
export async function readBalances(
  reader: EntityManager,
  asked: readonly BalancesAsked[],
): Promise<Balances[][]> {
  const lookups = asked.flatMap(({ walletId, throughSeq, units }) =>
    units.flatMap((unit) =>
      balanceAccounts.map((account) => [walletId, account, unit, throughSeq] as const),
    ),
  );
  const found: number[] = [];
  for (let start = 0; start < lookups.length; start += LOOKUPS_MAX) {
    const part = lookups.slice(start, start + LOOKUPS_MAX);
    const columns = part.map(
      (_, index) =>
        `(SELECT balance_after FROM points_posting
          WHERE owner_id = ? AND account = ? AND unit = ? AND seq <= ?
          ORDER BY seq DESC, line DESC LIMIT 1) AS balance${index}`,
    );
    const [row] = await reader.query<Record<string, string | null>[]>(
      `SELECT ${columns.join(', ')}`,
      part.flat(),
    );
    found.push(...part.map((_, index) => toSafeInteger(row?.[`balance${index}`] ?? 0)));
  }
  const next = found.values();
  const take = () => next.next().value ?? 0;
  return asked.map(({ units }) =>
    units.map((unit) => {
      const [available, held, pending, debt] = [take(), take(), take(), take()];
      // In the books what is owed is negative.
      return { unit, available, held, pending, debt: 0 - debt };
    }),
  );
}
