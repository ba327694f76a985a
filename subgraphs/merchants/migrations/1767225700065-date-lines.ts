import { migration } from '../../../shared/database/migrate.ts';

/** The days for which a line was bought, such as those of a stay (S16). */
export const dateLines = migration('DateLines1767225700065', [
  'ALTER TABLE merchants_purchase_line ADD COLUMN used_from INT NULL',
  'ALTER TABLE merchants_purchase_line ADD COLUMN used_until INT NULL',
]);
