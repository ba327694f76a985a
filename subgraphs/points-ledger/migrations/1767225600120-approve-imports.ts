import { migration } from '../../../shared/database/migrate.ts';

/** A second person approves an import. A CHECK cannot be changed in SQLite, so the table is made anew. */
export const approveImports = migration('ApproveImports1767225600120', [
  `CREATE TABLE points_import_new (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('OPEN', 'STATED', 'BOOKING', 'DONE', 'REJECTED')),
      created_ms BIGINT NOT NULL,
      stated_by VARCHAR(128) NULL,
      decided_by VARCHAR(128) NULL)`,
  `INSERT INTO points_import_new (id, issuer_id, unit, state, created_ms)
   SELECT id, issuer_id, unit, state, created_ms FROM points_import`,
  'DROP TABLE points_import',
  'ALTER TABLE points_import_new RENAME TO points_import',
  'CREATE INDEX points_import_by_state ON points_import (state)',
]);
