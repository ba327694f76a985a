import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Clock } from '../shared/clock.ts';
import type { Caller } from '../shared/graphql/caller.ts';
import { createIdentifier, type Identify } from './caller.ts';

/** The issuer of development tokens. No identifier of production accepts it. */
export const DEVELOPMENT_ISSUER = 'tongdui-development';

/** Somebody whom a developer may be. */
export type DevelopmentIdentity = Readonly<{
  name: Readonly<{ zh: string; en: string }>;
  caller: Caller;
}>;

/** An identity with the access token that proves it, good for twelve hours. */
export type DevelopmentToken = DevelopmentIdentity & Readonly<{ token: string }>;

export type DevelopmentIdentities = Readonly<{
  identify: Identify;
  /** A new token for each identity. */
  tokens: () => Promise<DevelopmentToken[]>;
}>;

/**
 * Makes an identity provider for development: a key that lives as long as the process, and tokens for
 * these identities signed with it. Never in production: whoever reaches the tokens is the operator.
 */
export async function createDevelopmentIdentities({
  identities,
  audience,
  clock,
}: Readonly<{
  identities: readonly DevelopmentIdentity[];
  audience: string;
  clock: Clock;
}>): Promise<DevelopmentIdentities> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'development', alg: 'EdDSA' }] };
  const sign = ({ subject, roles, memberId, merchantId }: Caller): Promise<string> => {
    const seconds = Math.floor(clock.now().getTime() / 1000);
    return new SignJWT({ roles, member_id: memberId, merchant_id: merchantId })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'development' })
      .setSubject(subject)
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 12 * 60 * 60)
      .sign(privateKey);
  };
  return {
    identify: createIdentifier({ keys, issuer: DEVELOPMENT_ISSUER, audience, clock }),
    tokens: () =>
      Promise.all(
        identities.map(async (identity) => ({ ...identity, token: await sign(identity.caller) })),
      ),
  };
}

/** Whether an address or a name is this machine itself, with or without a port. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])(:\d+)?$/.test(host);
