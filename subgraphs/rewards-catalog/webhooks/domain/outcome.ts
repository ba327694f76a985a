/** Why an attempt came to nothing. */
export type DeliveryFailure =
  | 'ADDRESS_NOT_ALLOWED'
  | 'NO_CONNECTION'
  | 'NOT_IN_TIME'
  | 'REDIRECTED'
  | 'BAD_STATUS';

/** What came of an attempt. `status`: of HTTP, when there was an answer. */
export type Attempt = Readonly<{ status: number | null; failure: DeliveryFailure | null }>;

/** An answer that takes the event, sends elsewhere, or does neither. Nobody is followed elsewhere. */
export function attemptOf(status: number): Attempt {
  if (status >= 200 && status < 300) return { status, failure: null };
  return { status, failure: status >= 300 && status < 400 ? 'REDIRECTED' : 'BAD_STATUS' };
}

/** The receiver wants nothing any more. */
export const isGone = ({ status }: Attempt): boolean => status === 410;

/**
 * Whether what comes next would fare no better, so that it waits, in its order. Else only this event was not taken,
 * and holds up no other.
 */
export const isOutOfReach = ({ status, failure }: Attempt): boolean =>
  failure !== null && (status === null || [429, 502, 503, 504].includes(status));
