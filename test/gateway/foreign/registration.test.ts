import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRegistrations } from '../../../gateway/foreign/registration.ts';
import { SECRET } from './merchants.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongdui-registrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'acme.graphql'), 'type Query { acme_items: Int }');
writeFileSync(join(folder, 'acme.secret'), `${SECRET}\n`);

const acme = {
  prefix: 'Acme',
  merchantId: 'm-1',
  url: 'https://shop.example/graphql',
  schema: 'acme.graphql',
  secret: SECRET,
};

const read = (content: unknown) => {
  const file = join(folder, 'merchants.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readRegistrations(file, (given) => (given.startsWith('demo:') ? null : given));
};

test('a registration is read with the files beside it', () => {
  const { secret, ...rest } = acme;
  const expected = {
    ...rest,
    url: new URL(acme.url),
    sdl: 'type Query { acme_items: Int }',
    secret,
  };
  const { schema: _, ...registration } = expected;

  expect(read([acme])).toEqual([registration]);
  expect(read([{ ...rest, secretFile: 'acme.secret' }])).toEqual([registration]);
  expect(read([{ ...acme, secret: SECRET.replace('=', '') }])).toEqual([registration]);
  expect(read([])).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', 'prefix: Acme', /is not JSON/],
  ['no list', acme, /expected array/],
  ['no address', [{ ...acme, url: 'shop' }], /0\.url/],
  ['an address of a file', [{ ...acme, url: 'file:///etc/passwd' }], /0\.url/],
  ['an address with a password', [{ ...acme, url: 'https://a:b@shop.example' }], /without user/],
  ['an unknown word', [{ ...acme, adress: 'x' }], /adress/],
  ['no secret', [{ ...acme, secret: undefined }], /"secret" or "secretFile"/],
  ['a short secret', [{ ...acme, secret: 'whsec_abc' }], /24 or more bytes/],
  [
    'a secret file that is not there',
    [{ ...acme, secret: undefined, secretFile: 'x' }],
    /x cannot be read/,
  ],
  ['a schema that is not there', [{ ...acme, schema: 'x.graphql' }], /x\.graphql cannot be read/],
  ['a prefix twice', [acme, { ...acme, prefix: 'ACME' }], /two registrations have the prefix acme/],
  [
    'a merchant that is not there',
    [{ ...acme, merchantId: 'demo:nobody' }],
    /no merchant demo:nobody/,
  ],
])('with %s the program says what is wrong, and no secret', (_, content, expected) => {
  expect(() => read(content)).toThrow(expected);
  try {
    read(content);
  } catch (error) {
    expect(String(error)).not.toContain(SECRET.slice(6, 20));
  }
});

test('a file that is not there is named', () => {
  expect(() => readRegistrations(join(folder, 'none.json'), String)).toThrow(
    'none.json cannot be read',
  );
});
