import { migration } from '../../../shared/database/migrate.ts';

/** What rewards-catalog tells of redemptions, for the figures. */
export const createRedemptions = migration('CreateRedemptions1767225700020', [
  `CREATE TABLE merchants_redemption (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    completed_ms BIGINT NOT NULL)`,
  'CREATE INDEX merchants_redemption_time ON merchants_redemption (completed_ms)',
]);
