/** A family is a household, not a way around limits: so many members at most. */
export const FAMILY_MEMBERS_MAX = 8;

const INVITATION_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Until when an invitation sent now is good. */
export const invitationExpiry = (sentAt: Date): Date =>
  new Date(sentAt.getTime() + INVITATION_DAYS * DAY_MS);

/** Whether an invitation can still be accepted. At the very instant of its expiry it cannot. */
export const isOpen = (
  { expiresAt, acceptedAt }: Readonly<{ expiresAt: Date; acceptedAt: Date | null }>,
  at: Date,
): boolean => acceptedAt === null && at.getTime() < expiresAt.getTime();
