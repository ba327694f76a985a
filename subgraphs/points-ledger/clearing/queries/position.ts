import type { EntityManager } from 'typeorm';
import { readHead } from '../../ledger/run-batch.ts';
import { claimsSince } from '../domain/cut.ts';
import { type Position, positionsOf } from '../domain/netting.ts';
import { readBurnSums, readClearingHead } from './burn-sums.ts';

/** What merchants owe and are owed since the last cut. Reads the entries since then. */
export async function readPositions(reader: EntityManager): Promise<Position[]> {
  const { lastSeq } = await readClearingHead(reader);
  const head = await readHead(reader);
  const upTo = (head?.nextSeq ?? 1) - 1;
  return positionsOf(
    claimsSince(await readBurnSums(reader, { firstSeq: lastSeq + 1, lastSeq: upTo })),
  );
}
