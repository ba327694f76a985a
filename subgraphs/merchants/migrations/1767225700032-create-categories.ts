import { migration } from '../../../shared/database/migrate.ts';

/** Who has declared none sells in any category, as everybody did. */
export const createCategories = migration('CreateCategories1767225700032', [
  `CREATE TABLE merchants_category (
    merchant_id VARCHAR(64) NOT NULL,
    code VARCHAR(64) NOT NULL,
    PRIMARY KEY (merchant_id, code),
    FOREIGN KEY (merchant_id) REFERENCES merchants_merchant (id))`,
]);
