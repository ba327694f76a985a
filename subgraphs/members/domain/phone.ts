/** E.164: a plus, a country code that does not start with 0, at most 15 digits in all. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** Whether a phone number is in the one form in which numbers are kept and compared. */
export const isPhone = (text: string): boolean => E164.test(text);

/** The last four digits, by which its owner recognises a number and nobody else can call it. */
export const endingOf = (phone: string): string => phone.slice(-4);
