import { migration } from '../../../shared/database/migrate.ts';

/** Rows of `points_rate` are never changed. That of the issuer is locked while its rates are compared. */
const conversion = [
  `CREATE TABLE points_rate_issuer (
      issuer_id VARCHAR(64) NOT NULL PRIMARY KEY,
      rates INT NOT NULL CHECK (rates >= 0))`,
  `CREATE TABLE points_rate (
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      to_unit VARCHAR(64) NOT NULL,
      version INT NOT NULL CHECK (version > 0),
      numerator BIGINT NOT NULL CHECK (numerator > 0),
      denominator BIGINT NOT NULL CHECK (denominator > 0),
      price_class VARCHAR(64) NOT NULL,
      effective_on INT NOT NULL,
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (unit, to_unit, issuer_id, version),
      CHECK (unit <> to_unit))`,
  'CREATE INDEX points_rate_of_issuer ON points_rate (issuer_id)',
];

/**
 * How many points an issuer may have open, and how many it has; nothing for who may issue at will. `covers`
 * in the head of the chain is how many there are, so that without any a batch does not look.
 */
const cover = [
  `CREATE TABLE points_cover (
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      version INT NOT NULL CHECK (version > 0),
      covered BIGINT NOT NULL CHECK (covered >= 0),
      open_points BIGINT NOT NULL,
      PRIMARY KEY (issuer_id, unit))`,
  `CREATE TABLE points_cover_version (
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      version INT NOT NULL CHECK (version > 0),
      covered BIGINT NOT NULL CHECK (covered >= 0),
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (issuer_id, unit, version))`,
  // What others accepted in these cycles of clearing was paid by its issuer: it is open no more.
  `CREATE TABLE points_cover_settled (
      cycle_id VARCHAR(64) NOT NULL,
      issuer_id VARCHAR(64) NOT NULL,
      recorded_ms BIGINT NOT NULL,
      PRIMARY KEY (issuer_id, cycle_id))`,
  'ALTER TABLE points_chain_head ADD COLUMN covers INT NOT NULL DEFAULT 0',
];

/** Opening balances of a programme that joins, as they were given, and what became of each row. */
const opening = [
  `CREATE TABLE points_import (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      issuer_id VARCHAR(64) NOT NULL,
      unit VARCHAR(64) NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('OPEN', 'BOOKING', 'DONE')),
      created_ms BIGINT NOT NULL)`,
  'CREATE INDEX points_import_state ON points_import (state)',
  `CREATE TABLE points_import_row (
      import_id VARCHAR(64) NOT NULL,
      line INT NOT NULL,
      member_id VARCHAR(64) NOT NULL,
      points BIGINT NOT NULL CHECK (points > 0),
      expires_on INT NOT NULL,
      price_class VARCHAR(64) NOT NULL,
      state VARCHAR(16) NOT NULL CHECK (state IN ('WAITING', 'BOOKED', 'REFUSED')),
      entry_id VARCHAR(64) NULL,
      code VARCHAR(64) NULL,
      PRIMARY KEY (import_id, line),
      UNIQUE (import_id, member_id, expires_on, price_class))`,
  'CREATE INDEX points_import_row_state ON points_import_row (import_id, state, line)',
];

export const addProgrammes = migration('AddProgrammes1767225600111', [
  ...conversion,
  ...cover,
  ...opening,
]);
