import { migration } from '../../../shared/database/migrate.ts';

const lotKey = `
      expires_on INT NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      contributor VARCHAR(64) NOT NULL,
      use_scope VARCHAR(64) NOT NULL`;

/** What there is now. Each row is changed only by a transaction that holds its wallet. */
const state = [
  `CREATE TABLE points_wallet (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      version BIGINT NOT NULL CHECK (version >= 0))`,
  `CREATE TABLE points_wallet_unit (
      wallet_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      available BIGINT NOT NULL CHECK (available >= 0),
      held BIGINT NOT NULL CHECK (held >= 0),
      debt BIGINT NOT NULL CHECK (debt >= 0),
      PRIMARY KEY (wallet_id, unit))`,
  // The primary key is the order of spending, so a wallet's lots are one range of it.
  `CREATE TABLE points_lot (
      wallet_id VARCHAR(64) NOT NULL,${lotKey},
      points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (wallet_id, expires_on, issuer_id, unit, price_class, contributor, use_scope))`,
  `CREATE TABLE points_debt (
      wallet_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (wallet_id, unit, issuer_id, price_class))`,
  `CREATE TABLE points_hold (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      wallet_id VARCHAR(64) NOT NULL,
      acceptor_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points > 0),
      state VARCHAR(16) NOT NULL CHECK (state IN ('PLACED', 'CAPTURED', 'RELEASED')),
      expires_ms BIGINT NOT NULL)`,
  'CREATE INDEX points_hold_due ON points_hold (state, expires_ms)',
  `CREATE TABLE points_hold_lot (
      hold_id VARCHAR(64) NOT NULL,
      line INT NOT NULL,${lotKey},
      points BIGINT NOT NULL CHECK (points > 0),
      PRIMARY KEY (hold_id, line))`,
  `CREATE TABLE points_accrual (
      entry_id VARCHAR(64) NOT NULL PRIMARY KEY,
      seq BIGINT NOT NULL,
      wallet_id VARCHAR(64) NOT NULL,
      cause_kind VARCHAR(64) NOT NULL,
      cause_id VARCHAR(64) NOT NULL,${lotKey},
      points BIGINT NOT NULL CHECK (points > 0),
      reversed BIGINT NOT NULL CHECK (reversed >= 0),
      CHECK (reversed <= points))`,
  'CREATE INDEX points_accrual_cause ON points_accrual (cause_id)',
];

/** What happened. Rows are only ever added. `shard` is for the day when the books have several writers. */
const journal = [
  `CREATE TABLE points_journal_entry (
      seq BIGINT NOT NULL PRIMARY KEY,
      shard SMALLINT NOT NULL DEFAULT 0,
      id VARCHAR(64) NOT NULL UNIQUE,
      kind VARCHAR(16) NOT NULL,
      wallet_id VARCHAR(64) NOT NULL,
      wallet_ver BIGINT NOT NULL,
      unit VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL,
      cause_kind VARCHAR(64) NOT NULL,
      cause_id VARCHAR(64) NOT NULL,
      rule_version VARCHAR(64) NULL,
      reverses_id VARCHAR(64) NULL,
      hold_id VARCHAR(64) NULL,
      acceptor_id VARCHAR(64) NULL,
      hold_expires_ms BIGINT NULL,
      recorded_ms BIGINT NOT NULL,
      block BIGINT NOT NULL)`,
  'CREATE INDEX points_journal_entry_cause ON points_journal_entry (cause_id)',
  // Two entries that claim the same version of a wallet would be a forked history.
  'CREATE UNIQUE INDEX points_journal_entry_wallet ON points_journal_entry (wallet_id, wallet_ver)',
  `CREATE TABLE points_posting (
      seq BIGINT NOT NULL,
      line INT NOT NULL,
      shard SMALLINT NOT NULL DEFAULT 0,
      account VARCHAR(16) NOT NULL,
      owner_id VARCHAR(64) NOT NULL,
      account_ver BIGINT NULL,${lotKey},
      amount BIGINT NOT NULL,
      balance_after BIGINT NULL,
      claim_minor BIGINT NULL,
      claim_currency VARCHAR(3) NULL,
      PRIMARY KEY (seq, line))`,
  `CREATE TABLE points_reversal (
      entry_id VARCHAR(64) NOT NULL,
      accrual_id VARCHAR(64) NOT NULL,
      line INT NOT NULL,
      points BIGINT NOT NULL CHECK (points > 0),
      PRIMARY KEY (accrual_id, entry_id))`,
  'CREATE INDEX points_reversal_entry ON points_reversal (entry_id)',
];

/** What was answered, and what seals it all. */
const memory = [
  `CREATE TABLE points_command (
      scope VARCHAR(128) NOT NULL,
      command_key VARCHAR(128) NOT NULL,
      request_hash VARCHAR(64) NOT NULL,
      outcome TEXT NOT NULL,
      block BIGINT NOT NULL,
      ordinal INT NOT NULL,
      PRIMARY KEY (scope, command_key))`,
  'CREATE INDEX points_command_block ON points_command (block, ordinal)',
  `CREATE TABLE points_block (
      height BIGINT NOT NULL PRIMARY KEY,
      shard SMALLINT NOT NULL DEFAULT 0,
      prev_hash VARCHAR(64) NOT NULL,
      hash VARCHAR(64) NOT NULL,
      root VARCHAR(64) NOT NULL,
      answers_hash VARCHAR(64) NOT NULL,
      first_seq BIGINT NOT NULL,
      last_seq BIGINT NOT NULL,
      entries INT NOT NULL,
      recorded_ms BIGINT NOT NULL)`,
  // The row that every batch locks: sequence numbers follow the order of commit, without a hole.
  `CREATE TABLE points_chain_head (
      shard SMALLINT NOT NULL PRIMARY KEY,
      height BIGINT NOT NULL,
      next_seq BIGINT NOT NULL,
      last_ms BIGINT NOT NULL,
      hash VARCHAR(64) NOT NULL)`,
  `INSERT INTO points_chain_head (shard, height, next_seq, last_ms, hash)
     VALUES (0, 0, 1, 0, '${'0'.repeat(64)}')`,
];

/** CHECKs are the last belt: the rules of the books hold before them. */
export const createBooks = migration('CreateBooks1767225600100', [...state, ...journal, ...memory]);
