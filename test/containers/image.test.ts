import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, describe, expect, test } from 'vitest';
import { subgraphNames } from '../../shared/addresses.ts';
import { engines } from '../support/engines.ts';
import { root, serviceOf } from './compose.ts';
import {
  copiesOf,
  filesIn,
  imageOf,
  isLeftOut,
  removeImage,
  stageOf,
  stages,
  withPackages,
} from './image.ts';

const image = imageOf('tongdui');
const merchant = imageOf('merchant');
const imageFiles = filesIn(image);
const merchantFiles = filesIn(merchant);
withPackages(image);
withPackages(merchant);
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  removeImage(image);
  removeImage(merchant);
});

const packageOf = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** What a file imports when it runs: not what it takes types from. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s+(?!type\b)(?:[^'";]*?from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, first, second]) => String(first ?? second));

const nameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** What the sources below a folder import without its being there, or in `dependencies`. */
const missingIn = (folder: string, files: readonly string[], dependencies: object): string[] =>
  files
    .filter((file) => /\.[jt]s$/.test(file))
    .flatMap((file) =>
      importsOf(join(folder, file))
        .filter((specifier) =>
          specifier.startsWith('.')
            ? !files.includes(join(dirname(file), specifier))
            : !isBuiltin(specifier) && !(nameOf(specifier) in dependencies),
        )
        .map((specifier) => `${file} imports ${specifier}`),
    );

describe('the image', () => {
  test('is of the Node that the tests run with, in every stage', () => {
    const [major] = packageOf('.').devDependencies.node.split('.');

    expect(stages.map(({ base }) => base)).toEqual(stages.map(() => `node:${major}-bookworm-slim`));
    expect(process.versions.node.split('.')[0]).toBe(major);
  });

  test.each(['tongdui', 'merchant'])(
    '%s is run by nobody special, and gets signals itself',
    (name) => {
      const { instructions } = stageOf(name);

      expect(instructions).toContain('USER 1000:1000');
      expect(instructions).toContain('ENTRYPOINT ["node"]');
      expect(instructions.at(-1)).toMatch(/^CMD \["[\w/]+\.[jt]s"\]$/);
      // So that an image that is started without settings asks for them.
      expect(instructions.join(' ')).toContain('NODE_ENV=production');
    },
  );

  test('has whatever its sources import, and of packages only those that run', () => {
    const { dependencies } = packageOf('.');
    // The pages run in a browser.
    const own = imageFiles.filter((file) => !file.startsWith('gateway/pages/'));
    expect(own.length).toBeGreaterThan(200);

    expect(missingIn(image, own, dependencies)).toEqual([]);
  });

  test('of a merchant stands on the package file of the template alone', () => {
    const { dependencies } = packageOf('subgraphs/merchant-template');
    expect(merchantFiles).toContain('server.js');

    expect(missingIn(merchant, merchantFiles, dependencies)).toEqual([]);
  });

  test('has no data, no secrets, no tests and nothing that was installed here', () => {
    const odd = [
      '.env',
      '.data/members.sqlite',
      'subgraphs/merchant-template/.env',
      'test/tidy.test.ts',
    ]
      .concat(['node_modules/zod/package.json', 'subgraphs/merchant-template/node_modules/x/y.js'])
      .concat(['.git/config', 'README.md', 'shared/README.md', 'subgraphs/.data/members.sqlite']);
    expect(odd.filter((file) => !isLeftOut(file))).toEqual([]);

    const taken = ['tongdui', 'merchant', 'packages'].flatMap((name) => copiesOf(stageOf(name)));
    const [lost] = taken.filter(([from]) => isLeftOut(from) || !existsSync(join(root, from)));
    expect(lost).toBeUndefined();
  });
});

type Settings = Readonly<Record<string, string>>;

const node = process.execPath;
const [, mariadb] = engines;

/** Starts a service as the compose file says, from its image, with these settings in place of its own. */
function run(name: string, settings: Settings, variables: Settings = {}) {
  const { command, environment, build } = serviceOf(name, variables);
  const [folder, [...words]] =
    build?.target === 'merchant' ? [merchant, ['server.js']] : [image, command];
  const { NODE_COMPILE_CACHE = '' } = process.env;
  const env = { ...environment, ...settings, NODE_COMPILE_CACHE };
  const child = spawn(node, words, { cwd: folder, env });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  return { child, ended, output: () => output, env };
}

/** What the health check of a service says, in a process of its own. 0 is healthy. */
function checkHealth(name: string, env: Settings): number | null {
  const [kind, program, ...words] = serviceOf(name).healthcheck?.test ?? [];
  expect([kind, program]).toEqual(['CMD', 'node']);
  return spawnSync(node, words, { env }).status;
}

async function untilHealthy(name: string, { env, child, output }: ReturnType<typeof run>) {
  // The check is a process of its own: it does not take the processor from one that only begins.
  while (child.exitCode === null && !/ready at|listens at/.test(output())) await soon();
  for (let attempt = 0; checkHealth(name, env) !== 0; attempt += 1) {
    if (child.exitCode !== null || attempt === 20) throw new Error(output());
    await soon();
  }
}

const soon = () => new Promise((wake) => setTimeout(wake, 100));

/** Below the ports that are given to programs that do not care. */
const port = (offset: number) => String(28_000 + (process.pid % 1_000) * 4 + offset);

/** What somebody gives it who means it. */
const production = {
  NODE_ENV: 'production',
  DATABASE_PASSWORD: 'd'.repeat(32),
  TONGDUI_CURSOR_KEY: 'c'.repeat(32),
  TONGDUI_PERSONAL_KEY: 'p'.repeat(32),
  TONGDUI_INTERNAL_KEY: 'i'.repeat(32),
  TONGDUI_CHECKPOINT_KEY: 'k'.repeat(32),
  TONGDUI_JWKS_URL: 'https://id.example/jwks',
  TONGDUI_ISSUER: 'https://id.example',
  MERCHANT_SUBGRAPHS: '',
};

/** On this machine: the subgraph that runs, and for the others a port at which nobody listens. */
const addresses = Object.fromEntries(
  subgraphNames.map((name) => [
    `TONGDUI_URL_${name.toUpperCase().replaceAll('-', '_')}`,
    `http://127.0.0.1:${port(name === 'members' ? 0 : 3)}`,
  ]),
);

describe('a container', () => {
  test.runIf(mariadb)(
    'is healthy in production, with the rights of its user, and ends on SIGTERM',
    async () => {
      await using server = await databaseServer(String(mariadb?.freshUrl()));
      const { TONGDUI_DATABASE_URL, socketPath } = server;

      const migrate = run('migrate', { TONGDUI_DATABASE_URL }, production);
      expect([await migrate.ended, migrate.output()]).toEqual([
        0,
        expect.stringMatching(/members: \d+ migrations, up to date/),
      ]);
      const members = run(
        'members',
        {
          ...addresses,
          TONGDUI_DATABASE_URL,
          TONGDUI_HOST: '127.0.0.1',
          HEALTH_URL: `http://127.0.0.1:${port(0)}/readyz`,
        },
        production,
      );
      expect(checkHealth('members', members.env)).toBe(1);
      await untilHealthy('members', members);
      const variables = { ...production, TONGDUI_PORT: port(1) };
      const own = {
        TONGDUI_HOST: '127.0.0.1',
        HEALTH_URL: `http://127.0.0.1:${port(1)}/readyz`,
      };
      const gateway = run('gateway', { ...addresses, ...own }, variables);
      await untilHealthy('gateway', gateway);

      for (const { child, ended } of [gateway, members]) {
        child.kill('SIGTERM');
        expect(await ended).toBe(0);
      }
      expect(checkHealth('members', members.env)).toBe(1);
      const user = await createConnection({
        socketPath,
        user: 'tongdui',
        password: production.DATABASE_PASSWORD,
      });
      await expect(user.query('CREATE DATABASE tongduiX')).rejects.toThrow(/Access denied/);
      await user.end();
    },
    // Three programs are loaded, one after the other.
    180_000,
  );

  test.each(['migrate', 'merchants', 'gateway'])(
    'of %s does not start in production with the secrets of the demo',
    async (name) => {
      const { ended, output } = run(name, {}, { NODE_ENV: 'production' });

      expect(await ended).toBe(1);
      expect(output()).toContain('known to everybody: TONGDUI_');
    },
  );

  test('of a merchant is healthy and ends on SIGTERM', async () => {
    const PORT = port(2);
    const HEALTH_URL = `http://127.0.0.1:${PORT}/healthz`;
    const shop = run('jewellery', { HOST: '127.0.0.1', PORT, HEALTH_URL });

    await untilHealthy('jewellery', shop);

    shop.child.kill('SIGTERM');
    expect(await shop.ended).toBe(0);
  });
});

/** The server of the tests with the user that the image makes, who may do what `grants.sql` says. */
async function databaseServer(freshUrl: string) {
  const socketPath = String(new URL(freshUrl).searchParams.get('socket'));
  const { TONGDUI_DATABASE_URL = '' } = serviceOf('migrate', production).environment;
  const { pathname, username, password } = new URL(TONGDUI_DATABASE_URL);
  const { MYSQL_USER, MYSQL_PASSWORD } = serviceOf('database', production).environment;
  expect([username, password]).toEqual([MYSQL_USER, MYSQL_PASSWORD]);
  const root = await createConnection({ socketPath, user: 'root' });
  // A server that the image has not made has users without a name on localhost, who go before '%'.
  const here = (sql: string) => root.query(sql.replace("@'%'", "@'localhost'"));
  await here(`CREATE USER '${username}'@'%' IDENTIFIED BY '${password}'`);
  await here(readFileSync(join(image, 'shared/database/grants.sql'), 'utf8'));
  return {
    socketPath,
    TONGDUI_DATABASE_URL: `mysql://${username}:${password}@localhost${pathname}?socket=${socketPath}`,
    async [Symbol.asyncDispose]() {
      await here(`DROP USER '${username}'@'%'`);
      await root.end();
      await mariadb?.remove(freshUrl.replace(/\/\w+\?/, `${pathname}?`));
    },
  };
}
