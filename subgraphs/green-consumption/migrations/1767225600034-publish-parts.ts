import { migration } from '../../../shared/database/migrate.ts';

const regionOf = (prefix: string) =>
  `UPDATE green_carbon_entry SET region =
     (SELECT act.region FROM green_act act WHERE act.id = SUBSTR(cause, ${prefix.length + 1}))
   WHERE cause LIKE '${prefix}%'`;

/**
 * What may be told in public of a month, kept from when it was told first. Entries know when they were booked, and those of
 * acts where they were done; of those from before the day on which it happened is taken for the instant.
 */
export const publishParts = migration('PublishParts1767225600034', [
  'ALTER TABLE green_carbon_entry ADD COLUMN booked_ms BIGINT NOT NULL DEFAULT 0',
  'ALTER TABLE green_carbon_entry ADD COLUMN region VARCHAR(64) NULL',
  'UPDATE green_carbon_entry SET booked_ms = occurred_ms',
  regionOf('act:'),
  regionOf('act-revoked:'),
  // All that is counted of a month, so that it is read in one go.
  `CREATE INDEX green_carbon_entry_booked ON green_carbon_entry
     (booked_ms, merchant_id, region, factor_code, factor_version, basis, member_id, grams, activity_milli)`,
  'DROP INDEX green_carbon_entry_time /*! ON green_carbon_entry */',
  'DROP INDEX green_carbon_entry_merchant_time /*! ON green_carbon_entry */',
  'DROP TABLE green_month_members',
  'CREATE INDEX green_act_recorded ON green_act (behaviour, recorded_ms)',
  'CREATE INDEX green_act_revoked ON green_act (behaviour, revoked_ms)',
  'CREATE TABLE green_published_month (month INT NOT NULL PRIMARY KEY)',
  // Where something was done that month, told or not. The merchant with no name is all of them together.
  `CREATE TABLE green_published_merchant (
    merchant VARCHAR(64) NOT NULL,
    month INT NOT NULL,
    is_told INT NOT NULL CHECK (is_told IN (0, 1)),
    PRIMARY KEY (merchant, month))`,
  // A merchant or region with no name: of several, or of none. The level says how far it was put together.
  `CREATE TABLE green_published_part (
    month INT NOT NULL,
    level INT NOT NULL,
    merchant VARCHAR(64) NOT NULL,
    region VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    version VARCHAR(64) NOT NULL,
    basis VARCHAR(64) NOT NULL,
    is_act INT NOT NULL CHECK (is_act IN (0, 1)),
    is_back INT NOT NULL CHECK (is_back IN (0, 1)),
    members BIGINT NOT NULL CHECK (members > 0),
    entries BIGINT NOT NULL,
    acts BIGINT NOT NULL,
    milli BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    PRIMARY KEY (month, level, merchant, region, code, version, basis, is_act, is_back))`,
  // What could not be told up to a month is told with a later one.
  `CREATE TABLE green_untold_piece (
    month INT NOT NULL,
    merchant VARCHAR(64) NOT NULL,
    region VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    version VARCHAR(64) NOT NULL,
    basis VARCHAR(64) NOT NULL,
    is_act INT NOT NULL CHECK (is_act IN (0, 1)),
    member_id VARCHAR(64) NOT NULL,
    entries BIGINT NOT NULL,
    acts BIGINT NOT NULL,
    milli BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    PRIMARY KEY (month, merchant, region, code, version, basis, is_act, member_id))`,
]);
