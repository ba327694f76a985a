import { migration } from '../../../shared/database/migrate.ts';

/** Prices by tier as one person proposes them, and who stands for them. */
export const proposeTierPrices = migration('ProposeTierPrices1767225700031', [
  `CREATE TABLE merchants_tier_price_proposal (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    programme_id VARCHAR(64) NOT NULL,
    prices TEXT NOT NULL,
    asked_ms BIGINT NULL,
    proposed_by VARCHAR(128) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('OPEN', 'REPLACED', 'PUBLISHED')),
    FOREIGN KEY (programme_id) REFERENCES merchants_programme (id))`,
  'CREATE INDEX merchants_tier_price_proposal_open ON merchants_tier_price_proposal (programme_id, state)',
  // Of what was published before, one person is known.
  'ALTER TABLE merchants_tier_prices ADD COLUMN proposed_by VARCHAR(128) NULL',
]);
