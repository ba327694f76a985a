import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import {
  FirstOrderOffer,
  type FirstOrderOfferRow,
  FirstOrderVoucher,
  type FirstOrderVoucherRow,
} from './entities/first-order.ts';

/** The batched reads of what invitees get off their first order. */
export const welcomeLoaders = (reader: EntityManager) => ({
  firstOrderOfferById: batchByKey<FirstOrderOfferRow>(
    ({ id }) => id,
    (ids) => reader.findBy(FirstOrderOffer, { id: In(ids) }),
  ),
  firstOrderVoucherById: batchByKey<FirstOrderVoucherRow>(
    ({ id }) => id,
    (ids) => reader.findBy(FirstOrderVoucher, { id: In(ids) }),
  ),
  firstOrderVoucherByMember: batchByKey<FirstOrderVoucherRow>(
    ({ memberId }) => memberId,
    (memberIds) => reader.findBy(FirstOrderVoucher, { memberId: In(memberIds) }),
  ),
});
