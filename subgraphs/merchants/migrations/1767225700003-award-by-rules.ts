import { migration } from '../../../shared/database/migrate.ts';

/** A programme's rate and term are its basic rule's. */
const programmes = [
  `CREATE TABLE merchants_programme_of_rules (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    name_zh VARCHAR(1000) NOT NULL,
    name_en VARCHAR(1000) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  `INSERT INTO merchants_programme_of_rules (id, merchant_id, name_zh, name_en, unit)
   SELECT id, merchant_id, name_zh, name_en, unit FROM merchants_programme`,
  'DROP TABLE merchants_programme',
  'ALTER TABLE merchants_programme_of_rules RENAME TO merchants_programme',
  'CREATE INDEX merchants_programme_merchant ON merchants_programme (merchant_id)',
];

/** An award is of one version of a rule; the first version of a basic rule has the id of its programme. */
const awards = [
  `CREATE TABLE merchants_award_of_rules (
    purchase_id VARCHAR(64) NOT NULL,
    rule_id VARCHAR(64) NOT NULL,
    programme_id VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    qualifying_points BIGINT NOT NULL CHECK (qualifying_points >= 0),
    reversed_points BIGINT NOT NULL CHECK (reversed_points >= 0),
    room BIGINT NULL CHECK (room >= 0),
    line_numbers TEXT NULL,
    cause_line VARCHAR(64) NULL,
    is_late SMALLINT NOT NULL,
    CHECK (reversed_points <= points),
    PRIMARY KEY (purchase_id, rule_id),
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  `INSERT INTO merchants_award_of_rules (purchase_id, rule_id, programme_id, points, qualifying_points,
     reversed_points, is_late)
   SELECT purchase_id, programme_id, programme_id, points, points, reversed_points, 0
   FROM merchants_award`,
  'DROP TABLE merchants_award',
  'ALTER TABLE merchants_award_of_rules RENAME TO merchants_award',
  'ALTER TABLE merchants_posting RENAME COLUMN programme_id TO rule_id',
  `CREATE TABLE merchants_late_purchase (
    purchase_id VARCHAR(64) NOT NULL PRIMARY KEY,
    attempts BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    FOREIGN KEY (purchase_id) REFERENCES merchants_purchase (id))`,
  'CREATE INDEX merchants_late_purchase_due ON merchants_late_purchase (due_ms, purchase_id)',
];

const facts = [
  ...['store_id', 'channel', 'region', 'payment_instrument', 'tier'].map(
    (column) => `ALTER TABLE merchants_purchase ADD COLUMN ${column} VARCHAR(64) NULL`,
  ),
  'ALTER TABLE merchants_purchase_line ADD COLUMN is_green SMALLINT NULL',
];

/** What was given under a bound: over all (no member, day 0), to a member, or to a member on a day. */
const caps = [
  `CREATE TABLE merchants_cap_use (
    rule_key VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    on_day BIGINT NOT NULL,
    used BIGINT NOT NULL CHECK (used >= 0),
    PRIMARY KEY (rule_key, member_id, on_day))`,
];

export const awardByRules = migration('AwardByRules1767225700003', [
  ...programmes,
  ...awards,
  ...facts,
  ...caps,
]);
