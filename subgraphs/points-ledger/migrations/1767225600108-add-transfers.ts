import { migration } from '../../../shared/database/migrate.ts';

/**
 * Whom points may go to. `points_programme` has here what transfers ask of a programme; whatever else the
 * ledger has to know of programmes comes into the same table.
 */
export const addTransfers = migration('AddTransfers1767225600108', [
  `CREATE TABLE points_programme (
      unit VARCHAR(64) NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      transfer VARCHAR(16) NOT NULL DEFAULT 'NONE' CHECK (transfer IN ('NONE', 'FAMILY', 'REGISTERED')),
      effective_after_days INT NOT NULL DEFAULT 0 CHECK (effective_after_days >= 0),
      transferees_max INT NOT NULL DEFAULT 8 CHECK (transferees_max >= 0),
      version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
      PRIMARY KEY (unit, issuer_id))`,
  // Identity is verified by who registers: the members' subgraph.
  `CREATE TABLE points_transferee (
      wallet_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      other_id VARCHAR(64) NOT NULL,
      since_ms BIGINT NOT NULL,
      PRIMARY KEY (wallet_id, unit, issuer_id, other_id))`,
  // Who left stays, because points may still come back to a pool that are hers.
  `CREATE TABLE points_family_member (
      pool_id VARCHAR(64) NOT NULL,
      member_id VARCHAR(64) NOT NULL,
      since_ms BIGINT NOT NULL,
      left_ms BIGINT NULL,
      position BIGINT NOT NULL,
      PRIMARY KEY (pool_id, member_id))`,
  'CREATE INDEX points_family_member_member ON points_family_member (member_id, left_ms)',
  'CREATE INDEX points_family_member_left ON points_family_member (left_ms)',
  `CREATE TABLE points_spending_cap (
      pool_id VARCHAR(64) NOT NULL,
      member_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (pool_id, member_id, unit))`,
  'ALTER TABLE points_hold ADD COLUMN actor_id VARCHAR(64) NULL',
  'ALTER TABLE points_hold ADD COLUMN placed_month INT NULL',
]);
