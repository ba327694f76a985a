import { migration } from '../../../shared/database/migrate.ts';

const COLUMNS =
  'id, member_id, purpose, policy_version, granted_ms, withdrawn_ms, withdrawn_version';

/** Neither engine changes a check of a table, so consents move into one that takes one purpose more. */
export const askForRanking = migration('AskForRanking1767225600012', [
  `CREATE TABLE members_consent_of_ranking (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    purpose VARCHAR(64) NOT NULL
      CHECK (purpose IN ('MARKETING', 'PROFILING', 'SHARING', 'CITY_CREDIT', 'GREEN_RANKING')),
    policy_version VARCHAR(64) NOT NULL,
    granted_ms BIGINT NOT NULL,
    withdrawn_ms BIGINT NULL CHECK (withdrawn_ms >= granted_ms),
    withdrawn_version VARCHAR(64) NULL,
    FOREIGN KEY (member_id) REFERENCES members_member (id))`,
  `INSERT INTO members_consent_of_ranking (${COLUMNS}) SELECT ${COLUMNS} FROM members_consent`,
  'DROP TABLE members_consent',
  'ALTER TABLE members_consent_of_ranking RENAME TO members_consent',
  'CREATE INDEX members_consent_member ON members_consent (member_id, granted_ms)',
]);
