import { migration } from '../../../shared/database/migrate.ts';

/** From when on a certificate is no longer good, why, and who says so. */
export const revokeCertificates = migration('RevokeCertificates1767225600011', [
  'ALTER TABLE green_certificate ADD COLUMN revoked_from INT NULL',
  'ALTER TABLE green_certificate ADD COLUMN revoked_reason VARCHAR(1000) NULL',
  'ALTER TABLE green_certificate ADD COLUMN revoked_by VARCHAR(128) NULL',
  'ALTER TABLE green_certificate ADD COLUMN revoked_ms BIGINT NULL',
]);
