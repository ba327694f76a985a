import { blindIndex, open, seal } from '../../shared/secrets.ts';

/** Keeps the codes of vouchers: found by hash, readable only with the key of the subgraph. */
export type VoucherSeal = Readonly<{
  /** 32 hexadecimal digits. */
  hash: (code: string) => string;
  seal: (code: string) => string;
  /** Throws when the text was changed, or sealed elsewhere. */
  open: (sealed: string) => string;
}>;

const PLACE = 'rewards_voucher.code';

/** `secret` is the same in every process of the subgraph. */
export const createVoucherSeal = (secret: string): VoucherSeal => ({
  hash: (code) => blindIndex(secret, PLACE, code),
  seal: (code) => seal(secret, PLACE, code),
  open: (sealed) => open(secret, PLACE, sealed),
});
