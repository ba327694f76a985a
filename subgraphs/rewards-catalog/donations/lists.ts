import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Charity, type CharityRow } from './entities/charity.ts';

export const charitiesList: ListSpec<CharityRow> = {
  type: 'Charity',
  field: 'charities',
  description:
    'The register of charities, for everybody. Those that wait for a second person are for the operator alone.',
  entity: Charity,
  requires: [['PUBLIC']],
  fields: {
    registrationNumber: { type: 'String', isFilter: true },
    state: { type: { enum: 'CharityState' }, isFilter: true },
    proposedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'proposedAt', direction: 'DESC' },
};
