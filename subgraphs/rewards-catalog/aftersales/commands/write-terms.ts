import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

/** What a merchant states about handing a reward over, when it is published. */
export type StatedTerms = Readonly<{ fulfilHours?: number | null | undefined }>;

const FULFIL_HOURS_MAX = 30 * 24;

/** The first thing that is wrong with it, or null. */
export function checkTerms({ fulfilHours }: StatedTerms): InvalidInput | null {
  const isUsable = fulfilHours == null || (fulfilHours >= 1 && fulfilHours <= FULFIL_HOURS_MAX);
  return isUsable
    ? null
    : invalidInput('HOURS_OUT_OF_RANGE', 'fulfilHours', { max: FULFIL_HOURS_MAX });
}

/** Keeps the terms of a reward that is being published, if it has any of its own. */
export async function writeTerms(
  { manager }: Work,
  rewardId: string,
  { fulfilHours }: StatedTerms,
): Promise<void> {
  if (fulfilHours == null) return;
  await insertRows(
    manager,
    'rewards_reward_terms',
    ['reward_id', 'fulfil_hours'],
    [[rewardId, fulfilHours]],
  );
}
