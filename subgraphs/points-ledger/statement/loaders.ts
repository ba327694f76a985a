import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { type CheckpointRow, latestCheckpoint } from '../proof/checkpoints.ts';
import {
  type BalancesByUnit,
  readBalances,
  readVersionsAt,
  type WalletAt,
} from './read-balances.ts';
import { readStatements, type StatementAsked, type StatementLine } from './read-statement.ts';

/** The statements and past balances of all wallets of a request, each in a constant of statements. */
export const createStatementLoaders = (reader: EntityManager) => ({
  statementPage: new DataLoader<StatementAsked, StatementLine[], string>(
    (asked) => readStatements(reader, asked),
    {
      cacheKeyFn: ({ walletId, size, from, isBackward }) =>
        `${walletId}\n${size} ${from} ${isBackward}`,
    },
  ),
  balancesAt: new DataLoader<WalletAt, BalancesByUnit, string>(
    async (asked) => {
      const versions = await readVersionsAt(reader, asked);
      const of = ({ walletId }: WalletAt, index: number) => ({
        walletId,
        version: versions[index] ?? 0,
      });
      return readBalances(reader, asked.map(of));
    },
    { cacheKeyFn: ({ walletId, throughSeq }) => `${walletId}\n${throughSeq}` },
  ),
  /** By any key: there is one for all statements of a request. */
  newestCheckpoint: new DataLoader<string, CheckpointRow | null>(async (keys) => {
    const newest = await latestCheckpoint(reader);
    return keys.map(() => newest);
  }),
  /** How many entries concern a wallet: each of them is a version of it. */
  walletVersion: new DataLoader<string, number>((ids) => readVersions(reader, ids)),
});

async function readVersions(reader: EntityManager, ids: readonly string[]): Promise<number[]> {
  const rows = await reader.query<Record<string, string>[]>(
    `SELECT id, version FROM points_wallet WHERE id IN (${placeholders(ids.length)})`,
    [...ids],
  );
  const versions = new Map(rows.map(({ id, version }) => [id, toSafeInteger(version)]));
  return ids.map((id) => versions.get(id) ?? 0);
}
