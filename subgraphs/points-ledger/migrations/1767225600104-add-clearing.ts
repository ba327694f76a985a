import { migration } from '../../../shared/database/migrate.ts';

/** What a cycle is made of. Rows are written by its close and never changed. */
const cycles = [
  // Locked by each close, so that cycles follow one another without a gap.
  `CREATE TABLE points_clearing_head (
      id INT NOT NULL PRIMARY KEY,
      cycles BIGINT NOT NULL CHECK (cycles >= 0),
      last_seq BIGINT NOT NULL CHECK (last_seq >= 0))`,
  'INSERT INTO points_clearing_head (id, cycles, last_seq) VALUES (1, 0, 0)',
  // A cycle of corrections alone has no entries: its last one is then one below its first.
  `CREATE TABLE points_clearing_cycle (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      number BIGINT NOT NULL UNIQUE,
      first_seq BIGINT NOT NULL,
      last_seq BIGINT NOT NULL,
      closed_ms BIGINT NOT NULL,
      CHECK (last_seq >= first_seq - 1))`,
  `CREATE TABLE points_clearing_volume (
      cycle_id VARCHAR(64) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      claims INT NOT NULL,
      gross_minor BIGINT NOT NULL CHECK (gross_minor >= 0),
      payments INT NOT NULL,
      net_minor BIGINT NOT NULL CHECK (net_minor >= 0),
      PRIMARY KEY (cycle_id, currency))`,
  `CREATE TABLE points_clearing_line (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      cycle_id VARCHAR(64) NOT NULL,
      number INT NOT NULL,
      kind VARCHAR(16) NOT NULL CHECK (kind IN ('BURNS', 'CORRECTION')),
      debtor_id VARCHAR(64) NOT NULL,
      creditor_id VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      points BIGINT NOT NULL,
      amount_minor BIGINT NOT NULL,
      burns BIGINT NOT NULL,
      corrects_id VARCHAR(64) NULL,
      note VARCHAR(1000) NULL,
      UNIQUE (cycle_id, number))`,
  'CREATE INDEX points_clearing_line_pair ON points_clearing_line (cycle_id, debtor_id, creditor_id)',
  'CREATE INDEX points_clearing_line_corrects ON points_clearing_line (corrects_id)',
  // The primary key is that of the posting: none is ever in two cycles.
  `CREATE TABLE points_clearing_burn (
      seq BIGINT NOT NULL,
      line INT NOT NULL,
      line_id VARCHAR(64) NOT NULL,
      PRIMARY KEY (seq, line))`,
  'CREATE INDEX points_clearing_burn_line ON points_clearing_burn (line_id, seq, line)',
  // What was cleared so far, so that a close reads no entry of an earlier cycle.
  `CREATE TABLE points_clearing_total (
      debtor_id VARCHAR(64) NOT NULL,
      creditor_id VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL,
      amount_minor BIGINT NOT NULL,
      PRIMARY KEY (debtor_id, creditor_id, price_class))`,
];

/** What merchants are told, and what they make of it. */
const statements = [
  `CREATE TABLE points_clearing_statement (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      cycle_id VARCHAR(64) NOT NULL,
      merchant_id VARCHAR(64) NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('ISSUED', 'DISPUTED', 'CONFIRMED')),
      issued_ms BIGINT NOT NULL,
      confirmed_ms BIGINT NULL,
      UNIQUE (cycle_id, merchant_id))`,
  'CREATE INDEX points_clearing_statement_time ON points_clearing_statement (issued_ms)',
  'CREATE INDEX points_clearing_statement_of ON points_clearing_statement (merchant_id, issued_ms)',
  `CREATE TABLE points_clearing_sum (
      statement_id VARCHAR(64) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      receivable_minor BIGINT NOT NULL,
      payable_minor BIGINT NOT NULL,
      fee_minor BIGINT NOT NULL,
      PRIMARY KEY (statement_id, currency))`,
  // What each of its two merchants makes of a line.
  `CREATE TABLE points_clearing_side (
      line_id VARCHAR(64) NOT NULL,
      merchant_id VARCHAR(64) NOT NULL,
      statement_id VARCHAR(64) NOT NULL,
      state VARCHAR(16) NOT NULL
        CHECK (state IN ('OPEN', 'CONFIRMED', 'DISPUTED', 'UPHELD', 'CORRECTED')),
      reason VARCHAR(1000) NULL,
      note VARCHAR(1000) NULL,
      PRIMARY KEY (line_id, merchant_id))`,
  'CREATE INDEX points_clearing_side_statement ON points_clearing_side (statement_id)',
  // Waits for the next cycle as long as `cycle_id` is null.
  `CREATE TABLE points_clearing_correction (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      line_id VARCHAR(64) NOT NULL,
      amount_minor BIGINT NOT NULL,
      note VARCHAR(1000) NOT NULL,
      decided_ms BIGINT NOT NULL,
      cycle_id VARCHAR(64) NULL)`,
  'CREATE INDEX points_clearing_correction_cycle ON points_clearing_correction (cycle_id)',
  'CREATE INDEX points_clearing_correction_line ON points_clearing_correction (line_id)',
];

/** What merchants are to pay each other, outside of the platform. No table keeps money. */
const payments = [
  `CREATE TABLE points_clearing_payment (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      cycle_id VARCHAR(64) NOT NULL,
      number INT NOT NULL,
      currency VARCHAR(3) NOT NULL,
      payer_id VARCHAR(64) NOT NULL,
      payee_id VARCHAR(64) NOT NULL,
      amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
      due_on INT NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('DUE', 'DEFAULTED', 'SETTLED')),
      guaranteed_minor BIGINT NOT NULL CHECK (guaranteed_minor >= 0),
      uncovered_minor BIGINT NOT NULL CHECK (uncovered_minor >= 0),
      reference VARCHAR(140) NULL,
      paid_on INT NULL,
      settled_ms BIGINT NULL,
      UNIQUE (cycle_id, number))`,
  `CREATE TABLE points_clearing_terms (
      merchant_id VARCHAR(64) NOT NULL PRIMARY KEY,
      mode VARCHAR(16) NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
      payment_days INT NOT NULL CHECK (payment_days >= 0),
      fee_numerator BIGINT NOT NULL CHECK (fee_numerator >= 0),
      fee_denominator BIGINT NOT NULL CHECK (fee_denominator > 0),
      guarantee_minor BIGINT NOT NULL CHECK (guarantee_minor >= 0),
      guarantee_currency VARCHAR(3) NOT NULL,
      agreed_ms BIGINT NOT NULL)`,
  `CREATE TABLE points_clearing_default (
      cycle_id VARCHAR(64) NOT NULL,
      merchant_id VARCHAR(64) NOT NULL,
      reason VARCHAR(1000) NOT NULL,
      guaranteed_minor BIGINT NOT NULL CHECK (guaranteed_minor >= 0),
      currency VARCHAR(3) NOT NULL,
      declared_ms BIGINT NOT NULL,
      PRIMARY KEY (merchant_id, cycle_id))`,
];

export const addClearing = migration('AddClearing1767225600104', [
  ...cycles,
  ...statements,
  ...payments,
]);
