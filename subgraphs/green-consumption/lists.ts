import type { ListSpec } from '../../shared/query-kit/list.ts';
import { Certificate, type CertificateRow } from './certificates/entities/certificate.ts';

export { greenActs } from './acts/lists.ts';

export const greenCertificates: ListSpec<CertificateRow> = {
  type: 'GreenCertificate',
  field: 'greenCertificates',
  description: 'All green certificates, good or expired.',
  entity: Certificate,
  requires: [['PUBLIC']],
  fields: {
    id: { type: 'ID', isFilter: true },
    number: { type: 'String', isFilter: true, isOrder: true },
    label: { type: { enum: 'GreenLabel' }, isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    body: { type: 'String', isFilter: true },
  },
  order: { field: 'number', direction: 'ASC' },
};
