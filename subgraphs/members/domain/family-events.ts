import type { NewEvent } from '../../../shared/feeds/event.ts';

/** Events of `membersFeed`. Their payloads are plain JSON, only ever gain fields, and name nobody. */
type Membership = Readonly<{ familyId: string; memberId: string }>;

export const familyJoined = ({ familyId, memberId }: Membership): NewEvent => ({
  kind: 'family.joined',
  payload: { familyId, memberId },
});

export const familyLeft = ({ familyId, memberId }: Membership): NewEvent => ({
  kind: 'family.left',
  payload: { familyId, memberId },
});
