import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { type InvitationNotUsable, invitationNotUsable } from '../domain/refusals.ts';
import { Member } from '../entities/member.ts';
import type { PersonalData } from '../personal-data.ts';
import { inviterIn } from '../queries/invitation-code.ts';

/** Who invites by a code: an active member, or a refusal that does not tell who is or was one. */
export async function inviterOf(
  { manager }: Pick<Work, 'manager'>,
  personal: PersonalData,
  code: string,
): Promise<string | InvitationNotUsable> {
  const inviterId = inviterIn(personal, code);
  const isActive =
    inviterId !== null && (await manager.existsBy(Member, { id: inviterId, status: 'ACTIVE' }));
  return isActive ? inviterId : invitationNotUsable('INVITATION_UNKNOWN');
}

/**
 * Notes that a member registered with a device, unless another one did before. Answers whether she is the first: of
 * two at the same moment one is.
 */
export async function claimDevice(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  deviceIndex: string,
  memberId: string,
): Promise<boolean> {
  await insertRows(
    manager,
    'members_device',
    ['device_index', 'member_id'],
    [[deviceIndex, memberId]],
    { ending: dialect.onDuplicateKeep(['device_index']) },
  );
  // A locking read sees what another registration has committed meanwhile.
  const [first] = await manager.query<{ member_id: string }[]>(
    `SELECT member_id FROM members_device WHERE device_index = ? ${dialect.forUpdate}`,
    [deviceIndex],
  );
  return first?.member_id === memberId;
}

/** Undoes a registration of the same transaction, of which nobody was told. */
export const undoRegistration = ({ manager }: Pick<Work, 'manager'>, memberId: string) =>
  execute(manager, 'DELETE FROM members_member WHERE id = ?', [memberId]);
