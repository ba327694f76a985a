import { migration } from '../../../shared/database/migrate.ts';

/**
 * It took a fourth of all that a command writes, for what few ask: a balance after an entry is found by way of
 * the entries of its wallet. What stands in the comment MySQL and MariaDB read, and SQLite does not know.
 */
export const dropAccountIndex = migration('DropAccountIndex1767225600118', [
  'DROP INDEX points_posting_account /*! ON points_posting */',
]);
