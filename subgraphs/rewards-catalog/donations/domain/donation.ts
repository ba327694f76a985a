import { isCreditCode } from '../../offers/domain/check-details.ts';
import type { Details } from '../../offers/domain/details.ts';

type Both = Readonly<{ zh: string; en: string }>;

/** To whom a reward is donated, as its merchant states it. */
export type Cause = Readonly<{ charity: Both; registrationNumber: string; project: Both }>;

/** Null: it is no donation. */
export const causeOf = (
  reward: Readonly<{ kind: string; details: Details | null }>,
): Cause | null => (reward.kind === 'DONATION' ? (reward.details?.donation ?? null) : null);

/** Whether a code is that of a social organisation, the only ones that can be charities, and its last sign fits. */
export const isCharityCode = (code: string): boolean => /^5[123]/.test(code) && isCreditCode(code);

/** What a redemption gave with the pieces that did not come back, in the smallest unit of the reward's currency. */
export const givenMinor = (
  { cashMinor }: Readonly<{ cashMinor: number }>,
  { quantity, returned }: Readonly<{ quantity: number; returned: number }>,
): number => cashMinor * (quantity - returned);

const PREFIX = 'D-';

/** The number of the certificate of a redemption. */
export const certificateNumber = (redemptionId: string): string =>
  PREFIX + redemptionId.toUpperCase();

/** The redemption of a certificate as it was typed; null: it has not the form of a number. */
export function redemptionOfNumber(typed: string): string | null {
  const number = typed.trim().toUpperCase();
  return number.startsWith(PREFIX) && number.length <= 66
    ? number.slice(PREFIX.length).toLowerCase()
    : null;
}

/** `7F3A-…` of the 16 hexadecimal digits of a verification code, for people. */
export const codeText = (digits: string): string =>
  (digits.toUpperCase().match(/.{4}/g) ?? []).join('-');

/** The digits of a code as it was typed. */
export const codeDigits = (typed: string): string =>
  typed.slice(0, 100).replaceAll(/[\s-]/g, '').toLowerCase();
