import type { Work } from '../../../../shared/commands/run-command.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import { CityDeletion } from '../entities/city-export.ts';

export type ConfirmCityDeletion = Readonly<{ idempotencyKey: string; deletionId: string }>;
export type CityDeletionConfirmed = Readonly<{ kind: 'CityDeletionConfirmed'; deletionId: string }>;

/** The city has deleted what it was given of a member. Confirmed again, the first time stands. */
export async function confirmCityDeletion(
  { manager, at }: Work,
  { deletionId }: ConfirmCityDeletion,
): Promise<CityDeletionConfirmed | NotFound> {
  const found = await manager.findOneBy(CityDeletion, { id: deletionId });
  if (found === null) return notFound('DELETION_NOT_FOUND');

  // From here on the command must succeed.
  if (found.confirmedAt === null)
    await manager.update(CityDeletion, deletionId, { confirmedAt: at });
  return { kind: 'CityDeletionConfirmed', deletionId };
}
