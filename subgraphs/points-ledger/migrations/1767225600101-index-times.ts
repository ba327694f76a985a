import { migration } from '../../../shared/database/migrate.ts';

/**
 * For lists, which are in the order of time, and for questions about a part of it. Entries are added in
 * that order, so it grows at its end only. It does not hold what questions add up: over a long time they
 * read the whole table, and were not faster with it.
 */
export const indexTimes = migration('IndexTimes1767225600101', [
  'CREATE INDEX points_journal_entry_time ON points_journal_entry (recorded_ms)',
]);
