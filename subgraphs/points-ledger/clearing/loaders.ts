import { type EntityManager, In, Not } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { type CycleCheckpoint, checkpointsOfCycles } from '../proof/checkpoints.ts';
import type { Position } from './domain/netting.ts';
import type { ClearingTerms } from './domain/terms.ts';
import { ClearingCycle, type ClearingCycleRow } from './entities/cycle.ts';
import { ClearingStatement, type ClearingStatementRow } from './entities/statement.ts';
import { type BurnRow, readBurns, WRITTEN_BURNS_MAX } from './queries/burns.ts';
import { readPositions } from './queries/position.ts';
import {
  type LineRow,
  type PaymentRow,
  readLines,
  readPayments,
  readSums,
  readVolumes,
  type SumRow,
  type VolumeRow,
} from './queries/rows.ts';
import { readTerms } from './queries/terms.ts';

type AgreedTerms = ClearingTerms & Readonly<{ merchantId: string }>;

/** The batched reads of clearing. */
export const createClearingLoaders = (reader: EntityManager) => ({
  /** How many burns this request may still have written out. */
  writtenBurns: { left: WRITTEN_BURNS_MAX },
  cycleById: batchByKey<ClearingCycleRow>(
    ({ id }) => id,
    (ids) => reader.findBy(ClearingCycle, { id: In(ids) }),
  ),
  /** What the statements of a cycle rest on; null until it is signed. */
  checkpointByCycle: batchByKey<CycleCheckpoint>(
    ({ cycleId }) => cycleId,
    (ids) => checkpointsOfCycles(reader, ids),
  ),
  statementById: batchByKey<ClearingStatementRow>(
    ({ id }) => id,
    (ids) => reader.findBy(ClearingStatement, { id: In(ids) }),
  ),
  /** In the order of the merchants' ids. */
  statementsByCycle: batchManyByKey<ClearingStatementRow>(
    ({ cycleId }) => cycleId,
    (ids) =>
      reader.find(ClearingStatement, { where: { cycleId: In(ids) }, order: { merchantId: 'ASC' } }),
  ),
  /** The oldest first. */
  openStatementsByMerchant: batchManyByKey<ClearingStatementRow>(
    ({ merchantId }) => merchantId,
    (ids) =>
      reader.find(ClearingStatement, {
        where: { merchantId: In(ids), state: Not('CONFIRMED') },
        order: { issuedAt: 'ASC', id: 'ASC' },
      }),
  ),
  volumesByCycle: batchManyByKey<VolumeRow>(
    ({ cycleId }) => cycleId,
    (ids) => readVolumes(reader, ids),
  ),
  paymentsByCycle: batchManyByKey<PaymentRow>(
    ({ cycleId }) => cycleId,
    (ids) => readPayments(reader, ids),
  ),
  sumsByStatement: batchManyByKey<SumRow>(
    ({ statementId }) => statementId,
    (ids) => readSums(reader, ids),
  ),
  linesByStatement: batchManyByKey<LineRow>(
    ({ statementId }) => statementId,
    (ids) => readLines(reader, ids),
  ),
  burnsByLine: batchManyByKey<BurnRow>(
    ({ lineId }) => lineId,
    (ids) => readBurns(reader, ids),
  ),
  termsByMerchant: batchByKey<AgreedTerms>(
    ({ merchantId }) => merchantId,
    async (ids) =>
      [...(await readTerms(reader, ids))].map(([merchantId, terms]) => ({ merchantId, ...terms })),
  ),
  positionsByMerchant: batchManyByKey<Position>(
    ({ merchantId }) => merchantId,
    () => readPositions(reader),
  ),
});
