import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { FirstOrderOffer, type FirstOrderOfferRow } from './entities/first-order.ts';

export const firstOrderOffersList: ListSpec<FirstOrderOfferRow> = {
  type: 'FirstOrderOffer',
  field: 'firstOrderOffers',
  description:
    'What merchants take off the first order of somebody who was invited: open ones for everybody, all for those who see all.',
  entity: FirstOrderOffer,
  requires: [['PUBLIC']],
  fields: {
    merchantId: { type: 'ID', isFilter: true },
    publishedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'publishedAt', direction: 'DESC' },
};
