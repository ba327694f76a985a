import type { NewEvent } from '../../../shared/feeds/event.ts';

type Referred = Readonly<{ memberId: string; inviterId: string; registeredAt: Date }>;

/** Event of `membersFeed`: a member registered by the invitation of another one, who is not told who it was. */
export const memberReferred = ({ memberId, inviterId, registeredAt }: Referred): NewEvent => ({
  kind: 'member.referred',
  payload: { memberId, inviterId, registeredAt: registeredAt.toISOString() },
});
