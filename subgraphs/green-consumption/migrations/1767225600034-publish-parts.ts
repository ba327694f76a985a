import { migration } from '../../../shared/database/migrate.ts';

/**
 * What may be told in public of a month, kept from when it was told first. Entries know when they were booked; of those from before the
 * day on which it happened is taken for it.
 */
export const publishParts = migration('PublishParts1767225600034', [
  'ALTER TABLE green_carbon_entry ADD COLUMN booked_ms BIGINT NOT NULL DEFAULT 0',
  'UPDATE green_carbon_entry SET booked_ms = occurred_ms',
  // All that is counted of a month, so that it is read in one go.
  'CREATE INDEX green_carbon_entry_booked ON green_carbon_entry (booked_ms, merchant_id, factor_code, factor_version, basis, member_id, grams)',
  'DROP INDEX green_carbon_entry_time /*! ON green_carbon_entry */',
  'DROP INDEX green_carbon_entry_merchant_time /*! ON green_carbon_entry */',
  'DROP TABLE green_month_members',
  'CREATE INDEX green_act_recorded ON green_act (recorded_ms)',
  'CREATE INDEX green_act_revoked ON green_act (revoked_ms)',
  `CREATE TABLE green_published_month (
    kind VARCHAR(64) NOT NULL,
    month INT NOT NULL,
    PRIMARY KEY (kind, month))`,
  // Who did something that month, told or not. The place with no name is all of them together.
  `CREATE TABLE green_published_place (
    kind VARCHAR(64) NOT NULL,
    place VARCHAR(64) NOT NULL,
    month INT NOT NULL,
    is_told INT NOT NULL CHECK (is_told IN (0, 1)),
    PRIMARY KEY (kind, place, month))`,
  // The place with no name is what was told of no place by itself.
  `CREATE TABLE green_published_part (
    kind VARCHAR(64) NOT NULL,
    month INT NOT NULL,
    place VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    version VARCHAR(64) NOT NULL,
    basis VARCHAR(64) NOT NULL,
    members BIGINT NOT NULL CHECK (members > 0),
    entries BIGINT NOT NULL,
    milli BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    PRIMARY KEY (kind, month, place, code, version, basis))`,
]);
