import { migration } from '../../../shared/database/migrate.ts';

/** Checks are written as SQL because TypeORM's schema builder leaves them out on MySQL. */
export const createMembers = migration('CreateMembers1767225600001', [
  `CREATE TABLE members_member (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    display_name VARCHAR(100) NULL,
    status VARCHAR(64) NOT NULL CHECK (status IN ('ACTIVE', 'CLOSED')),
    locale VARCHAR(64) NOT NULL,
    joined_ms BIGINT NOT NULL,
    policy_version VARCHAR(64) NULL,
    phone_cipher VARCHAR(255) NULL,
    phone_index VARCHAR(64) NULL,
    phone_ending VARCHAR(64) NULL,
    CONSTRAINT members_member_phone UNIQUE (phone_index))`,
  'CREATE INDEX members_member_joined ON members_member (joined_ms, id)',
  // The number itself is not kept: its pseudonym is enough to recognise it.
  `CREATE TABLE members_customer (
    merchant_id VARCHAR(64) NOT NULL,
    customer_index VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (merchant_id, customer_index))`,
  // The key is the cause, so that an event that comes twice counts once.
  `CREATE TABLE members_qualifying (
    cause VARCHAR(80) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    purchase_id VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL,
    earned_on INT NOT NULL)`,
  'CREATE INDEX members_qualifying_member ON members_qualifying (member_id, earned_on, points)',
  `CREATE TABLE members_consent (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    purpose VARCHAR(64) NOT NULL CHECK (purpose IN ('MARKETING', 'PROFILING', 'SHARING')),
    policy_version VARCHAR(64) NOT NULL,
    granted_ms BIGINT NOT NULL,
    withdrawn_ms BIGINT NULL CHECK (withdrawn_ms >= granted_ms),
    withdrawn_version VARCHAR(64) NULL,
    FOREIGN KEY (member_id) REFERENCES members_member (id))`,
  'CREATE INDEX members_consent_member ON members_consent (member_id, granted_ms)',
  `CREATE TABLE members_family (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    created_ms BIGINT NOT NULL,
    closed_ms BIGINT NULL)`,
  `CREATE TABLE members_family_member (
    member_id VARCHAR(64) NOT NULL PRIMARY KEY,
    family_id VARCHAR(64) NOT NULL,
    joined_ms BIGINT NOT NULL,
    FOREIGN KEY (member_id) REFERENCES members_member (id),
    FOREIGN KEY (family_id) REFERENCES members_family (id))`,
  'CREATE INDEX members_family_member_family ON members_family_member (family_id, joined_ms)',
  `CREATE TABLE members_invitation (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    family_id VARCHAR(64) NOT NULL,
    inviter_id VARCHAR(64) NOT NULL,
    invitee_id VARCHAR(64) NOT NULL,
    expires_ms BIGINT NOT NULL,
    accepted_ms BIGINT NULL,
    FOREIGN KEY (family_id) REFERENCES members_family (id))`,
  'CREATE INDEX members_invitation_invitee ON members_invitation (invitee_id, family_id)',
]);
