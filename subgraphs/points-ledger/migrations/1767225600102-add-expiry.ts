import { migration } from '../../../shared/database/migrate.ts';

/**
 * The index finds the wallets of one day of expiry in the order of their ids, a page at a time. What
 * lapsed is kept by wallet and lot, because a return takes points back from there.
 */
export const addExpiry = migration('AddExpiry1767225600102', [
  'CREATE INDEX points_lot_expiry ON points_lot (expires_on, wallet_id)',
  `CREATE TABLE points_expired (
      wallet_id VARCHAR(64) NOT NULL,
      expires_on INT NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      contributor VARCHAR(64) NOT NULL,
      use_scope VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points >= 0),
      PRIMARY KEY (wallet_id, expires_on, issuer_id, unit, price_class, contributor, use_scope))`,
]);
