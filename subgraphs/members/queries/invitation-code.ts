import type { PersonalData } from '../personal-data.ts';

const CODE_MAX = 500;

/** Codes are kept nowhere; the place gives them a key of their own. */
const PLACE = 'members_member.referred_by';

/** What a member sends to somebody whom she invites. It is sealed, so nobody reads her in it or makes one up. */
export const invitationCodeFor = (personal: PersonalData, memberId: string): string =>
  personal.encrypt(PLACE, memberId);

/** Who has sent an invitation; null: the text was not sealed here, however it came about. */
export function inviterIn(personal: PersonalData, code: string): string | null {
  if (code.length > CODE_MAX) return null;
  try {
    return personal.decrypt(PLACE, code);
  } catch {
    return null;
  }
}
