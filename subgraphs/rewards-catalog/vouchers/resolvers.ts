import type { Resolvers } from '../schema.generated.ts';
import { voucherQr } from './queries/voucher-qr.ts';

/** What a voucher says of itself beyond its code and its days. */
export const voucherFields = {
  qr: ({ voucher, isCodeShown }, _, { services }) =>
    isCodeShown ? voucherQr(services.vouchers.open(voucher.codeSealed)) : null,
} satisfies Resolvers['Voucher'];
