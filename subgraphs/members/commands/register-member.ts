import type { Command, Work } from '../../../shared/commands/run-command.ts';
import { isDuplicateKey } from '../../../shared/database/errors.ts';
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
import { type PhoneTaken, phoneTaken } from '../domain/refusals.ts';
import { Member } from '../entities/member.ts';
import type { PersonalData } from '../personal-data.ts';

export type RegisterMember = Readonly<{
  idempotencyKey: string;
  displayName: string;
  phone: string;
  locale: string;
  policyVersion: string;
}>;

/** What is remembered of a registration under its key: the index of the phone, never the phone. */
export type Registration = Omit<RegisterMember, 'phone'> & Readonly<{ phoneIndex: string }>;

export type MemberRegistered = Readonly<{ kind: 'MemberRegistered'; memberId: string }>;

export type RegisterMemberOutcome = MemberRegistered | PhoneTaken | InvalidInput;

/**
 * Makes a member; free and without a purchase (L5). The policy that she accepts is the basis of the
 * registration alone: every further use of her data needs a consent of its own (R17).
 */
export const registerMemberWith = (
  personal: PersonalData,
  phone: string,
): Command<Registration, RegisterMemberOutcome> =>
  async function registerMember(work, input) {
    checkMayRegister(work);
    const unusable = refuseInput(input, phone);
    if (unusable !== null) return unusable;
    const { phoneIndex } = input;
    if (await work.manager.existsBy(Member, { phoneIndex })) return phoneTaken();

    // From here on the command must succeed, unless somebody registers the same phone meanwhile.
    const memberId = work.newId();
    try {
      await work.manager.insert(Member, {
        id: memberId,
        displayName: input.displayName.trim(),
        status: 'ACTIVE',
        locale: input.locale,
        joinedAt: work.at,
        policyVersion: input.policyVersion,
        phoneCipher: personal.encrypt('members_member.phone', phone),
        phoneIndex,
        phoneEnding: endingOf(phone),
      });
    } catch (error) {
      // Nothing else was written, so the unique index is the lock: its loser is refused like a latecomer.
      if (isDuplicateKey(error)) return phoneTaken();
      throw error;
    }
    return { kind: 'MemberRegistered', memberId };
  };

/**
 * The input without the phone. The frame keeps a plain hash of a command's input, and a hash of a phone
 * beside its last four digits is guessed in seconds; the blind index takes our key to guess.
 */
export const registrationOf = (
  personal: PersonalData,
  { phone, ...input }: RegisterMember,
): Registration => ({
  ...input,
  phoneIndex: personal.blindIndex('members_member.phone', phone),
});

/** A new member registers herself, or the operator registers her. Whoever is a member is one already. */
function checkMayRegister({ caller }: Work): void {
  if (caller.subject === 'anonymous' || hasRole(caller, 'OPERATOR', 'SERVICE')) return;
  throw fault('FORBIDDEN');
}

function refuseInput(input: Registration, phone: string): InvalidInput | null {
  return (
    checkText('displayName', input.displayName, 100) ??
    (isPhone(phone) ? null : invalidInput('PHONE_NOT_USABLE', 'phone')) ??
    (locales.some((locale) => locale === input.locale)
      ? null
      : invalidInput('LOCALE_UNKNOWN', 'locale', { known: locales.join(', ') })) ??
    checkKey('policyVersion', input.policyVersion, 64)
  );
}
