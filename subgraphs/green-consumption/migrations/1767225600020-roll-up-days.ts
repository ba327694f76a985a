import { migration } from '../../../shared/database/migrate.ts';

/** The beginning of a day on the calendar of the books, in milliseconds. */
const DAY_START = '(occurred_ms - (occurred_ms + 28800000) % 86400000)';

const fill = (subject: string, where: string) =>
  `INSERT INTO green_carbon_day (subject, day_ms, factor_code, factor_version, shard, basis, grams, entries)
   SELECT ${subject}, ${DAY_START} AS start_ms, factor_code, factor_version, 0, basis, SUM(grams), COUNT(*)
   FROM green_carbon_entry ${where}
   GROUP BY ${subject === "''" ? '' : `${subject},`} start_ms, factor_code, factor_version, basis`;

/** What merchants and the alliance saved, by day. A member's own entries are few and read as they are. */
export const rollUpDays = migration('RollUpDays1767225600020', [
  `CREATE TABLE green_carbon_day (
    subject VARCHAR(64) NOT NULL,
    day_ms BIGINT NOT NULL,
    factor_code VARCHAR(64) NOT NULL,
    factor_version VARCHAR(64) NOT NULL,
    shard INT NOT NULL,
    basis VARCHAR(64) NOT NULL CHECK (basis IN ('CO2', 'CO2E')),
    grams BIGINT NOT NULL,
    entries BIGINT NOT NULL CHECK (entries > 0),
    PRIMARY KEY (subject, day_ms, factor_code, factor_version, shard))`,
  fill("''", ''),
  fill('merchant_id', 'WHERE merchant_id IS NOT NULL'),
  'CREATE INDEX green_carbon_entry_by_time ON green_carbon_entry (member_id, occurred_ms)',
]);
