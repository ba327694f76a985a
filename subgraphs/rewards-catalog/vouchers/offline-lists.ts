import { createPrivateKey, createPublicKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { sha256 } from '../../../shared/identifiers.ts';
import { blindIndex } from '../../../shared/secrets.ts';
import type { OfflineListHead } from './domain/offline.ts';

/** Signs the lists of vouchers that shops keep for when they have no network. */
export type OfflineLists = Readonly<{
  /** The public key, a JWK (RFC 8037) as JSON: a till keeps it and believes no other. */
  publicKey: () => Promise<string>;
  /** The name of a list, which nobody else can make up. */
  idOf: (head: OfflineListHead) => string;
  /** What a list is for, of its name; null when it was not named here. */
  headOf: (listId: string) => OfflineListHead | null;
  /** A JWS in compact form, EdDSA. */
  sign: (listId: string, head: OfflineListHead, content: JWTPayload) => Promise<string>;
}>;

/** How a code is told in a list: SHA-256 of `<listId> <code>`, the first 32 hexadecimal digits. */
export const listedHash = (listId: string, code: string): string =>
  sha256(`${listId} ${code}`).slice(0, 32);

const PLACE = 'rewards_voucher.list';
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ID_MAX = 1000;

/** `secret` is the same in every process of the subgraph, so any of them verifies what another signed. */
export function createOfflineLists(secret: string): OfflineLists {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'tongdui offline vouchers', 32));
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(key);
  const kid = sha256(publicKey.export({ format: 'der', type: 'spki' })).slice(0, 16);

  return {
    publicKey: async () =>
      JSON.stringify({ ...(await exportJWK(publicKey)), alg: 'EdDSA', use: 'sig', kid }),

    idOf({ merchantId, storeId, issuedAt, expiresAt }) {
      const parts = [merchantId, storeId, issuedAt.getTime(), expiresAt.getTime()];
      const body = Buffer.from(JSON.stringify(parts)).toString('base64url');
      return `${body}.${blindIndex(secret, PLACE, body)}`;
    },

    headOf(listId) {
      const [body = '', mark = ''] = listId.length > ID_MAX ? [] : listId.split('.');
      const own = Buffer.from(blindIndex(secret, PLACE, body));
      const given = Buffer.from(mark);
      if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
      const [merchantId, storeId, issued, expires] = JSON.parse(
        Buffer.from(body, 'base64url').toString(),
      );
      return { merchantId, storeId, issuedAt: new Date(issued), expiresAt: new Date(expires) };
    },

    sign: (listId, { merchantId, issuedAt, expiresAt }, content) =>
      new SignJWT({ ...content })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'tongdui-vouchers+jwt' })
        .setAudience(merchantId)
        .setJti(listId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key),
  };
}
