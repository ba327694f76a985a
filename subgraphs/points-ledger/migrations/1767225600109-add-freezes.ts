import { migration } from '../../../shared/database/migrate.ts';

/** What cases froze (S38). `placed_seq` orders them; days are those of the books. */
export const addFreezes = migration('AddFreezes1767225600109', [
  `CREATE TABLE points_freeze (
      case_id VARCHAR(64) NOT NULL PRIMARY KEY,
      wallet_id VARCHAR(64) NOT NULL,
      evidence_hash VARCHAR(64) NOT NULL,
      placed_entry_id VARCHAR(64) NOT NULL,
      placed_seq BIGINT NOT NULL,
      placed_on INT NOT NULL,
      frozen_since INT NOT NULL,
      lifted_entry_id VARCHAR(64) NULL,
      lifted_on INT NULL,
      lifted_as VARCHAR(16) NULL CHECK (lifted_as IN ('UNFOUNDED', 'PROVEN')))`,
  'CREATE INDEX points_freeze_wallet ON points_freeze (wallet_id)',
]);
