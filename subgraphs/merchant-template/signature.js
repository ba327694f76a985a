// @ts-check
import { Webhook } from 'standardwebhooks';

/** The shortest secret that is accepted, in bytes, as Standard Webhooks recommends. */
const SECRET_BYTES_MIN = 24;

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/**
 * Who knows the secret may ask, nobody else. The calls of the alliance are signed as Standard Webhooks
 * (https://www.standardwebhooks.com) says: an HMAC over id, time and the bytes of the body, good for
 * five minutes.
 *
 * @typedef {object} Door
 * @property {(headers: Headers) => boolean} isAnnounced Whether there is a signature at all.
 * @property {(headers: Headers, body: Buffer) => boolean} isSigned Whether it is the one of this body.
 */

/** @typedef {import('node:http').IncomingHttpHeaders} Headers */

/**
 * Signs and verifies with a secret. Throws an Error that says what to do when it cannot be used.
 *
 * @param {string | undefined} secret `whsec_` and at least 24 bytes in base64.
 */
export function webhookOf(secret) {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret ?? '') ?? [];
  const key = Buffer.from(base64, 'base64');
  if (key.length >= SECRET_BYTES_MIN) return new Webhook(key.toString('base64'));
  throw new Error(
    'SIGNING_SECRET is missing or is not `whsec_` with 24 bytes or more in base64. Make one with `npm run secret`, ' +
      'write it into the file `.env` as `SIGNING_SECRET=whsec_…`, and register the same one with the alliance.',
  );
}

/**
 * @param {string | undefined} secret As for `webhookOf`, which throws.
 * @returns {Door}
 */
export function createDoor(secret) {
  const webhook = webhookOf(secret);
  return {
    isAnnounced: (headers) => HEADERS.every((name) => typeof headers[name] === 'string'),
    isSigned(headers, body) {
      const signed = Object.fromEntries(HEADERS.map((name) => [name, String(headers[name])]));
      try {
        webhook.verify(body, signed, { jsonParse: false });
        return true;
      } catch {
        return false;
      }
    },
  };
}
