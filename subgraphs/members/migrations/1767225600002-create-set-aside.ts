import { migration } from '../../../shared/database/migrate.ts';

/** Events of merchants that nothing could be made of, and why: for whoever mends their cause. */
export const createSetAside = migration('CreateSetAside1767225600002', [
  `CREATE TABLE members_set_aside (
    position BIGINT NOT NULL PRIMARY KEY,
    reason VARCHAR(1000) NOT NULL)`,
]);
