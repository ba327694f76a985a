import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  makeVoucherCode,
  readVoucherCode,
} from '../../subgraphs/rewards-catalog/domain/voucher-code.ts';

const SIGNS = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'];
const bodies = fc.array(fc.nat(SIGNS.length - 1), { minLength: 15, maxLength: 15 });
const places = fc.nat(15);

/** The code that these random numbers give. */
const codeOf = (numbers: readonly number[]): string => {
  const left = [...numbers];
  return makeVoucherCode(() => left.shift() ?? 0);
};

describe('a voucher code', () => {
  test('has 16 signs, none of which is taken for another', () => {
    const code = makeVoucherCode((below) => randomInt(below));

    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{16}$/);
    expect(readVoucherCode(code)).toBe(code);
  });

  test('is read as people write it', () => {
    const code = codeOf([...SIGNS.keys()].slice(0, 15));

    expect(readVoucherCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
  });

  test('with one wrong sign is not read', () => {
    fc.assert(
      fc.property(bodies, places, fc.constantFrom(...SIGNS), (body, place, sign) => {
        const code = codeOf(body);
        const wrong = code.slice(0, place) + sign + code.slice(place + 1);
        expect(readVoucherCode(wrong)).toBe(sign === code[place] ? code : null);
      }),
    );
  });

  test('with two signs exchanged is not read', () => {
    fc.assert(
      fc.property(bodies, places, places, (body, one, other) => {
        const signs = [...codeOf(body)];
        const [a = '', b = ''] = [signs[one], signs[other]];
        signs[one] = b;
        signs[other] = a;
        expect(readVoucherCode(signs.join(''))).toBe(a === b ? signs.join('') : null);
      }),
    );
  });

  test.each(['', 'A', '0'.repeat(16), 'A'.repeat(101), '💎'.repeat(16)])('is not %o', (typed) => {
    expect(readVoucherCode(typed)).toBeNull();
  });
});
