import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps the codes of vouchers: found by hash, readable only with the key of the subgraph. */
export type VoucherSeal = Readonly<{
  hash: (code: string) => string;
  seal: (code: string) => string;
  open: (sealed: string) => string;
}>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `secret` is the same in every process of the subgraph. */
export function createVoucherSeal(secret: string): VoucherSeal {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, 32));
  const hashKey = derive('rewards-catalog voucher hash');
  const sealKey = derive('rewards-catalog voucher code');
  return {
    hash: (code) => createHmac('sha256', hashKey).update(code).digest('hex'),
    seal(code) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const body = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}
