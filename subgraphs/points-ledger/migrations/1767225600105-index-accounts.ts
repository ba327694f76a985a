import { migration } from '../../../shared/database/migrate.ts';

/**
 * For the balance of an account at any instant: the last line up to an entry is the end of one range. It
 * holds merchants' lines too, because an index over a part of a table is not known to every engine.
 */
export const indexAccounts = migration('IndexAccounts1767225600105', [
  'CREATE INDEX points_posting_account ON points_posting (owner_id, account, unit, seq, line)',
]);
