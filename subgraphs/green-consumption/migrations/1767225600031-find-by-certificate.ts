import { migration } from '../../../shared/database/migrate.ts';

/** What a certificate saved from a day on is found when it turns out to be revoked. */
export const findByCertificate = migration('FindByCertificate1767225600031', [
  'CREATE INDEX green_carbon_entry_certificate ON green_carbon_entry (certificate_id, occurred_ms)',
]);
