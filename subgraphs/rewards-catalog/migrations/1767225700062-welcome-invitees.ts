import { migration } from '../../../shared/database/migrate.ts';

/** What merchants take off the first order of somebody who was invited, and the vouchers for it: one for a member (S46). */
export const welcomeInvitees = migration('WelcomeInvitees1767225700062', [
  `CREATE TABLE rewards_first_order_offer (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant_id VARCHAR(64) NOT NULL,
    face_minor BIGINT NOT NULL,
    threshold_minor BIGINT NOT NULL,
    currency VARCHAR(64) NOT NULL,
    valid_days BIGINT NOT NULL,
    published_ms BIGINT NOT NULL,
    ended_ms BIGINT NULL,
    CHECK (face_minor >= 1),
    CHECK (threshold_minor >= face_minor))`,
  'CREATE INDEX rewards_first_order_offer_by_age ON rewards_first_order_offer (published_ms, id)',
  `CREATE TABLE rewards_first_order_voucher (
    member_id VARCHAR(64) NOT NULL PRIMARY KEY,
    id VARCHAR(64) NOT NULL UNIQUE,
    offer_id VARCHAR(64) NOT NULL,
    code_hash VARCHAR(64) NOT NULL UNIQUE,
    code_sealed VARCHAR(1000) NOT NULL,
    given_ms BIGINT NOT NULL,
    valid_until INT NOT NULL,
    used_ms BIGINT NULL,
    used_order VARCHAR(64) NULL,
    used_store VARCHAR(64) NULL,
    FOREIGN KEY (offer_id) REFERENCES rewards_first_order_offer (id))`,
]);
