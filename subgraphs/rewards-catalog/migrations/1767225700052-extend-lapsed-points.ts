import { migration } from '../../../shared/database/migrate.ts';

/** Points of the merchant that lapsed in the window of an incident (S62). */
export const extendLapsedPoints = migration('ExtendLapsedPoints1767225700052', [
  // How far the feed of the ledger was looked at; null: redemptions are looked at first.
  'ALTER TABLE rewards_incident ADD COLUMN lapse_position BIGINT NULL',
  // `extended`: how many were good again, null until the ledger was told.
  `CREATE TABLE rewards_incident_lapse (
    incident_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    expires_on INT NOT NULL,
    points BIGINT NOT NULL,
    extended BIGINT NULL,
    PRIMARY KEY (incident_id, member_id, unit, expires_on),
    CHECK (points > 0),
    CHECK (extended >= 0),
    FOREIGN KEY (incident_id) REFERENCES rewards_incident (id))`,
]);
