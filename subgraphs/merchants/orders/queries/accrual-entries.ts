import { type EntityManager, In } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import type { PointsCommand } from '../../domain/points-command.ts';
import { Posting, type PostingRow } from '../../entities/posting.ts';

const KNOWN = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { key status entryId }
}`;

type Known = Readonly<{ key: string; status: string; entryId: string | null }>;

/**
 * The commands as the ledger takes them: a VEST names the entry of its accrual. The ledger answers a command that
 * it knows as it did before, so it is asked for the entries by the accruals themselves, and nothing about them has
 * to be kept here. Nobody is asked when nothing vests. Throws PeerFailure when the ledger does not answer.
 */
export async function withAccrualEntries(
  { database, peers }: Pick<Frame, 'database' | 'peers'>,
  round: readonly PostingRow[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<readonly (PointsCommand & { accrualId?: string })[]> {
  const vesting = round.filter(({ command }) => command.kind === 'VEST');
  if (vesting.length === 0) return round.map(({ command }) => command);
  const accruals = await accrualsOf(database.reader, vesting);
  const { postPoints } = await peers.ask<{ postPoints: Known[] }>(
    'points-ledger',
    KNOWN,
    { commands: [...accruals.values()] },
    call,
  );
  if (postPoints.some(({ status }) => status === 'FAILED')) {
    throw new PeerFailure('points-ledger', 'INTERNAL');
  }
  const entryOf = new Map(postPoints.map(({ key, entryId }) => [key, entryId]));
  return round.map(({ purchaseId, command: { accrualPosition, ...command } }) => {
    if (accrualPosition === undefined) return command;
    const accrual = accruals.get(nameOf(purchaseId, accrualPosition));
    assert(accrual !== undefined, 'what vests was accrued');
    // What the ledger refused has no entry, and never vests.
    return { ...command, accrualId: entryOf.get(accrual.key) ?? NO_ENTRY };
  });
}

const NO_ENTRY = 'none';

const nameOf = (purchaseId: string, position: number) => `${purchaseId} ${position}`;

async function accrualsOf(
  reader: EntityManager,
  vesting: readonly PostingRow[],
): Promise<Map<string, PointsCommand>> {
  const rows = await reader.find(Posting, {
    where: {
      purchaseId: In([...new Set(vesting.map(({ purchaseId }) => purchaseId))]),
      position: In([...new Set(vesting.map(({ command }) => command.accrualPosition))]),
    },
  });
  const wanted = new Set(
    vesting.map(({ purchaseId, command }) => nameOf(purchaseId, command.accrualPosition ?? 0)),
  );
  return new Map(
    rows
      .map((row) => [nameOf(row.purchaseId, row.position), row.command] as const)
      .filter(([name]) => wanted.has(name)),
  );
}
