import { migration } from '../../../shared/database/migrate.ts';

/** Who lets a city know of her green acts, what it was given, and what it has to delete (S49). */
export const createCityExports = migration('CreateCityExports1767225600016', [
  `CREATE TABLE green_city_consent (
    member_id VARCHAR(64) NOT NULL PRIMARY KEY,
    since_ms BIGINT NOT NULL)`,
  `CREATE TABLE green_city_export (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    region VARCHAR(64) NOT NULL,
    from_day INT NOT NULL,
    until_day INT NOT NULL,
    asked_by VARCHAR(128) NOT NULL,
    asked_ms BIGINT NOT NULL)`,
  `CREATE TABLE green_city_record (
    export_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    acts BIGINT NOT NULL CHECK (acts > 0),
    carbon_grams BIGINT NOT NULL CHECK (carbon_grams >= 0),
    PRIMARY KEY (export_id, member_id),
    FOREIGN KEY (export_id) REFERENCES green_city_export (id))`,
  'CREATE INDEX green_city_record_member ON green_city_record (member_id)',
  `CREATE TABLE green_city_deletion (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    export_id VARCHAR(64) NOT NULL,
    member_id VARCHAR(64) NOT NULL,
    asked_ms BIGINT NOT NULL,
    confirmed_ms BIGINT NULL,
    UNIQUE (export_id, member_id))`,
  'CREATE INDEX green_city_deletion_open ON green_city_deletion (confirmed_ms, asked_ms, id)',
]);
