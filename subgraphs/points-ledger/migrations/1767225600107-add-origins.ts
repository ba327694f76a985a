import { migration } from '../../../shared/database/migrate.ts';

/**
 * Entries over two wallets, points that vest later, and what was burnt by lot, so that it can be given
 * back. `detail` is what few kinds decide besides, as canonical JSON.
 */
export const addOrigins = migration('AddOrigins1767225600107', [
  'ALTER TABLE points_journal_entry ADD COLUMN counter_wallet_id VARCHAR(64) NULL',
  'ALTER TABLE points_journal_entry ADD COLUMN counter_ver BIGINT NULL',
  'ALTER TABLE points_journal_entry ADD COLUMN actor_id VARCHAR(64) NULL',
  'ALTER TABLE points_journal_entry ADD COLUMN detail TEXT NULL',
  'CREATE UNIQUE INDEX points_journal_entry_counter ON points_journal_entry (counter_wallet_id, counter_ver)',
  'ALTER TABLE points_wallet ADD COLUMN freezes INT NOT NULL DEFAULT 0 CHECK (freezes >= 0)',
  'ALTER TABLE points_wallet ADD COLUMN merged_into VARCHAR(64) NULL',
  'ALTER TABLE points_wallet_unit ADD COLUMN pending BIGINT NOT NULL DEFAULT 0 CHECK (pending >= 0)',
  "ALTER TABLE points_accrual ADD COLUMN cause_line VARCHAR(64) NOT NULL DEFAULT ''",
  'ALTER TABLE points_accrual ADD COLUMN pending BIGINT NOT NULL DEFAULT 0 CHECK (pending >= 0 AND pending <= points)',
  'ALTER TABLE points_accrual ADD COLUMN vests_on INT NULL',
  'CREATE INDEX points_accrual_vesting ON points_accrual (vests_on, entry_id)',
  `CREATE TABLE points_burn (
      entry_id VARCHAR(64) NOT NULL,
      line INT NOT NULL,
      seq BIGINT NOT NULL,
      wallet_id VARCHAR(64) NOT NULL,
      cause_kind VARCHAR(64) NOT NULL,
      cause_id VARCHAR(64) NOT NULL,
      acceptor_id VARCHAR(64) NOT NULL,
      expires_on INT NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      contributor VARCHAR(64) NOT NULL,
      use_scope VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points > 0),
      refunded BIGINT NOT NULL CHECK (refunded >= 0),
      PRIMARY KEY (entry_id, line),
      CHECK (refunded <= points))`,
  'CREATE INDEX points_burn_cause ON points_burn (cause_id)',
  // What was burnt before is known from the postings of its entries.
  `INSERT INTO points_burn (entry_id, line, seq, wallet_id, cause_kind, cause_id, acceptor_id, expires_on,
      issuer_id, unit, price_class, contributor, use_scope, points, refunded)
     SELECT entry.id, ROW_NUMBER() OVER (PARTITION BY entry.seq ORDER BY posting.line) - 1, entry.seq,
      entry.wallet_id, entry.cause_kind, entry.cause_id, entry.acceptor_id, posting.expires_on,
      posting.issuer_id, posting.unit, posting.price_class, posting.contributor, posting.use_scope,
      posting.amount, 0
     FROM points_journal_entry entry JOIN points_posting posting ON posting.seq = entry.seq
     WHERE entry.kind IN ('BURN', 'CAPTURE') AND posting.account = 'REDEEMED'`,
]);
