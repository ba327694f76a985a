import { migration } from '../../../shared/database/migrate.ts';

/** When the certification platform was first seen to list a certificate: what it lists no longer is revoked. */
export const listCertificates = migration('ListCertificates1767225600033', [
  'ALTER TABLE green_certificate ADD COLUMN listed_ms BIGINT NULL',
]);
