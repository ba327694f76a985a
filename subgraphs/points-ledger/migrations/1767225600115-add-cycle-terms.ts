import { migration } from '../../../shared/database/migrate.ts';

/**
 * What was agreed with each merchant of a cycle when it was closed: terms change, and by these its fees and
 * days to pay can be made again. Cycles that were closed before have none.
 */
export const addCycleTerms = migration('AddCycleTerms1767225600115', [
  `CREATE TABLE points_clearing_cycle_terms (
      cycle_id VARCHAR(64) NOT NULL,
      merchant_id VARCHAR(64) NOT NULL,
      payment_days INT NOT NULL CHECK (payment_days >= 0),
      fee_numerator BIGINT NOT NULL CHECK (fee_numerator >= 0),
      fee_denominator BIGINT NOT NULL CHECK (fee_denominator > 0),
      PRIMARY KEY (cycle_id, merchant_id))`,
]);
