import { migration } from '../../../shared/database/migrate.ts';

/**
 * The tree over the blocks: hashes of complete subtrees of 256, 65,536, … blocks, so that a root or a path
 * needs few rows. They follow from the blocks. Checkpoints are kept here to be asked for; what counts
 * against who writes here is their copy outside of the database.
 */
export const addCheckpoints = migration('AddCheckpoints1767225600106', [
  `CREATE TABLE points_block_tree (
      level INT NOT NULL,
      place BIGINT NOT NULL,
      hash VARCHAR(64) NOT NULL,
      PRIMARY KEY (level, place))`,
  `CREATE TABLE points_checkpoint (
      blocks BIGINT NOT NULL PRIMARY KEY,
      entries BIGINT NOT NULL,
      root VARCHAR(64) NOT NULL,
      note TEXT NOT NULL,
      recorded_ms BIGINT NOT NULL)`,
  'CREATE INDEX points_checkpoint_entries ON points_checkpoint (entries)',
]);
