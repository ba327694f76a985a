import type { Command, Work } from '../../../shared/commands/run-command.ts';
import { isDuplicateKey } from '../../../shared/database/errors.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { hasRole } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../shared/graphql/refusals.ts';
import { locales } from '../../../shared/graphql/wording.ts';
import { endingOf, isPhone } from '../domain/phone.ts';
import { memberReferred } from '../domain/referral-events.ts';
import {
  type InvitationNotUsable,
  invitationNotUsable,
  type PhoneTaken,
  phoneTaken,
} from '../domain/refusals.ts';
import { Member, type MemberRow } from '../entities/member.ts';
import type { PersonalData } from '../personal-data.ts';
import { claimDevice, inviterOf, undoRegistration } from './accept-invitation.ts';

export type RegisterMember = Readonly<{
  idempotencyKey: string;
  displayName: string;
  phone: string;
  locale: string;
  policyVersion: string;
  /** What another member has sent her. */
  invitationCode?: string | null;
  /** What her app calls the device; an invitation needs it. */
  deviceId?: string | null;
}>;

/** What is remembered of a registration under its key: the index of phone and device, never these. */
export type Registration = Omit<RegisterMember, 'phone' | 'deviceId'> &
  Readonly<{ phoneIndex: string; deviceIndex: string | null }>;

export type MemberRegistered = Readonly<{ kind: 'MemberRegistered'; memberId: string }>;

export type RegisterMemberOutcome =
  | MemberRegistered
  | PhoneTaken
  | InvitationNotUsable
  | InvalidInput;

/**
 * Makes a member; free and without a purchase (L5). The policy that she accepts is the basis of the
 * registration alone: every further use of her data needs a consent of its own (R17).
 * By an invitation she registers once, on a device with which nobody has registered (S46, L4); who invited her is
 * noted, and nobody beyond (L1).
 */
export const registerMemberWith = (
  personal: PersonalData,
  { phone, deviceId }: Pick<RegisterMember, 'phone' | 'deviceId'>,
): Command<Registration, RegisterMemberOutcome> =>
  async function registerMember(work, input) {
    checkMayRegister(work);
    const unusable = refuseInput(input, phone, deviceId ?? null);
    if (unusable !== null) return unusable;
    const { phoneIndex, deviceIndex, invitationCode } = input;
    if (await work.manager.existsBy(Member, { phoneIndex })) return phoneTaken();
    const inviter = invitationCode == null ? null : await inviterOf(work, personal, invitationCode);
    if (inviter !== null && typeof inviter !== 'string') return inviter;

    // From here on the command must succeed, unless somebody registers the same phone or device meanwhile.
    const memberId = work.newId();
    const row: MemberRow = {
      id: memberId,
      displayName: input.displayName.trim(),
      status: 'ACTIVE',
      locale: input.locale,
      joinedAt: work.at,
      policyVersion: input.policyVersion,
      phoneCipher: personal.encrypt('members_member.phone', phone),
      phoneIndex,
      phoneEnding: endingOf(phone),
      referredBy: inviter,
    };
    if (!(await insertMember(work, row))) return phoneTaken();
    const isFirst = deviceIndex === null || (await claimDevice(work, deviceIndex, memberId));
    if (inviter === null) return { kind: 'MemberRegistered', memberId };
    if (!isFirst) {
      await undoRegistration(work, memberId);
      return invitationNotUsable('INVITATION_DEVICE_KNOWN');
    }
    const registeredAt = work.at;
    await appendEvents(work.manager, work.at, [
      memberReferred({ memberId, inviterId: inviter, registeredAt }),
    ]);
    return { kind: 'MemberRegistered', memberId };
  };

/** False: somebody has registered the phone meanwhile. */
async function insertMember({ manager }: Work, row: MemberRow): Promise<boolean> {
  try {
    await manager.insert(Member, row);
    return true;
  } catch (error) {
    // Nothing else was written, so the unique index is the lock: its loser is refused like a latecomer.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * The input without phone and device. The frame keeps a plain hash of a command's input, and a hash of a phone
 * beside its last four digits is guessed in seconds; the blind index takes our key to guess.
 */
export const registrationOf = (
  personal: PersonalData,
  { phone, deviceId, ...input }: RegisterMember,
): Registration => ({
  ...input,
  phoneIndex: personal.blindIndex('members_member.phone', phone),
  deviceIndex: deviceId == null ? null : personal.blindIndex('members_device.device', deviceId),
});

/** A new member registers herself, or the operator registers her. Whoever is a member is one already. */
function checkMayRegister({ caller }: Work): void {
  if (caller.subject === 'anonymous' || hasRole(caller, 'OPERATOR', 'SERVICE')) return;
  throw fault('FORBIDDEN');
}

const DEVICE_MAX = 128;

function refuseInput(
  input: Registration,
  phone: string,
  deviceId: string | null,
): InvalidInput | null {
  return (
    checkText('displayName', input.displayName, 100) ??
    (isPhone(phone) ? null : invalidInput('PHONE_NOT_USABLE', 'phone')) ??
    (locales.some((locale) => locale === input.locale)
      ? null
      : invalidInput('LOCALE_UNKNOWN', 'locale', { known: locales.join(', ') })) ??
    checkKey('policyVersion', input.policyVersion, 64) ??
    (deviceId === null ? null : checkKey('deviceId', deviceId, DEVICE_MAX)) ??
    (input.invitationCode != null && deviceId === null
      ? invalidInput('DEVICE_NEEDED', 'deviceId')
      : null)
  );
}
