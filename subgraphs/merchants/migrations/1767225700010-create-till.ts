import { migration } from '../../../shared/database/migrate.ts';

export const createTill = migration('CreateTill1767225700010', [
  `CREATE TABLE merchants_tier_prices (
    programme_id VARCHAR(64) NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    prices TEXT NOT NULL,
    published_by VARCHAR(128) NOT NULL,
    published_ms BIGINT NOT NULL,
    effective_ms BIGINT NOT NULL CHECK (effective_ms >= published_ms),
    PRIMARY KEY (programme_id, version),
    FOREIGN KEY (programme_id) REFERENCES merchants_programme (id))`,
]);
