import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { sha256 } from '../identifiers.ts';

/** One secret that our processes share, as the two keys that are made from it. */
export type InternalKey = Readonly<{
  /** Says which secret it is, and nothing about it. */
  id: string;
  /** The first part of its tokens: it names the key and how they are signed. */
  header: string;
  /** Signs the token of a call: who asks. */
  token: KeyObject;
  /** Signs the call as a whole: token, time and body. */
  body: KeyObject;
}>;

/** The first signs; a call that any of them signed is believed. */
export type InternalKeys = readonly [InternalKey, ...InternalKey[]];

/**
 * Reads the setting: one secret, or two with a comma between them. To change the secret without a
 * moment of refusal: `old,new` in every process, then `new,old`, then `new`.
 */
export function internalKeysFrom(setting: string): InternalKeys {
  const [first = '', ...others] = setting.split(',');
  return [internalKey(first), ...others.map(internalKey)];
}

function internalKey(secret: string): InternalKey {
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `tongdui ${use}`, 32)));
  const id = sha256(derive('internal key id').export()).slice(0, 16);
  return {
    id,
    header: Buffer.from(JSON.stringify({ alg: 'HS256', kid: id })).toString('base64url'),
    token: derive('internal token'),
    body: derive('internal body'),
  };
}
