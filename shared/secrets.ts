import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { assert } from './assert.ts';

const VERSION = 'v1';
const TAG_BYTES = 16;
const INDEX_HEX_DIGITS = 32;

/**
 * Keeps a text unreadable at rest: AES-256-GCM as `v1.<iv>.<ciphertext and tag>`. Two seals of one text
 * differ. `place` is where it is kept, such as `members_member.phone`: each place has keys of its own,
 * derived from the root key, and what was sealed for one opens at no other.
 */
export function seal(rootKey: string, place: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(rootKey, place, 'seal'), iv);
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, iv.toString('base64url'), sealed.toString('base64url')].join('.');
}

/** The text that was sealed. Throws when it was changed, or sealed for another place or root key. */
export function open(rootKey: string, place: string, sealed: string): string {
  const [version, iv = '', body = ''] = sealed.split('.');
  assert(version === VERSION, 'a text was sealed by a version that is known');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFor(rootKey, place, 'seal'),
    Buffer.from(iv, 'base64url'),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * What a sealed text is found by: HMAC-SHA256 cut to 128 bits, in hexadecimal digits. Tells equality
 * at one place and nothing else. The text is in its one normal form.
 */
export const blindIndex = (rootKey: string, place: string, text: string): string =>
  createHmac('sha256', keyFor(rootKey, place, 'index'))
    .update(text)
    .digest('hex')
    .slice(0, INDEX_HEX_DIGITS);

/** Few: one root key and a dozen places. Deriving one anew costs more than using it. */
const keys = new Map<string, KeyObject>();

function keyFor(rootKey: string, place: string, use: 'seal' | 'index'): KeyObject {
  const name = `${use} ${place} ${rootKey}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const derived = hkdfSync('sha256', rootKey, '', `tongdui ${VERSION} ${use} ${place}`, 32);
  const key = createSecretKey(Buffer.from(derived));
  keys.set(name, key);
  return key;
}
