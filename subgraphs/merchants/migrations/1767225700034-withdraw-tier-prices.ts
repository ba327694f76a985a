import { migration } from '../../../shared/database/migrate.ts';

/** A column's CHECK is changed by another table: neither engine does it in place in the same words. */
export const withdrawTierPrices = migration('WithdrawTierPrices1767225700034', [
  `CREATE TABLE merchants_tier_price_proposed (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    programme_id VARCHAR(64) NOT NULL,
    prices TEXT NOT NULL,
    asked_ms BIGINT NULL,
    proposed_by VARCHAR(128) NOT NULL,
    proposed_ms BIGINT NOT NULL,
    state VARCHAR(64) NOT NULL CHECK (state IN ('OPEN', 'REPLACED', 'PUBLISHED', 'WITHDRAWN')),
    withdrawn_by VARCHAR(128) NULL,
    withdrawn_ms BIGINT NULL,
    CHECK ((state = 'WITHDRAWN') = (withdrawn_by IS NOT NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_ms IS NULL)),
    FOREIGN KEY (programme_id) REFERENCES merchants_programme (id))`,
  `INSERT INTO merchants_tier_price_proposed
    SELECT id, programme_id, prices, asked_ms, proposed_by, proposed_ms, state, NULL, NULL
    FROM merchants_tier_price_proposal`,
  'DROP TABLE merchants_tier_price_proposal',
  'ALTER TABLE merchants_tier_price_proposed RENAME TO merchants_tier_price_proposal',
  'CREATE INDEX merchants_tier_price_proposal_open ON merchants_tier_price_proposal (programme_id, state)',
]);
