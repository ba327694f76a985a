import { z } from 'zod';
import type { SubgraphName } from './addresses.ts';

/** A variable of the environment: its form, and what it is for (`.env.example` is made from this). */
const variable = <Type extends z.ZodType>(type: Type, purpose: string): Type =>
  type.describe(purpose);

/** Where a subgraph is when it runs in a process of its own. */
const subgraphUrl = (name: SubgraphName, port: number) =>
  variable(
    z
      .url()
      .regex(/^http:\/\/[^/?#@]+\/?$/, 'http://host:port')
      .default(`http://127.0.0.1:${port}`),
    `Where ${name} is reached when it runs in a process of its own. It listens on that port.`,
  );

/** Every setting of the program. An unknown `TONGDUI_…` variable is an error, not ignored. */
export const configSchema = z.object({
  NODE_ENV: variable(
    z.enum(['development', 'test', 'production']).default('development'),
    'In production no development keys or identities exist, and keys must be given.',
  ),
  TONGDUI_HOST: variable(z.string().min(1).default('127.0.0.1'), 'Where a process listens.'),
  TONGDUI_PUBLISHED_ON_LOOPBACK: variable(
    z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
    'true in a container whose port is published on 127.0.0.1 alone: development identities are then served. Never in production.',
  ),
  TONGDUI_PORT: variable(
    z.coerce.number().int().min(0).max(65535).default(4000),
    'The port of the gateway.',
  ),
  TONGDUI_DATABASE_URL: variable(
    z
      .string()
      .regex(
        /^(sqlite:.+|mysql:\/\/.+\/\w+.*)$/,
        'sqlite:FOLDER or mysql://user:password@host:port/PREFIX',
      )
      .refine(
        (url) => url.startsWith('sqlite:') || URL.canParse(url),
        'no URL: write / + @ : and the like in the password as %2F %2B %40 %3A',
      )
      .default('sqlite:.data'),
    'A folder of SQLite files, or a MySQL server and the prefix of the databases on it.',
  ),
  TONGDUI_CURSOR_KEY: variable(
    z.string().min(32).optional(),
    'Signs the cursors of lists. The same in every process. Needed in production.',
  ),
  TONGDUI_PERSONAL_KEY: variable(
    z.string().min(32).optional(),
    'Encrypts personal data at rest. Losing it loses the data. Needed in production.',
  ),
  TONGDUI_INTERNAL_KEY: variable(
    z
      .string()
      .regex(/^[^,]{32,}(,[^,]{32,})?$/, '32 or more characters, or two such keys with a comma')
      .optional(),
    'Signs the calls between processes. Needed in production when they are several. Two with a comma while it is changed.',
  ),
  TONGDUI_CHECKPOINT_KEY: variable(
    z.string().min(32).optional(),
    'Signs the checkpoints of the books. For points-ledger, which needs it in production. Kept from those who write to the database.',
  ),
  TONGDUI_CHECKPOINT_NAME: variable(
    z
      .string()
      .regex(/^[^\s+]+$/, 'a name without spaces and +, such as alliance.example/points')
      .default('tongdui.example/points-ledger'),
    'The name under which they are signed. One for each alliance.',
  ),
  TONGDUI_CHECKPOINT_FOLDER: variable(
    z.string().min(1).optional(),
    'Where checkpoints are kept, best on another disk than the database. Without it, in checkpoints/ beside the SQLite files, with MySQL under .data/.',
  ),
  TONGDUI_CERTIFICATE_LIST: variable(
    z.string().min(1).optional(),
    'A JSON file of certificates from a certification platform, signed in FILE.sig. For green-consumption. Without it nothing is looked up.',
  ),
  TONGDUI_CERTIFICATE_LIST_KEY: variable(
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{40,}={0,2}$/, 'base64 of an Ed25519 public key in DER form (SPKI)')
      .optional(),
    'The public key of who signed it: openssl pkey -in KEY -pubout -outform DER | base64.',
  ),
  TONGDUI_URL_MEMBERS: subgraphUrl('members', 4001),
  TONGDUI_URL_MERCHANTS: subgraphUrl('merchants', 4002),
  TONGDUI_URL_POINTS_LEDGER: subgraphUrl('points-ledger', 4003),
  TONGDUI_URL_REWARDS_CATALOG: subgraphUrl('rewards-catalog', 4004),
  TONGDUI_URL_GREEN_CONSUMPTION: subgraphUrl('green-consumption', 4005),
  TONGDUI_URL_MERCHANT_TEMPLATE: variable(
    z.url().default('http://127.0.0.1:4100'),
    'Where the jewellery shop of the demo is when the alliance is started without it.',
  ),
  TONGDUI_MERCHANT_SUBGRAPHS: variable(
    z.string().min(1).optional(),
    'A JSON file of the merchants that serve a catalog subgraph of their own. For the gateway.',
  ),
  TONGDUI_JWKS_URL: variable(
    z.url().optional(),
    'Where the public keys of the identity provider are. Needed in production.',
  ),
  TONGDUI_ISSUER: variable(z.string().min(1).optional(), 'The `iss` of its access tokens.'),
  TONGDUI_AUDIENCE: variable(z.string().min(1).default('tongdui'), 'The `aud` of access tokens.'),
  TONGDUI_LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
    'How much is logged, to standard error.',
  ),
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** A part of every secret that `docker-compose.yml` brings along, which everybody can read there. */
export const DEVELOPMENT_MARK = 'for-development-only';

/**
 * Reads the settings. Throws an Error that names each bad variable and says what it should be. In
 * production a secret that is known to everybody is a bad one.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(configSchema.shape);
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('TONGDUI_') && !known.includes(name),
  );
  if (unknown.length > 0) {
    throw new Error(`Unknown settings: ${unknown.join(', ')}. Known are: ${known.join(', ')}`);
  }
  // An empty variable is one that is not set, as in a compose file.
  const given = Object.fromEntries(
    known.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const { data, error } = configSchema.safeParse(given);
  if (error) {
    throw new Error(
      `Settings that cannot be used:\n${error.issues
        .map(({ path, message }) => `  ${path.join('.')}: ${message}`)
        .join('\n')}`,
    );
  }
  const open = known.filter((name) => given[name]?.includes(DEVELOPMENT_MARK));
  if (data.NODE_ENV === 'production' && open.length > 0) {
    throw new Error(
      `Production needs secrets of its own, 32 or more random characters each. These are known to everybody: ${open.join(', ')}`,
    );
  }
  return data;
}

/**
 * The settings of this process: its environment and, for what is not set there, the file `.env` in the
 * folder where it was started, if there is one. Throws as `readConfig` does.
 */
export function ownConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return readConfig(process.env);
}

/** Where each subgraph is when it runs in a process of its own. */
export const addressesOf = (config: Config): Readonly<Record<SubgraphName, URL>> => ({
  members: new URL(config.TONGDUI_URL_MEMBERS),
  merchants: new URL(config.TONGDUI_URL_MERCHANTS),
  'points-ledger': new URL(config.TONGDUI_URL_POINTS_LEDGER),
  'rewards-catalog': new URL(config.TONGDUI_URL_REWARDS_CATALOG),
  'green-consumption': new URL(config.TONGDUI_URL_GREEN_CONSUMPTION),
});

/** The text of `.env.example`: every setting with its purpose and default. */
export function exampleEnvironment(): string {
  const lines = Object.entries(configSchema.shape).map(([name, type]) => {
    const value = type.safeParse(undefined).data;
    return `# ${type.description}\n${value === undefined ? `# ${name}=` : `${name}=${value}`}\n`;
  });
  return `# Settings of Tongdui. Copy to .env, which the npm scripts read.\n\n${lines.join('\n')}`;
}
