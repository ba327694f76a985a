import { randomInt } from 'node:crypto';
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { makeVoucherCode } from '../../../subgraphs/rewards-catalog/domain/voucher-code.ts';
import { voucherQr } from '../../../subgraphs/rewards-catalog/vouchers/queries/voucher-qr.ts';
import { picture } from './scan.ts';

const codes = Array.from({ length: 20 }, () => makeVoucherCode((below) => randomInt(below)));

describe('the QR of a voucher', () => {
  test('is read as its code', () => {
    expect(codes.map((code) => decodeQR(picture(voucherQr(code))))).toEqual(codes);
  });

  test('is read with a spot on it', () => {
    for (const code of codes) {
      const spotted = picture(voucherQr(code), { white: { left: 20, top: 20, size: 3 } });
      expect(decodeQR(spotted)).toBe(code);
    }
  });

  test('is black on white of its own, 21 modules in a border of 4', () => {
    expect(voucherQr(String(codes[0]))).toMatch(
      /^<svg xmlns="[^"]+" viewBox="0 0 29 29" [^>]*><path fill="#fff" d="M0 0h29v29H0z"\/><path d="M4 4h7v1h-7z/,
    );
  });
});
