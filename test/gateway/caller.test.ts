import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createIdentifier } from '../../gateway/caller.ts';
import {
  createDevelopmentIdentities,
  DEVELOPMENT_ISSUER,
} from '../../gateway/development-identities.ts';
import { startGateway } from '../../gateway/start.ts';
import { readConfig } from '../../shared/config.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { asMember, operator } from '../support/world.ts';
import { honest, supergraphSdl } from './small-graph.ts';

const clock = { now: () => new Date('2026-11-22T02:00:00Z') };
const now = clock.now().getTime() / 1000;
const issuer = 'https://id.example';
const audience = 'tongdui';

const pairs = {
  RS256: await generateKeyPair('RS256', { extractable: true }),
  ES256: await generateKeyPair('ES256', { extractable: true }),
  EdDSA: await generateKeyPair('EdDSA', { extractable: true }),
};
type Algorithm = keyof typeof pairs;

const jwk = async (alg: Algorithm) => ({
  ...(await exportJWK(pairs[alg].publicKey)),
  kid: alg,
  alg,
});
const keys = { keys: [await jwk('RS256'), await jwk('ES256'), await jwk('EdDSA')] };
const identify = createIdentifier({ keys, issuer, audience, clock });

const good: JWTPayload = {
  iss: issuer,
  aud: audience,
  sub: 'member:ann',
  exp: now + 300,
  roles: ['MEMBER'],
  member_id: 'ann',
};

const sign = (claims: object = {}, alg: Algorithm = 'EdDSA', kid: string = alg) =>
  new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg, kid }).sign(pairs[alg].privateKey);

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const publicKey = await exportSPKI(pairs.RS256.publicKey);
const stranger = await generateKeyPair('EdDSA');
const disallowed = await generateKeyPair('PS256');
const [header, , signature] = (await sign()).split('.');

describe('a caller is', () => {
  test('anonymous without a header', async () => {
    expect(await identify(undefined)).toMatchObject({ subject: 'anonymous', roles: ['PUBLIC'] });
  });

  test.each<Algorithm>(['RS256', 'ES256', 'EdDSA'])('believed with a %s signature', async (alg) => {
    expect(await identify(`Bearer ${await sign({}, alg)}`)).toEqual(asMember('ann'));
  });

  test.each<[string, object, object]>([
    [
      'a merchant',
      { sub: 's', roles: ['MERCHANT'], merchant_id: 'shop' },
      { roles: ['PUBLIC', 'MERCHANT'], merchantId: 'shop', memberId: null },
    ],
    ['never another service', { roles: ['SERVICE', 'MEMBER'] }, { roles: ['PUBLIC', 'MEMBER'] }],
    [
      'of known roles only',
      { roles: ['ROOT', 'OPERATOR', 7, 'PUBLIC'] },
      { roles: ['PUBLIC', 'OPERATOR'] },
    ],
    [
      'without roles when they are no list',
      { roles: 'OPERATOR' },
      { roles: ['PUBLIC'], memberId: null },
    ],
    ['no member without the role', { roles: ['OPERATOR'] }, { memberId: null, merchantId: null }],
    ['no member by a number', { member_id: 7 }, { memberId: null }],
    ['no merchant by a member token', { merchant_id: 'shop' }, { merchantId: null }],
  ])('%s', async (_, claims, caller) => {
    expect(await identify(`Bearer ${await sign(claims)}`)).toMatchObject(caller);
  });

  test('still believed some seconds after the end, as clocks differ', async () => {
    expect(await identify(`Bearer ${await sign({ exp: now - 20 })}`)).toEqual(asMember('ann'));
  });
});

