import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Amendment, type AmendmentRow } from './entities/amendment.ts';
import { Cancellation, type CancellationRow } from './entities/cancellation.ts';
import { PointsClaim, type PointsClaimRow } from './entities/points-claim.ts';
import { PurchaseEvent, type PurchaseEventRow } from './entities/purchase-event.ts';
import {
  PurchaseReturn,
  type PurchaseReturnRow,
  ReturnLine,
  type ReturnLineRow,
} from './entities/purchase-return.ts';
import { VestingHold, type VestingHoldRow } from './entities/vesting-hold.ts';

/** The batched reads of what becomes of orders. */
export const createOrderLoaders = (reader: EntityManager) => ({
  cancellationByPurchase: batchByKey<CancellationRow>(
    ({ purchaseId }) => purchaseId,
    (ids) => reader.findBy(Cancellation, { purchaseId: In(ids) }),
  ),
  amendmentById: batchByKey<AmendmentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Amendment, { id: In(ids) }),
  ),
  amendmentsByPurchase: batchManyByKey<AmendmentRow>(
    ({ purchaseId }) => purchaseId,
    (ids) => reader.find(Amendment, { where: { purchaseId: In(ids) }, order: { number: 'ASC' } }),
  ),
  claimById: batchByKey<PointsClaimRow>(
    ({ id }) => id,
    (ids) => reader.findBy(PointsClaim, { id: In(ids) }),
  ),
  holdById: batchByKey<VestingHoldRow>(
    ({ id }) => id,
    (ids) => reader.findBy(VestingHold, { id: In(ids) }),
  ),
  holdByPurchase: batchByKey<VestingHoldRow>(
    ({ purchaseId }) => purchaseId,
    (ids) => reader.findBy(VestingHold, { purchaseId: In(ids) }),
  ),
  eventsByPurchase: batchManyByKey<PurchaseEventRow>(
    ({ purchaseId }) => purchaseId,
    (ids) =>
      reader.find(PurchaseEvent, {
        where: { purchaseId: In(ids) },
        order: { recordedAt: 'ASC', event: 'ASC' },
      }),
  ),
  returnsByPurchase: batchManyByKey<PurchaseReturnRow>(
    ({ purchaseId }) => purchaseId,
    (ids) =>
      reader.find(PurchaseReturn, {
        where: { purchaseId: In(ids) },
        order: { recordedAt: 'ASC', id: 'ASC' },
      }),
  ),
  linesByReturn: batchManyByKey<ReturnLineRow>(
    ({ returnId }) => returnId,
    (ids) =>
      reader.find(ReturnLine, { where: { returnId: In(ids) }, order: { lineNumber: 'ASC' } }),
  ),
});
