import type { Caller } from '../graphql/caller.ts';
import { fault } from '../graphql/faults.ts';
import { canonicalJson, sha256 } from '../identifiers.ts';

const SCOPE_MAX = 128;
const KEY = /^[A-Za-z0-9._:-]{8,100}$/;

/** Asserts the form of a key, before it is looked at anywhere. Throws BAD_USER_INPUT. */
export function checkIdempotencyKey(key: string): string {
  if (!KEY.test(key)) throw fault('BAD_USER_INPUT', 'INVALID_IDEMPOTENCY_KEY');
  return key;
}

/**
 * What tells whether two requests under one key ask for the same: a hash of all but the key. A field
 * that is left out and one that is null ask for the same.
 */
export function inputHash(input: Readonly<Record<string, unknown>>): string {
  const known = hashes.get(input);
  if (known !== undefined) return known;
  const { idempotencyKey: _, ...asked } = input;
  const made = sha256(canonicalJson(withoutNulls(asked)));
  hashes.set(input, made);
  return made;
}

/** An input never changes, and large ones are asked about more than once. */
const hashes = new WeakMap<object, string>();

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (part !== null && part !== undefined) kept[name] = withoutNulls(part);
  }
  return kept;
}

/** Whose keys they are: the person and what she acts for, so that a change of employer changes both. */
export function scopeOf({ subject, memberId, merchantId }: Caller): string {
  const scope = [subject, memberId ?? '', merchantId ?? ''].join(' ').trimEnd();
  return scope.length <= SCOPE_MAX ? scope : sha256(scope);
}
