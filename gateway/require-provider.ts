import type { Config } from '../shared/config.ts';

/** Throws an Error that says what to set: in production only an identity provider says who somebody is. */
export function requireProvider({ NODE_ENV, TONGDUI_JWKS_URL }: Config): void {
  if (NODE_ENV !== 'production' || TONGDUI_JWKS_URL !== undefined) return;
  throw new Error(
    'Production needs TONGDUI_JWKS_URL, where the public keys of the identity provider are, and ' +
      'TONGDUI_ISSUER. Development identities exist only without NODE_ENV=production.',
  );
}
