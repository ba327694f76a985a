import { fault } from '../graphql/faults.ts';
import { canonicalJson, sha256 } from '../identifiers.ts';

const KEY = /^[A-Za-z0-9._:-]{8,100}$/;

/** Asserts the form of a key, before it is looked at anywhere. Throws BAD_USER_INPUT. */
export function checkIdempotencyKey(key: string): string {
  if (!KEY.test(key)) throw fault('BAD_USER_INPUT', 'INVALID_IDEMPOTENCY_KEY');
  return key;
}

/** What tells whether two requests under one key ask for the same: a hash of all but the key. */
export function inputHash(input: Readonly<Record<string, unknown>>): string {
  const { idempotencyKey: _, ...asked } = input;
  return sha256(canonicalJson(asked));
}
