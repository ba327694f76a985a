import { type EntityManager, In, Not } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Adjustment, type AdjustmentRow } from './entities/adjustment.ts';
import { Deduction, type DeductionRow, PointsCase, type PointsCaseRow } from './entities/case.ts';

/** The batched reads of cases. */
export const createCaseLoaders = (reader: EntityManager) => ({
  caseById: batchByKey<PointsCaseRow>(
    ({ id }) => id,
    (ids) => reader.findBy(PointsCase, { id: In(ids) }),
  ),
  /** The newest first. */
  casesByWallet: batchManyByKey<PointsCaseRow>(
    ({ walletId }) => walletId,
    (ids) =>
      reader.find(PointsCase, {
        where: { walletId: In(ids) },
        order: { proposedAt: 'DESC', id: 'DESC' },
      }),
  ),
  /** In the order of their numbers. */
  deductionsByCase: batchManyByKey<DeductionRow>(
    ({ caseId }) => caseId,
    (ids) =>
      reader.find(Deduction, {
        where: { caseId: In(ids), state: Not('WITHDRAWN') },
        order: { number: 'ASC' },
      }),
  ),
  adjustmentById: batchByKey<AdjustmentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Adjustment, { id: In(ids) }),
  ),
});
