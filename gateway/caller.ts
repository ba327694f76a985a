import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { Clock } from '../shared/clock.ts';
import { anonymous, type Caller, type Role } from '../shared/graphql/caller.ts';
import { type Fault, fault } from '../shared/graphql/faults.ts';

/**
 * Who is asking, from the `Authorization` header: anonymous without one. Throws UNAUTHENTICATED with a
 * reason when the token is not to be believed; any other error means that it could not be checked.
 */
export type Identify = (authorization: string | undefined) => Promise<Caller>;

export type IdentifierOptions = Readonly<{
  /** The public keys of the identity provider, or where they are. */
  keys: URL | JSONWebKeySet;
  /** The `iss` that a token must have. */
  issuer: string;
  /** The `aud` that a token must have. */
  audience: string;
  clock: Clock;
}>;

/** Signatures by private keys only: with a secret among them, a public key could be used as one. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Roles that a token may give. SERVICE is for subgraphs among themselves and never comes from outside. */
const GRANTABLE: readonly Role[] = [
  'MEMBER',
  'MERCHANT',
  'ANALYST',
  'REGULATOR',
  'OMBUDSMAN',
  'OPERATOR',
];

const TOKEN_MAX = 8_192;
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;
const IDENTIFIER = /^[\x21-\x7e]{1,64}$/;
const SUBJECT = /^[\x21-\x7e]{1,128}$/;
const CLOCK_TOLERANCE_SECONDS = 30;

/** Makes the one place where access tokens are checked. Behind it, a caller is believed. */
export function createIdentifier({ keys, issuer, audience, clock }: IdentifierOptions): Identify {
  const keyOf = keys instanceof URL ? createRemoteJWKSet(keys) : createLocalJWKSet(keys);
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = authorization.length > TOKEN_MAX ? undefined : BEARER.exec(authorization)?.[1];
    if (token === undefined) throw fault('UNAUTHENTICATED', 'TOKEN_INVALID');
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: clock.now(),
      });
      return callerOf(payload);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  };
}

/**
 * Reads the claims: `sub`, `roles` (unknown ones are left out), `member_id` with the role MEMBER,
 * `merchant_id` with the role MERCHANT.
 */
function callerOf(payload: JWTPayload): Caller {
  const { sub = '', roles, member_id, merchant_id } = payload;
  // Names of our own: under them the keys of idempotency would be another's.
  const isTaken = sub === anonymous.subject || sub.startsWith('service:');
  if (isTaken || !SUBJECT.test(sub)) throw fault('UNAUTHENTICATED', 'TOKEN_INVALID');
  const given: unknown[] = Array.isArray(roles) ? roles : [];
  const granted = GRANTABLE.filter((role) => given.includes(role));
  return {
    subject: sub,
    roles: ['PUBLIC', ...granted],
    memberId: granted.includes('MEMBER') ? identifierOf(member_id) : null,
    merchantId: granted.includes('MERCHANT') ? identifierOf(merchant_id) : null,
  };
}

const identifierOf = (claim: unknown): string | null =>
  typeof claim === 'string' && IDENTIFIER.test(claim) ? claim : null;

/** The fault of whoever sent the token, or null when it is not theirs. */
function refusalOf(error: unknown): Fault | null {
  if (error instanceof errors.JWTExpired) return fault('UNAUTHENTICATED', 'TOKEN_EXPIRED');
  const isOfToken =
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid;
  return isOfToken ? fault('UNAUTHENTICATED', 'TOKEN_INVALID') : null;
}
