import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Incident, type IncidentRow } from './entities/incident.ts';

export const incidents: ListSpec<IncidentRow> = {
  type: 'Incident',
  field: 'incidents',
  description: 'Incidents: a merchant finds its own, the operator and the regulator all.',
  entity: Incident,
  requires: [['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    merchantId: { type: 'ID', isFilter: true },
    state: { type: { enum: 'IncidentState' }, isFilter: true },
    declaredAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'declaredAt', direction: 'DESC' },
};
