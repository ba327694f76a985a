import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Promotion, type PromotionRow, Segment, type SegmentRow } from './entities/segment.ts';

export const segmentsList: ListSpec<SegmentRow> = {
  type: 'Segment',
  field: 'segments',
  description: 'Groups of customers by what their profiles say: a merchant sees its own.',
  entity: Segment,
  requires: [['MERCHANT'], ['OPERATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    definedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'definedAt', direction: 'DESC' },
};

export const promotionsList: ListSpec<PromotionRow> = {
  type: 'Promotion',
  field: 'promotions',
  description:
    'What merchants tell of, the same for everybody, signed in or not: no profile has a part in it.',
  entity: Promotion,
  requires: [['PUBLIC']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    state: {
      type: { enum: 'PromotionState' },
      isFilter: true,
      // As `promotionState`; `:now` is given by whoever reads the list.
      sql: (row) => `CASE WHEN ${row}.withdrawnAt IS NOT NULL THEN 'WITHDRAWN'
        WHEN ${row}.until <= :now THEN 'OVER' WHEN ${row}.from > :now THEN 'COMING' ELSE 'OPEN' END`,
    },
    publishedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'publishedAt', direction: 'DESC' },
};
