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

/** Refuses an empty or overlong text. */
export const checkText = (field: string, value: string, max: number): InvalidInput | null =>
  value.trim().length >= 1 && value.length <= max
    ? null
    : invalidInput('TEXT_NOT_USABLE', field, { max });
