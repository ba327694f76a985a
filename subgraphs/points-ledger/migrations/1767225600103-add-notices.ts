import { migration } from '../../../shared/database/migrate.ts';

/** For each number of days before expiry: the place up to which notices were given. */
export const addNotices = migration('AddNotices1767225600103', [
  `CREATE TABLE points_notice (
      days INT NOT NULL PRIMARY KEY,
      expires_on INT NOT NULL,
      wallet_id VARCHAR(64) NOT NULL)`,
  "INSERT INTO points_notice (days, expires_on, wallet_id) VALUES (1, 0, ''), (7, 0, ''), (30, 0, '')",
]);
