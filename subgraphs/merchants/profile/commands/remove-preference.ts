import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { actsForMember } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import type { RemovePreferenceInput } from '../../schema.generated.ts';
import { ProfilePreference } from '../entities/profile.ts';
import { lockProfiled } from './erase-profiles.ts';

export type PreferenceRemoved = Readonly<{ kind: 'PreferenceRemoved'; memberId: string }>;

/** Takes one preference out of a profile, for as long as there is a profile (R19: delete tags). */
export async function removePreference(
  { manager, dialect, caller }: Work,
  { memberId, merchantId, kind, value }: RemovePreferenceInput,
): Promise<PreferenceRemoved | NotFound> {
  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
  await lockProfiled(manager, dialect.forUpdate, [memberId]);
  const which = { memberId, merchantId, kind, preferred: value };
  const found = await manager.findOneBy(ProfilePreference, which);
  if (found === null) return notFound('PREFERENCE_NOT_FOUND');

  // From here on the command must succeed.
  const { preferred } = found;
  await insertRows(
    manager,
    'merchants_profile_removed',
    ['member_id', 'merchant_id', 'kind', 'preferred'],
    [[found.memberId, found.merchantId, kind, preferred]],
  );
  await manager.delete(ProfilePreference, { ...which, preferred });
  return { kind: 'PreferenceRemoved', memberId };
}
