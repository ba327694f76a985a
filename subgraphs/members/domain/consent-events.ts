import type { NewEvent } from '../../../shared/feeds/event.ts';

/** Events of `membersFeed`. Told in the transaction that changes the consent, so nobody acts on one that ended. */
type Agreed = Readonly<{ memberId: string; purpose: string }>;

export const consentGranted = ({ memberId, purpose }: Agreed): NewEvent => ({
  kind: 'consent.granted',
  payload: { memberId, purpose },
});

/** Whatever was kept for the purpose has to go. */
export const consentWithdrawn = ({ memberId, purpose }: Agreed): NewEvent => ({
  kind: 'consent.withdrawn',
  payload: { memberId, purpose },
});
