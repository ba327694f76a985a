import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type StatedTerms, termsOf } from '../domain/terms.ts';

/** Keeps the terms of a reward that is being published, if it states any. */
export async function writeTerms(
  { manager }: Work,
  rewardId: string,
  stated: StatedTerms,
): Promise<void> {
  if (stated.fulfilHours == null && stated.afterSales == null) return;
  const terms = termsOf(stated);
  await insertRows(
    manager,
    'rewards_reward_terms',
    [
      ...['reward_id', 'fulfil_hours', 'fee_percent', 'keeps_lapsed'],
      ...['compensation_percent', 'good_for_months'],
    ],
    [
      [
        ...[rewardId, terms.fulfilHours, terms.feePercent, Number(terms.keepsLapsed)],
        ...[terms.compensationPercent, terms.goodForMonths],
      ],
    ],
  );
}
