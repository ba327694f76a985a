import { migration } from '../../../shared/database/migrate.ts';

/** What a member saved, and what was redeemed at a merchant, are read by when redemptions were completed. */
export const indexCompletions = migration('IndexCompletions1767225700029', [
  `CREATE INDEX rewards_redemption_completed_of_member
    ON rewards_redemption (member_id, completed_ms)`,
  `CREATE INDEX rewards_redemption_completed_at_merchant
    ON rewards_redemption (merchant_id, completed_ms)`,
]);
