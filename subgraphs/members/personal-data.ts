import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { assert } from '../../shared/assert.ts';

const VERSION = 'v1';
const INDEX_HEX_DIGITS = 32;

/** Where a value is kept, such as `members_member.phone`: an encrypted value fits no other place. */
export type Place = `members_${string}.${string}`;

/**
 * Keeps personal data unreadable at rest. Each place has keys of its own, derived from one secret.
 * A value is found again by its blind index, which tells equality and nothing else.
 */
export type PersonalData = Readonly<{
  /** AES-256-GCM, as `v1.<iv>.<ciphertext and tag>`. Two encryptions of one value differ. */
  encrypt: (place: Place, value: string) => string;
  /** Throws when the text was changed, or encrypted for another place or under another secret. */
  decrypt: (place: Place, encrypted: string) => string;
  /** HMAC-SHA256 cut to 128 bits, in hexadecimal digits. The value is in its one normal form. */
  blindIndex: (place: Place, value: string) => string;
}>;

export function personalData(secret: string): PersonalData {
  const keys = new Map<string, Buffer>();
  function keyFor(place: Place, purpose: 'encrypt' | 'index'): Buffer {
    const name = `tongdui ${VERSION} ${purpose} ${place}`;
    let key = keys.get(name);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', secret, '', name, 32));
      keys.set(name, key);
    }
    return key;
  }
  return {
    encrypt(place, value) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(place, 'encrypt'), iv);
      cipher.setAAD(Buffer.from(place));
      const sealed = [cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return [VERSION, iv.toString('base64url'), Buffer.concat(sealed).toString('base64url')].join(
        '.',
      );
    },
    decrypt(place, encrypted) {
      const [version, iv = '', sealed = ''] = encrypted.split('.');
      assert(version === VERSION, 'a value was encrypted by a version that is known');
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyFor(place, 'encrypt'),
        Buffer.from(iv, 'base64url'),
        { authTagLength: 16 },
      );
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
    },
    blindIndex: (place, value) =>
      createHmac('sha256', keyFor(place, 'index'))
        .update(value)
        .digest('hex')
        .slice(0, INDEX_HEX_DIGITS),
  };
}
