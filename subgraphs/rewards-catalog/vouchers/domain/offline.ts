/** What became of a use that a shop accepted without network. */
export type OfflineStatus = 'SETTLED' | 'CONFLICT';

/**
 * Why a use does not count: no voucher of this merchant has the code, it is void, its code was replaced before, or the
 * voucher was used with another order.
 */
export type OfflineConflict = 'UNKNOWN_CODE' | 'VOID' | 'REPLACED' | 'USED_ONLINE' | 'USED_OFFLINE';

/** What the shop should have minded. The member got what she was given, so the voucher is used up all the same. */
export type OfflineBreach =
  | 'OUTSIDE_LIST'
  | 'EXPIRED'
  | 'NOT_THAT_DAY'
  | 'ORDER_NOT_TOLD'
  | 'BELOW_THRESHOLD'
  | 'OUT_OF_SCOPE'
  | 'ORDER_FULL';

/** What a list is for, and from when until when it holds. */
export type OfflineListHead = Readonly<{
  merchantId: string;
  storeId: string | null;
  issuedAt: Date;
  expiresAt: Date;
}>;

/** How long a list holds, in hours: no longer than a shop is without network on a bad day. */
export const LIST_HOURS = 24;

/** Whether a shop could have accepted something by a list at this instant. */
export const holdsAt = ({ issuedAt, expiresAt }: OfflineListHead, at: Date): boolean =>
  issuedAt <= at && at < expiresAt;
