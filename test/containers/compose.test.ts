import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { type Registration, readRegistrations } from '../../gateway/foreign/registration.ts';
import { subgraphNames } from '../../shared/addresses.ts';
import { configSchema, DEVELOPMENT_MARK, readConfig } from '../../shared/config.ts';
import { DEMO_SECRET } from '../../subgraphs/demo/shop.ts';
import { composed, composeFile, root, serviceOf, variablesOfFile } from './compose.ts';
import { stages } from './image.ts';

const { services, networks } = composed();
const ours = ['migrate', ...subgraphNames, 'gateway'];
const running = [...subgraphNames, 'gateway'];
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The services whose environment has a value with this in it. */
const whoHas = (text: string): string[] =>
  Object.entries(services)
    .filter(([, { environment }]) => JSON.stringify(environment).includes(text))
    .map(([name]) => name);

const whoIsIn = (network: string): string[] =>
  Object.entries(services)
    .filter(([, service]) => network in service.networks)
    .map(([name]) => name);

describe('docker-compose.yml', () => {
  test('is what the Compose specification calls a Compose file', () => {
    const { $schema, ...schema } = JSON.parse(
      read('node_modules/dclint/schemas/compose.schema.json'),
    );
    expect($schema).toContain('draft-07');
    const validate = new Ajv({ strict: false }).compile(schema);

    validate(composeFile());

    expect(validate.errors).toBeNull();
    // The schema is one that says no.
    expect(validate({ services: { members: { prots: [] } } })).toBe(false);
  });

  test('has a service for each subgraph, and those around them', () => {
    expect(Object.keys(services).sort()).toEqual([...ours, 'database', 'jewellery'].sort());
  });

  test('runs each by its own command, from a file that is there', () => {
    for (const name of running) {
      expect(services[name]?.command, name).toEqual(['subgraphs/main.ts', name]);
    }
    for (const name of ours) {
      const [file = ''] = services[name]?.command ?? [];
      expect(existsSync(join(root, file)), file).toBe(true);
    }
    const targets = Object.values(services).flatMap(({ build }) => (build ? [build.target] : []));
    expect([...new Set(targets)].sort()).toEqual(['merchant', 'tongdui']);
    const built = stages.map((stage) => stage.name);
    expect(built).toEqual(expect.arrayContaining(targets));
  });

  test.each(ours)('%s is given settings that the program knows and can use', (name) => {
    const { environment } = serviceOf(name);

    const config = readConfig(environment);

    // What is set is what was meant: nothing falls back to a default unseen.
    for (const [setting, value] of Object.entries(environment)) {
      if (setting.startsWith('TONGDUI_') && value !== '') {
        expect(String(Object.entries(config).find(([key]) => key === setting)?.[1])).toBe(value);
      }
    }
  });

  test('a variable of its own has a name that the program would not take for a setting', () => {
    const settings = Object.keys(configSchema.shape);
    const odd = variablesOfFile().filter(
      (name) => name.startsWith('TONGDUI_') && !settings.includes(name),
    );

    expect(odd).toEqual([]);
  });

  test('copied from .env.example, a .env changes nothing', () => {
    const example = Object.fromEntries(
      read('.env.example')
        .split('\n')
        .filter((line) => /^\w+=/.test(line))
        .map((line): [string, string] => {
          const [name = '', ...value] = line.split('=');
          return [name, value.join('=')];
        }),
    );

    expect(example.TONGDUI_URL_MEMBERS).toBeDefined();
    expect(composed(example)).toEqual(composed());
  });

  test('every address leads to that service, at the port on which it listens', () => {
    for (const name of subgraphNames) {
      const variable = `TONGDUI_URL_${name.toUpperCase().replaceAll('-', '_')}`;
      const addresses = running.map((one) => services[one]?.environment[variable]);
      const [address, ...others] = [...new Set(addresses)];
      expect(others, name).toEqual([]);
      const { hostname, port } = new URL(String(address));
      expect(hostname).toBe(name);
      const { HEALTH_URL, TONGDUI_HOST } = services[name]?.environment ?? {};
      expect(HEALTH_URL).toBe(`http://127.0.0.1:${port}/readyz`);
      expect(TONGDUI_HOST).toBe('0.0.0.0');
    }
    const { url } = merchantSubgraph();
    expect(url.href).toBe(`http://jewellery:${services.jewellery?.environment.PORT}/graphql`);
  });

  test('only the gateway has a port, on this machine alone, and development identities for it', () => {
    for (const [name, { ports }] of Object.entries(services)) {
      expect(ports, name).toEqual(name === 'gateway' ? ['127.0.0.1:4000:4000'] : []);
    }
    const moved = serviceOf('gateway', { TONGDUI_PORT: '4010' });
    expect(moved.ports).toEqual(['127.0.0.1:4010:4010']);
    expect(moved.environment).toMatchObject({
      TONGDUI_PORT: '4010',
      HEALTH_URL: 'http://gateway.outside:4010/readyz',
    });
    expect(whoHas('TONGDUI_PUBLISHED_ON_LOOPBACK')).toEqual(['gateway']);
    // Where it listens is a name of the published network alone: nobody inside can ask for an identity.
    const { environment, networks: joined } = serviceOf('gateway');
    expect(joined).toMatchObject({ outside: { aliases: [environment.TONGDUI_HOST] } });
    expect(JSON.stringify(services).split('gateway.outside')).toHaveLength(4);
  });

  test('a secret reaches only who needs it', () => {
    const fromFile = {
      database: ['MYSQL_PASSWORD'],
      migrate: ['TONGDUI_DATABASE_URL'],
      gateway: ['TONGDUI_INTERNAL_KEY'],
      jewellery: [],
    };
    const keys = ['TONGDUI_CURSOR_KEY', 'TONGDUI_DATABASE_URL', 'TONGDUI_INTERNAL_KEY'];
    const holders = ['members', 'rewards-catalog'];
    for (const [name, { environment }] of Object.entries(services)) {
      const secrets = Object.entries(environment)
        .filter(([, value]) => value.includes(DEVELOPMENT_MARK))
        .map(([setting]) => setting)
        .sort();
      const expected =
        Object.entries(fromFile).find(([known]) => known === name)?.[1] ??
        (holders.includes(name) ? [...keys, 'TONGDUI_PERSONAL_KEY'] : keys);
      // Whoever signs the checkpoints of the books is alone with their key.
      const own = name === 'points-ledger' ? ['TONGDUI_CHECKPOINT_KEY'] : [];
      expect(secrets, name).toEqual([...own, ...expected]);
    }
    expect(whoHas('whsec_')).toEqual(['jewellery']);
    expect(whoHas('@database')).not.toContain('gateway');
  });

  test('the database is reached by the subgraphs alone, the merchant by the gateway alone', () => {
    expect(whoIsIn('data').sort()).toEqual(['database', 'migrate', ...subgraphNames].sort());
    expect(whoIsIn('inside').sort()).toEqual(['gateway', ...subgraphNames].sort());
    expect(whoIsIn('merchants').sort()).toEqual(['gateway', 'jewellery']);
    expect(whoIsIn('outside')).toEqual(['gateway']);
    const open = Object.entries(networks).filter(([, { internal }]) => !internal);
    expect(open.map(([name]) => name)).toEqual(['outside']);
  });

  test('who waits says for what, and the gateway not for a merchant', () => {
    for (const name of subgraphNames) {
      expect(services[name]?.depends_on, name).toEqual({
        database: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    }
    expect(services.migrate?.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(services.gateway?.depends_on).toEqual(
      Object.fromEntries(subgraphNames.map((name) => [name, { condition: 'service_healthy' }])),
    );
  });

  test.each(Object.keys(services))('%s may do no more than it must, and ends in order', (name) => {
    const service = serviceOf(name);

    expect(service).toMatchObject({
      init: true,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: name === 'migrate' ? 'no' : 'unless-stopped',
    });
    // `main.ts` gives itself 20 seconds.
    expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThanOrEqual(30);
    expect(service.healthcheck === undefined).toBe(name === 'migrate');
  });

  test('its database is the engine that the tests run on, with text as we want it', () => {
    const { image, command, volumes, user } = serviceOf('database');

    expect(image).toBe('mariadb:10.11');
    expect(user).toBe('mysql');
    expect(command.join(' ')).toContain('--character-set-server=utf8mb4 ');
    const [, grants = ''] = volumes.map((volume) => volume.split(':')[0]);
    expect(existsSync(join(root, grants)), grants).toBe(true);
    expect(serviceOf('database', { DATABASE_IMAGE: 'mysql:8.4' }).image).toBe('mysql:8.4');
  });

  test('in production the program refuses every secret of this file', () => {
    for (const name of ours) {
      const { environment } = serviceOf(name, { NODE_ENV: 'production' });
      expect(() => readConfig(environment), name).toThrow('known to everybody');
    }
    const own = {
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
    for (const name of ours) {
      expect(readConfig(serviceOf(name, own).environment).NODE_ENV).toBe('production');
    }
    expect(JSON.stringify(composed(own))).not.toContain(DEVELOPMENT_MARK);
  });

  test('the gateway and the merchant share a secret, and nothing else is missing', () => {
    const { secret, sdl, prefix } = merchantSubgraph();

    expect(secret).toBe(services.jewellery?.environment.SIGNING_SECRET);
    // The one that production does not start with.
    expect(secret).toBe(DEMO_SECRET);
    expect(sdl).toContain(`type ${prefix}`);
  });
});

/** What the gateway is told of the merchant's subgraph, by its own reader. */
function merchantSubgraph(): Registration {
  const { TONGDUI_MERCHANT_SUBGRAPHS: file } = serviceOf('gateway').environment;
  const [registration] = readRegistrations(join(root, String(file)), (merchantId) => merchantId);
  return registration as Registration; // There is one.
}
