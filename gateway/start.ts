import type { Config } from '../shared/config.ts';
import { createIdentifier, type Identify } from './caller.ts';
import {
  createDevelopmentIdentities,
  DEVELOPMENT_ISSUER,
  type DevelopmentIdentity,
  type DevelopmentToken,
  isLoopback,
} from './development-identities.ts';
import { type Foreign, openForeign } from './foreign/open-foreign.ts';
import type { Registration } from './foreign/registration.ts';
import { Remembered } from './foreign/remembered.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { requireProvider } from './require-provider.ts';

export type StartOptions = Omit<
  GatewayOptions,
  'supergraphSdl' | 'foreign' | 'identify' | 'isProduction' | 'explorer'
> &
  Readonly<{
    config: Config;
    /** The merchants' own subgraphs. None without it. */
    merchants?: readonly Registration[];
    /** Another supergraph than that of the alliance. */
    supergraphSdl?: string;
    /** Whom a developer may be. Not used in production. */
    identities?: readonly DevelopmentIdentity[];
    /** The variables of the explorer's saved operations, by the name of their file. */
    variables?: Readonly<Record<string, object>>;
  }>;

export type Started = Readonly<{
  gateway: Gateway;
  /** Where it is reached, such as `http://127.0.0.1:4000`. */
  url: string;
  /** Tokens for development; none with an identity provider. */
  tokens: readonly DevelopmentToken[];
  /** Merchants whose own subgraphs were left out, each with what is wrong and what to do. */
  refused: Foreign['refused'];
  stop: () => Promise<void>;
}>;

/**
 * Starts the gateway as the settings say. In production it needs an identity provider and has neither
 * explorer nor development identities; throws an Error that says which setting is missing.
 */
export async function startGateway(options: StartOptions): Promise<Started> {
  const { config, merchants = [], identities = [], variables = {}, ...rest } = options;
  const { clock, newId, logger } = rest;
  const isProduction = config.NODE_ENV === 'production';
  const provider = providerOf(options);
  const isPrivate = isLoopback(config.TONGDUI_HOST) || config.TONGDUI_PUBLISHED_ON_LOOPBACK;
  if (provider === null && !isPrivate) {
    throw new Error(
      `Development identities let anybody be the operator, so they are only served on this machine. Set TONGDUI_HOST=127.0.0.1, or TONGDUI_JWKS_URL and TONGDUI_ISSUER to listen on ${config.TONGDUI_HOST}. In a container whose port is published on 127.0.0.1 alone, say so: TONGDUI_PUBLISHED_ON_LOOPBACK=true.`,
    );
  }
  const development =
    provider === null
      ? await createDevelopmentIdentities({
          identities,
          audience: config.TONGDUI_AUDIENCE,
          clock,
        })
      : null;
  const tokens = development?.tokens ?? (async () => []);
  const opened = await openForeign({
    ...{ registrations: merchants, clock, newId, logger },
    remembered: isProduction ? null : new Remembered(),
  });
  const { foreign, refused } = opened;
  const gateway = await createGateway({
    supergraphSdl: opened.supergraphSdl,
    ...rest,
    foreign,
    // One of the two is there: without a provider there are development identities.
    identify: (provider ?? development?.identify) as Identify,
    isProduction,
    explorer: isProduction ? null : { variables, tokens },
  });
  const stop = async () => {
    await gateway.stop();
    opened.close();
  };
  const { url } = await gateway
    .listen(config.TONGDUI_HOST, config.TONGDUI_PORT)
    .catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  return { gateway, url: addressFor(config, url), tokens: await tokens(), refused, stop };
}

/** Where people reach it: from outside of a container not where it listens inside. */
function addressFor({ TONGDUI_PUBLISHED_ON_LOOPBACK: isPublished }: Config, url: string): string {
  if (!isPublished) return url;
  const published = new URL(url);
  published.hostname = '127.0.0.1';
  return published.origin;
}

/** Checks tokens of the identity provider of the settings, or null when development may do without. */
function providerOf({ config, clock }: StartOptions): Identify | null {
  const { TONGDUI_JWKS_URL, TONGDUI_ISSUER, TONGDUI_AUDIENCE } = config;
  requireProvider(config);
  if (TONGDUI_JWKS_URL === undefined) return null;
  if (TONGDUI_ISSUER === undefined || TONGDUI_ISSUER === DEVELOPMENT_ISSUER) {
    throw new Error('TONGDUI_JWKS_URL needs TONGDUI_ISSUER: the `iss` of the tokens it signs.');
  }
  return createIdentifier({
    keys: new URL(TONGDUI_JWKS_URL),
    issuer: TONGDUI_ISSUER,
    audience: TONGDUI_AUDIENCE,
    clock,
  });
}
