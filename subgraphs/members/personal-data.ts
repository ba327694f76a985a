import { blindIndex, open, seal } from '../../shared/secrets.ts';

/** Where a value is kept, such as `members_member.phone`: a sealed value fits no other place. */
export type Place = `members_${string}.${string}`;

/**
 * Keeps personal data unreadable at rest, with this subgraph's secret. A value is found again by its
 * blind index, which tells equality and nothing else.
 */
export type PersonalData = Readonly<{
  /** Two encryptions of one value differ. */
  encrypt: (place: Place, value: string) => string;
  /** Throws when the text was changed, or encrypted for another place or under another secret. */
  decrypt: (place: Place, encrypted: string) => string;
  /** 32 hexadecimal digits. The value is in its one normal form. */
  blindIndex: (place: Place, value: string) => string;
}>;

export const personalData = (secret: string): PersonalData => ({
  encrypt: (place, value) => seal(secret, place, value),
  decrypt: (place, encrypted) => open(secret, place, encrypted),
  blindIndex: (place, value) => blindIndex(secret, place, value),
});
