import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { SubgraphName } from '../addresses.ts';
import type { Clock } from '../clock.ts';
import { roles } from '../graphql/caller.ts';
import type { Call } from '../graphql/request.ts';
import { locales } from '../graphql/wording.ts';
import type { InternalKey, InternalKeys } from './internal-keys.ts';
import { limits } from './limits.ts';
import { createSeenIds } from './seen-ids.ts';

/** Carries `v1;<milliseconds since 1970>;<HMAC in base64url>`. */
export const SIGNATURE_HEADER = 'x-tongdui-signature';

const SIGNATURE = /^v1;(\d{1,16});([\w-]{43})$/;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

export type SignOptions = Readonly<{
  keys: InternalKeys;
  clock: Clock;
  /** The subgraph that is called. Another one does not believe the call. */
  audience: SubgraphName;
}>;

type SignedHeaders = Readonly<{ authorization: string; [SIGNATURE_HEADER]: string }>;

/**
 * The headers that prove a call: a token that says who asks, good for a minute and one subgraph, and
 * a signature over the token, the time and the body. A deadline travels as the milliseconds that are
 * left, because the clocks of two machines differ.
 */
export async function signCall(
  { keys, clock, audience }: SignOptions,
  call: Omit<Call, 'deadline'>,
  body: string,
  leftMs: number,
): Promise<SignedHeaders> {
  const [key] = keys;
  const ms = clock.now().getTime();
  const seconds = Math.floor(ms / 1000);
  const { subject, roles, memberId, merchantId } = call.caller;
  const token = tokenOf(key, {
    sub: subject,
    aud: audience,
    jti: randomUUID(),
    iat: seconds,
    exp: seconds + limits.signatureMs / 1000,
    roles,
    member: memberId,
    merchant: merchantId,
    locale: call.locale,
    request: call.requestId,
    purpose: call.purpose ?? null,
    leftMs: Math.max(0, Math.floor(leftMs)),
  });
  const signature = signatureOf(key, ms, token, body).toString('base64url');
  return { authorization: `Bearer ${token}`, [SIGNATURE_HEADER]: `v1;${ms};${signature}` };
}

/** The token is part of what is signed: that of one call cannot be put on the body of another. */
const signatureOf = (key: InternalKey, ms: number, token: string, body: string | Buffer): Buffer =>
  createHmac('sha256', key.body).update(`v1\n${ms}\n${token}\n`).update(body).digest();

const claimsSchema = z.object({
  sub: z.string().min(1),
  aud: z.string(),
  jti: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
  roles: z.array(z.enum(roles)).readonly(),
  member: z.string().nullable(),
  merchant: z.string().nullable(),
  locale: z.enum(locales),
  request: z.string(),
  purpose: z.string().nullable(),
  leftMs: z.int().min(0),
});

/** A call of which the token is believed and the body is not known yet. */
export type Announced = Readonly<{
  /** The call, when this body is the one that was signed and it comes for the first time; else null. */
  prove: (body: Buffer) => Call | null;
}>;

/**
 * Makes the door of one subgraph. It believes the headers of a call, before a byte of the body is
 * read, or answers null; and then the body. Why a call is not believed, it tells nobody.
 */
export function createVerifier({
  keys,
  clock,
  audience,
}: SignOptions): (headers: IncomingHttpHeaders) => Promise<Announced | null> {
  const seen = createSeenIds(clock);
  return async (headers) => {
    const { authorization = '', [SIGNATURE_HEADER]: given } = headers;
    const token = authorization.length > limits.tokenMax ? null : BEARER.exec(authorization)?.[1];
    const [, time, signature] = SIGNATURE.exec(String(given)) ?? [];
    if (!token || !time || !signature) return null;
    const ms = Number(time);
    if (Math.abs(clock.now().getTime() - ms) > limits.signatureMs) return null;
    const believed = believe(token, { keys, clock, audience });
    if (believed === null) return null;
    const { claims, key } = believed;
    return {
      prove(body) {
        const expected = signatureOf(key, ms, token, body);
        if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return null;
        if (!seen.isFirst(claims.jti)) return null;
        return callOf(claims, clock);
      },
    };
  };
}

type Claims = z.infer<typeof claimsSchema>;
type Believed = Readonly<{ claims: Claims; key: InternalKey }>;

function believe(token: string, { keys, clock, audience }: SignOptions): Believed | null {
  const [header = '', payload = '', mac = ''] = token.split('.');
  // No other header is taken, so a token cannot choose how it is checked.
  const key = keys.find((known) => known.header === header);
  if (key === undefined) return null;
  const expected = macOf(key, `${header}.${payload}`);
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) return null;
  const claims = claimsOf(payload);
  if (claims === null || claims.aud !== audience) return null;
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const tolerance = limits.signatureMs / 1000;
  const age = seconds - claims.iat;
  const isOfNow = age >= -tolerance && age <= 2 * tolerance && claims.exp > seconds - tolerance;
  return isOfNow ? { claims, key } : null;
}

function claimsOf(payload: string): Claims | null {
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/**
 * A JWT with HS256. Made here because a library goes by way of WebCrypto: three asynchronous jobs for
 * a signature that takes microseconds, and ten of those make one listing.
 */
function tokenOf(key: InternalKey, claims: Claims): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const content = `${key.header}.${payload}`;
  return `${content}.${macOf(key, content).toString('base64url')}`;
}

const macOf = ({ token }: InternalKey, content: string): Buffer =>
  createHmac('sha256', token).update(content).digest();

const callOf = (claims: Claims, clock: Clock): Call => ({
  caller: {
    subject: claims.sub,
    roles: claims.roles,
    memberId: claims.member,
    merchantId: claims.merchant,
  },
  locale: claims.locale,
  requestId: claims.request,
  purpose: claims.purpose,
  deadline: clock.now().getTime() + claims.leftMs,
});
