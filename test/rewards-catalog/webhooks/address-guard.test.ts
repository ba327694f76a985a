import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  guardedLookup,
  mayCall,
} from '../../../subgraphs/rewards-catalog/webhooks/address-guard.ts';
import { checkAddress } from '../../../subgraphs/rewards-catalog/webhooks/domain/address.ts';
import {
  EXPIRES_MS,
  forgottenBefore,
  nextAttempt,
} from '../../../subgraphs/rewards-catalog/webhooks/domain/patience.ts';
import { postEvent } from '../../../subgraphs/rewards-catalog/webhooks/post-event.ts';

test.each([
  // Private, link-local with the address of clouds, shared, reserved, and IPv4 that hides in IPv6.
  ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '192.0.0.8', '198.18.0.1', '224.0.0.1', '255.255.255.255', '203.0.113.9'],
  ...['::', 'fe80::1', 'fe80::1%1', 'fd00:ec2::254', 'ff02::1', '::ffff:10.0.0.1', '::10.0.0.1'],
  ...['64:ff9b::a00:1', '2002:a00:1::1', '2001::1', '2001:db8::1', 'localhost', '', '10.1.2'],
])('%s is never called', (address) => {
  expect([mayCall(address, false), mayCall(address, true)]).toEqual([false, false]);
});

test.each(['8.8.8.8', '172.32.0.1', '223.255.255.255', '2606:4700::1111', '240e::1'])(
  '%s is called',
  (address) => {
    expect([mayCall(address, false), mayCall(address, true)]).toEqual([true, true]);
  },
);

test.each(['127.0.0.1', '127.255.0.9', '::1'])('%s is called in development alone', (address) => {
  expect([mayCall(address, false), mayCall(address, true)]).toEqual([false, true]);
});

test('a private address is never called, however it is written in IPv6', () => {
  const byte = fc.nat(255);
  fc.assert(
    fc.property(byte, byte, byte, (b, c, d) => {
      const [high, low] = [(10 << 8) | b, (c << 8) | d].map((part) => part.toString(16));
      const written = [`10.${b}.${c}.${d}`, `::ffff:10.${b}.${c}.${d}`, `::ffff:${high}:${low}`];
      for (const address of [...written, `2002:${high}:${low}::1`, `64:ff9b::${high}:${low}`]) {
        expect(mayCall(address, true), address).toBe(false);
      }
    }),
  );
});

test.each([
  // address, allowed in production, in development
  ['https://shop.example/hooks?shop=1', true, true],
  ['https://shop.example:8443/', true, true],
  ['http://shop.example/', false, false],
  ['http://localhost:3000/', false, true],
  ['http://127.0.0.1:3000/', false, true],
  ['http://[::1]:3000/', false, true],
  ['http://localhost.shop.example/', false, false],
  ['https://user:password@shop.example/', false, false],
  ['https://shop.example/#part', false, false],
  ['ftp://shop.example/', false, false],
  ['shop.example', false, false],
  [`https://shop.example/${'x'.repeat(1000)}`, false, false],
])('%s may be registered: %s, in development %s', (url, production, development) => {
  expect([checkAddress(url, false) === null, checkAddress(url, true) === null]).toEqual([
    production,
    development,
  ]);
});

test('a name is called at its public addresses alone, and not at all when it has none', async () => {
  const found = (addresses: string[], all: boolean): Promise<unknown> =>
    new Promise((resolve) => {
      const answer = addresses.map((address): LookupAddress => ({ address, family: 4 }));
      const lookup = guardedLookup(false, (_, __, done) => done(null, answer));
      lookup('shop.example', { all }, (error, address) => resolve(error?.name ?? address));
    });

  expect(await found(['10.0.0.1', '8.8.8.8'], false)).toBe('8.8.8.8');
  expect(await found(['127.0.0.1', '8.8.8.8'], true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  expect(await found(['10.0.0.1', '127.0.0.1'], false)).toBe('AddressRefused');
  expect(await found([], true)).toBe('AddressRefused');
});

describe('an event', () => {
  const posting = { headers: {}, body: '{}', isDevelopment: false, timeoutMs: 2_000 };

  test.each([
    'https://127.0.0.1:9/',
    'https://[::1]:9/',
    'https://0x7f.1:9/',
    'https://localhost:9/',
  ])('is not posted to %s in production', async (url) => {
    expect(await postEvent({ ...posting, url })).toEqual({
      status: null,
      failure: 'ADDRESS_NOT_ALLOWED',
    });
  });

  test('is posted to who answers without end, and the answer is left', async () => {
    const server = createServer((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

    expect(await postEvent({ ...posting, url, isDevelopment: true })).toEqual({
      status: 200,
      failure: null,
    });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
});

test('attempts grow rarer, and end before the delivery expires, at instants that its id alone decides', () => {
  const begun = new Date('2026-11-22T02:00:00Z');
  const expiresAt = new Date(begun.getTime() + EXPIRES_MS);
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const rests: number[] = [];
      let at: Date | null = begun;
      for (let attempts = 1; at !== null; attempts += 1) {
        const next: Date | null = nextAttempt({ id, expiresAt }, attempts, at);
        expect(nextAttempt({ id, expiresAt }, attempts, at)).toEqual(next);
        if (next !== null) rests.push(next.getTime() - at.getTime());
        at = next;
      }

      expect(rests).toHaveLength(9);
      expect(rests).toEqual(rests.toSorted((one, other) => one - other));
      const hours = rests.reduce((sum, rest) => sum + rest, 0) / 3_600_000;
      expect(hours).toBeGreaterThan(72);
      expect(nextAttempt({ id, expiresAt }, 1, expiresAt)).toBeNull();
    }),
  );
});

test('nothing is forgotten before it is given up, however short the log is', () => {
  const at = new Date('2026-01-10T02:00:00Z');
  expect(forgottenBefore(at, 1)).toEqual(at);
  expect(forgottenBefore(at, 5)).toEqual(new Date(at.getTime() - 24 * 60 * 60 * 1000));
});
