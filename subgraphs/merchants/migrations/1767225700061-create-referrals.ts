import { migration } from '../../../shared/database/migrate.ts';

const COLUMNS = `id, cause_kind, cause_id, merchant_id, issuer_id, member_id, rule_id, programme_id, points,
  reasons, granted_ms`;

/** Neither engine changes a check of a table, so grants move into one that takes another kind of cause. */
export const createReferrals = migration('CreateReferrals1767225700061', [
  // The invitee is the key: she is rewarded for once, and for nobody but who invited her (L1).
  `CREATE TABLE merchants_referral (
    invitee_id VARCHAR(64) NOT NULL PRIMARY KEY,
    id VARCHAR(64) NOT NULL UNIQUE,
    inviter_id VARCHAR(64) NOT NULL,
    registered_ms BIGINT NOT NULL,
    purchase_id VARCHAR(64) NULL,
    settled_ms BIGINT NULL,
    rewarded_ms BIGINT NULL,
    refunded_ms BIGINT NULL,
    due_ms BIGINT NULL,
    attempts BIGINT NOT NULL,
    CHECK (inviter_id <> invitee_id))`,
  'CREATE INDEX merchants_referral_due ON merchants_referral (due_ms, invitee_id)',
  'CREATE INDEX merchants_referral_inviter ON merchants_referral (inviter_id, invitee_id)',
  'CREATE INDEX merchants_referral_purchase ON merchants_referral (purchase_id)',
  `CREATE TABLE merchants_grant_of_referrals (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    cause_kind VARCHAR(64) NOT NULL
      CHECK (cause_kind IN ('ENGAGEMENT', 'APPRECIATION', 'GREEN_ACT', 'REFERRAL')),
    cause_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    issuer_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    rule_id VARCHAR(64) NOT NULL,
    programme_id VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    reasons TEXT NOT NULL,
    granted_ms BIGINT NOT NULL,
    UNIQUE (cause_id, member_id, rule_id),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
  `INSERT INTO merchants_grant_of_referrals (${COLUMNS}) SELECT ${COLUMNS} FROM merchants_grant`,
  'DROP TABLE merchants_grant',
  'ALTER TABLE merchants_grant_of_referrals RENAME TO merchants_grant',
  'CREATE INDEX merchants_grant_time ON merchants_grant (granted_ms, id)',
  'CREATE INDEX merchants_grant_member ON merchants_grant (member_id, granted_ms, id)',
  'CREATE INDEX merchants_grant_merchant ON merchants_grant (merchant_id, granted_ms, id)',
  'CREATE INDEX merchants_grant_rule ON merchants_grant (rule_id, member_id)',
]);
