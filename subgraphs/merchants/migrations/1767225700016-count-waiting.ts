import { migration } from '../../../shared/database/migrate.ts';

/** How many days points were owed before they were issued: so much longer they are good. */
export const countWaiting = migration('CountWaiting1767225700016', [
  'ALTER TABLE merchants_posting ADD COLUMN waited_days BIGINT NULL',
]);
