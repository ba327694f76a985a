import { migration } from '../../../shared/database/migrate.ts';

/** Which accounts of one person are to become one; nobody approves what she proposed. */
export const addMerges = migration('AddMerges1767225600112', [
  // Who looks for what is one account by now asks from both sides.
  'CREATE INDEX points_wallet_merged ON points_wallet (merged_into)',
  `CREATE TABLE points_merge (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      wallet_id VARCHAR(64) NOT NULL,
      into_id VARCHAR(64) NOT NULL,
      reason VARCHAR(1000) NOT NULL,
      evidence VARCHAR(1000) NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('PROPOSED', 'APPROVED', 'BOOKED', 'REFUSED')),
      proposed_by VARCHAR(128) NOT NULL,
      proposed_ms BIGINT NOT NULL,
      approved_by VARCHAR(128) NULL,
      entry_id VARCHAR(64) NULL,
      refusal VARCHAR(64) NULL,
      CHECK (approved_by <> proposed_by),
      CHECK (wallet_id <> into_id))`,
  'CREATE INDEX points_merge_state ON points_merge (state, id)',
]);
