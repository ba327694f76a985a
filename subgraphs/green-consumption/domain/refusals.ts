import { type Refused, refused } from '../../../shared/graphql/refusals.ts';

export type CertificateTaken = Refused<'CertificateTaken'>;

export const certificateTaken = (number: string): CertificateTaken =>
  refused('CertificateTaken', 'CERTIFICATE_TAKEN', { number });