describe('a token is refused', () => {
  test.each<[string, string | Promise<string>, string?]>([
    ['expired', sign({ exp: now - 31 }), 'TOKEN_EXPIRED'],
    ['without an end', sign({ exp: undefined })],
    ['not yet good', sign({ nbf: now + 60 })],
    ['for another audience', sign({ aud: 'another' })],
    ['without an audience', sign({ aud: undefined })],
    ['of another issuer', sign({ iss: 'https://evil.example' })],
    ['of development', sign({ iss: DEVELOPMENT_ISSUER })],
    ['without a subject', sign({ sub: undefined })],
    ['in the name of a service', sign({ sub: 'service:members' })],
    ['in the name of nobody', sign({ sub: 'anonymous' })],
    ['with a subject that cannot be stored', sign({ sub: 'a\nb' })],
    ['with a subject too long', sign({ sub: 'x'.repeat(129) })],
    [
      'with the key of a stranger',
      new SignJWT(good)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'EdDSA' })
        .sign(stranger.privateKey),
    ],
    ['with an unknown key', sign({}, 'EdDSA', 'another')],
    ['with the name of another key', sign({}, 'EdDSA', 'RS256')],
    ['unsigned', `${base64({ alg: 'none' })}.${base64(good)}.`],
    [
      'with changed claims',
      `${header}.${base64({ ...good, sub: 'member:bob', member_id: 'bob' })}.${signature}`,
    ],
    [
      'signed with the public key as a secret',
      new SignJWT(good)
        .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
        .sign(new TextEncoder().encode(publicKey)),
    ],
    [
      'by an algorithm that is not allowed',
      new SignJWT(good)
        .setProtectedHeader({ alg: 'PS256', kid: 'RS256' })
        .sign(disallowed.privateKey),
    ],
    ['that is no token', 'not-a-token'],
    ['that is three words', 'a.b.c'],
    ['too long to be read', `${header}.${'A'.repeat(9_000)}.${signature}`],
  ])('%s', async (_, token, reason = 'TOKEN_INVALID') => {
    await expect(identify(`Bearer ${await token}`)).rejects.toMatchObject({
      reason,
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  test.each(['', 'Bearer', 'Basic YW5uOnNlY3JldA==', 'Bearer  ', 'Bearer a.b.c d.e.f'])(
    'when the header is "%s"',
    async (authorization) => {
      await expect(identify(authorization)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
    },
  );
});

describe('an identity provider at an address', () => {
  test('is asked for its keys once, not for every token', async () => {
    let asked = 0;
    const published = JSON.stringify({ keys: [await jwk('EdDSA')] });
    const provider = createServer((_, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(published);
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    const url = new URL(`http://127.0.0.1:${port}/jwks`);
    const remote = createIdentifier({ keys: url, issuer, audience, clock });

    for (let n = 0; n < 3; n += 1) await remote(`Bearer ${await sign()}`);
    expect(asked).toBe(1);
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  test('that is out of reach is not the fault of the caller', async () => {
    const nowhere = new URL('http://127.0.0.1:9/jwks');
    const remote = createIdentifier({ keys: nowhere, issuer, audience, clock });

    const error = await remote(`Bearer ${await sign()}`).catch((error: unknown) => error);

    expect(error).toBeInstanceOf(Error);
    expect(error).not.toHaveProperty('extensions.code', 'UNAUTHENTICATED');
  });
});

describe('development identities', () => {
  const identities = [
    { name: { zh: '安', en: 'Ann' }, caller: asMember('ann') },
    { name: { zh: '运营', en: 'Operator' }, caller: operator },
  ];

  test('are believed by their own process and for twelve hours only', async () => {
    let at = clock.now();
    const development = await createDevelopmentIdentities({
      identities,
      audience,
      clock: { now: () => at },
    });
    const [ann, office] = await development.tokens();

    expect(await development.identify(`Bearer ${ann?.token}`)).toEqual(asMember('ann'));
    expect(await development.identify(`Bearer ${office?.token}`)).toEqual(operator);

    const another = await createDevelopmentIdentities({ identities, audience, clock });
    await expect(another.identify(`Bearer ${ann?.token}`)).rejects.toThrow('TOKEN_INVALID');

    at = new Date(at.getTime() + 13 * 60 * 60 * 1000);
    await expect(development.identify(`Bearer ${ann?.token}`)).rejects.toThrow('TOKEN_EXPIRED');
  });

  test('are never believed in production', async () => {
    const development = await createDevelopmentIdentities({ identities, audience, clock });
    const [, office] = await development.tokens();

    await expect(identify(`Bearer ${office?.token}`)).rejects.toThrow('TOKEN_INVALID');
  });

  const start = (environment: Record<string, string>) =>
    startGateway({
      config: readConfig({ TONGDUI_PORT: '0', ...environment }),
      supergraphSdl,
      transport: honest,
      logger: createLogger('silent'),
      clock,
      newId,
      identities,
    });

  test('are handed out in development, and let in', async () => {
    const { gateway, url, tokens } = await start({});

    const ask = (token: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: '{"query":"{ greeting { text } }"}',
      });
    expect((await ask(String(tokens[0]?.token))).status).toBe(200);
    expect((await ask('a.b.c')).status).toBe(401);
    await gateway.stop();
  });

  test('are not served to other machines, unless the port is said to be published on this one', async () => {
    const everywhere = { TONGDUI_HOST: '0.0.0.0' };
    await expect(start(everywhere)).rejects.toThrow('TONGDUI_PUBLISHED_ON_LOOPBACK');

    const { gateway, url } = await start({ ...everywhere, TONGDUI_PUBLISHED_ON_LOOPBACK: 'true' });

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const session = `${url}/explorer/session.json`;
    expect((await fetch(session)).status).toBe(200);
    // By whatever other name this machine is reached, they stay away.
    expect(await statusAs('tongdui.example', session)).toBe(403);
    await gateway.stop();
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['without an identity provider', {}, /TONGDUI_JWKS_URL/],
    [
      'without one in a container either',
      { TONGDUI_HOST: '0.0.0.0', TONGDUI_PUBLISHED_ON_LOOPBACK: 'true' },
      /TONGDUI_JWKS_URL/,
    ],
    ['without its issuer', { TONGDUI_JWKS_URL: 'https://id.example/jwks' }, /TONGDUI_ISSUER/],
    [
      'with the issuer of development',
      { TONGDUI_JWKS_URL: 'https://id.example/jwks', TONGDUI_ISSUER: DEVELOPMENT_ISSUER },
      /TONGDUI_ISSUER/,
    ],
  ])('production does not start %s', async (_, environment, message) => {
    await expect(start({ NODE_ENV: 'production', ...environment })).rejects.toThrow(message);
  });

  test('production with a provider has neither identities nor explorer', async () => {
    const { gateway, url, tokens } = await start({
      NODE_ENV: 'production',
      TONGDUI_JWKS_URL: 'https://id.example/jwks',
      TONGDUI_ISSUER: issuer,
    });

    expect(tokens).toEqual([]);
    expect((await fetch(`${url}/explorer/session.json`)).status).toBe(404);
    expect((await fetch(`${url}/explorer/`)).status).toBe(404);
    await gateway.stop();
  });
});

/** What is answered to a request that calls this machine by another name: `fetch` sets no `Host`. */
const statusAs = (host: string, url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
