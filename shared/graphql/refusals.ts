import type { Parameters } from './wording.ts';

/**
 * An ordinary "no" of the business. `kind` is its type in the schema; `code` says which one, and with
 * the parameters words the message in the language of whoever asks. Plain data, so that it is
 * remembered under the idempotency key and worded anew for each asking.
 */
export type Refused<Kind extends string = string> = Readonly<{
  kind: Kind;
  code: string;
  parameters: Parameters;
}>;

export const refused = <Kind extends string>(
  kind: Kind,
  code: string,
  parameters: Parameters = {},
): Refused<Kind> => ({ kind, code, parameters });

export type NotFound = Refused<'NotFound'>;
export type InvalidInput = Refused<'InvalidInput'>;

export const notFound = (code: string, parameters: Parameters = {}): NotFound =>
  refused('NotFound', code, parameters);

/** `field` is the path of the input field at fault, such as `lines.0.amount`. */
export const invalidInput = (code: string, field: string, more: Parameters = {}): InvalidInput =>
  refused('InvalidInput', code, { ...more, field });

/** Refuses an amount below 1. Fractions and numbers beyond 2^53 do not pass the scalar. */
export const checkPositive = (field: string, value: number): InvalidInput | null =>
  value >= 1 ? null : invalidInput('AMOUNT_NOT_POSITIVE', field);

/**
 * Whether a text may be a key, such as an order number or a sku: not empty, not too long, no blanks around
 * it. MySQL takes `A` and `A ` for equal and SQLite does not, so neither is asked.
 */
export const isKey = (text: string, max: number): boolean =>
  text.length >= 1 && text.length <= max && text === text.trim() && !UNSEEN.test(text);

/** Signs that are not seen: two keys that look alike would be two. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Of which a text shows nothing, if it has no others. */
const BLANK = /^[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Refuses a text that may be no key. */
export const checkKey = (field: string, value: string, max: number): InvalidInput | null =>
  isKey(value, max) ? null : invalidInput('KEY_NOT_USABLE', field, { max });

/** Refuses a text that shows nothing, or is overlong. */
export const checkText = (field: string, value: string, max: number): InvalidInput | null =>
  !BLANK.test(value) && value.length <= max
    ? null
    : invalidInput('TEXT_NOT_USABLE', field, { max });
