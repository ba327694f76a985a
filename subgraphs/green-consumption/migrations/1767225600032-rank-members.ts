import { migration } from '../../../shared/database/migrate.ts';

/** Who agreed to be compared with others who did. */
export const rankMembers = migration('RankMembers1767225600032', [
  'CREATE TABLE green_ranking_consent (member_id VARCHAR(64) NOT NULL PRIMARY KEY)',
]);
