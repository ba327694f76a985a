import { migration } from '../../../shared/database/migrate.ts';

/** How many members stand behind a month of a merchant or the alliance, once it was counted. Found by time. */
export const countMonthMembers = migration('CountMonthMembers1767225600030', [
  `CREATE TABLE green_month_members (
    subject VARCHAR(64) NOT NULL,
    month INT NOT NULL,
    entries BIGINT NOT NULL CHECK (entries > 0),
    members BIGINT NOT NULL CHECK (members >= 0),
    cells TEXT NOT NULL,
    PRIMARY KEY (subject, month))`,
  'DROP INDEX green_carbon_entry_merchant /*! ON green_carbon_entry */',
  'CREATE INDEX green_carbon_entry_merchant_time ON green_carbon_entry (merchant_id, occurred_ms)',
  // All that is counted of the alliance, so that a month of it is read in one go.
  'CREATE INDEX green_carbon_entry_time ON green_carbon_entry (occurred_ms, basis, factor_code, factor_version, member_id, grams)',
]);
