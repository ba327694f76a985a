import { migration } from '../../../shared/database/migrate.ts';

/** Checks are written as SQL because TypeORM's schema builder leaves them out on MySQL. */
export const createCertificatesAndCarbon = migration('CreateCertificatesAndCarbon1767225600001', [
  `CREATE TABLE green_certificate (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    number VARCHAR(64) NOT NULL,
    label VARCHAR(64) NOT NULL,
    body VARCHAR(200) NOT NULL,
    merchant_id VARCHAR(64) NOT NULL,
    valid_from INT NOT NULL,
    valid_until INT NOT NULL,
    behaviour VARCHAR(64) NULL,
    activity_milli BIGINT NULL CHECK (activity_milli > 0),
    registered_ms BIGINT NOT NULL,
    CHECK (valid_from <= valid_until),
    CHECK ((behaviour IS NULL) = (activity_milli IS NULL)),
    CONSTRAINT green_certificate_number UNIQUE (number))`,
  `CREATE TABLE green_certificate_scope (
    certificate_id VARCHAR(64) NOT NULL,
    kind VARCHAR(64) NOT NULL CHECK (kind IN ('SKU', 'REWARD')),
    target VARCHAR(64) NOT NULL,
    PRIMARY KEY (certificate_id, kind, target),
    FOREIGN KEY (certificate_id) REFERENCES green_certificate (id))`,
  'CREATE INDEX green_certificate_scope_target ON green_certificate_scope (kind, target)',
  // The key is the cause, so that an event that comes twice counts once.
  `CREATE TABLE green_carbon_entry (
    cause VARCHAR(80) NOT NULL,
    line BIGINT NOT NULL,
    factor_code VARCHAR(64) NOT NULL,
    factor_version VARCHAR(64) NOT NULL,
    basis VARCHAR(64) NOT NULL CHECK (basis IN ('CO2', 'CO2E')),
    member_id VARCHAR(64) NOT NULL,
    merchant_id VARCHAR(64) NULL,
    origin VARCHAR(80) NOT NULL,
    certificate_id VARCHAR(64) NULL,
    activity_milli BIGINT NOT NULL CHECK (activity_milli > 0),
    pieces BIGINT NOT NULL CHECK (pieces >= 0),
    grams BIGINT NOT NULL CHECK (grams <> 0),
    occurred_ms BIGINT NOT NULL,
    PRIMARY KEY (cause, line, factor_code))`,
  'CREATE INDEX green_carbon_entry_member ON green_carbon_entry (member_id, basis, grams)',
  'CREATE INDEX green_carbon_entry_origin ON green_carbon_entry (origin)',
]);
