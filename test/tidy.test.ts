import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { subgraphNames } from '../shared/addresses.ts';
import { exampleEnvironment } from '../shared/config.ts';
import { readSdl } from '../shared/graphql/build-subgraph.ts';

/** The rules of CONTRIBUTING.md that no tool knows, as a test. Limits are ratchets: lower them. */
const LINES_MAX = 300;

const root = resolve(import.meta.dirname, '..');
const folders = ['gateway', 'subgraphs', 'shared', 'test'];

const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => statSync(join(root, file)).isFile() && !file.includes('node_modules'));
const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The files of ours that a file imports, from the top. */
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
    relative(root, resolve(root, dirname(file), String(target))),
  );

/** The packages that a file imports. */
const packagesOf = (file: string): string[] =>
  [...read(file).matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => String(name));

/** Whether a file takes nothing but types from another one. */
const isTypeOnly = (file: string, target: string): boolean =>
  [...read(file).matchAll(/import (type )?[^;]*? from '([^']+)'/g)]
    .filter(([, , from]) => resolve(root, dirname(file), String(from)) === resolve(root, target))
    .every(([, type]) => type !== undefined);

/** `subgraphs/members`, `subgraphs` (the composition root), `gateway`, `shared`, `test`. */
function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  // The demo drives the whole alliance, so it belongs to the composition root.
  return top === 'subgraphs' && !second.endsWith('.ts') && second !== 'demo'
    ? `${top}/${second}`
    : top;
}

function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'test') return true;
  if (to === 'test') return false;
  if (to === 'shared') return true;
  // The composition root alone knows the gateway and all subgraphs.
  return from === 'subgraphs';
}

describe('the house', () => {
  test('a folder imports only itself and shared', () => {
    const trespasses = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(roomOf(file), roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );

    expect(trespasses).toEqual([]);
  });

  test('inside a subgraph imports go one way: domain, entities, commands, resolvers, subgraph', () => {
    const order = [
      'domain',
      'entities',
      'migrations',
      'ledger',
      'import',
      'commands',
      'queries',
      'resolvers',
      'subgraph.ts',
    ];
    const rank = (file: string): number => {
      const part = file.split('/')[2] ?? '';
      return order.indexOf(part === 'resolvers.ts' ? 'resolvers' : part);
    };
    const uphill = sources
      .filter((file) => roomOf(file).startsWith('subgraphs/') && rank(file) >= 0)
      .flatMap((file) =>
        importsOf(file)
          .filter(
            (target) =>
              roomOf(target) === roomOf(file) &&
              rank(target) >= rank('x/y/commands') &&
              rank(target) > rank(file),
          )
          .filter((target) => !(file.includes('/commands/') && target.includes('/queries/')))
          .map((target) => `${file} imports ${target}`),
      );

    expect(uphill).toEqual([]);
  });

  test('domain knows no database, no GraphQL and no Node', () => {
    const pure = ['assert', 'calendar', 'csv', 'quantities', 'feeds/event', 'graphql/refusals'].map(
      (name) => `shared/${name}.ts`,
    );
    const impure = sources
      .filter((file) => file.includes('/domain/'))
      .flatMap((file) => [
        ...packagesOf(file).map((name) => `${file} imports ${name}`),
        ...importsOf(file)
          .filter((target) => !target.includes('/domain/') && !pure.includes(target))
          .filter((target) => !isTypeOnly(file, target))
          .map((target) => `${file} imports ${target}`),
      ])
      .filter((line) => !line.endsWith('imports zod'));

    expect(impure).toEqual([]);
  });

  test('every subgraph has the same files', () => {
    const expected = [
      'README.md',
      'context.ts',
      'lists.ts',
      'loaders.ts',
      'mappers.ts',
      'schema.generated.graphql',
      'schema.generated.ts',
      'schema.graphql',
      'subgraph.ts',
      'wording.ts',
    ];
    for (const name of subgraphNames) {
      const present = readdirSync(join(root, 'subgraphs', name));
      expect(present, name).toEqual(expect.arrayContaining(expected));
      expect(
        present.some((file) => file === 'resolvers' || file === 'resolvers.ts'),
        name,
      ).toBe(true);
    }
  });

  test(`a file has at most ${LINES_MAX} lines`, () => {
    const long = sources
      .filter((file) => !file.startsWith('test/'))
      .map((file) => [file, read(file).split('\n').length] as const)
      .filter(([, lines]) => lines > LINES_MAX);

    expect(long).toEqual([]);
  });

  test('no file is dead: every source is imported, or is an entry', () => {
    const entries = [
      ...['main', 'generate', 'migrate', 'verify', 'export', 'rebuild', 'import', 'demo/tell'].map(
        (name) => `subgraphs/${name}.ts`,
      ),
      'subgraphs/demo/green-pictures.ts',
      'test/bench/main.ts',
      'test/points-ledger/crash/main.ts',
      'test/points-ledger/mutations/main.ts',
      'test/vitest.config.ts',
      'test/support/global-setup.ts',
      'test/support/setup.ts',
    ];
    const used = new Set(sources.flatMap(importsOf));
    const named = sources.map(read).join('\n');
    const dead = sources.filter(
      (file) =>
        !used.has(file) &&
        !entries.includes(file) &&
        !file.endsWith('.test.ts') &&
        // Loaded by name: lists and mappers by the generator, benches by their entry, children by tests.
        !/\/(lists|mappers)\.ts$/.test(file) &&
        !file.startsWith('test/bench/') &&
        !named.includes(`${file.split('/').at(-1)}'`),
    );

    expect(dead).toEqual([]);
  });

  test('nothing is left open, skipped or focused', () => {
    const marks = new RegExp(
      ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((mark) => `\\b${mark}\\b`).join('|'),
    );
    const open = sources.filter(
      (file) => marks.test(read(file)) || /\b(test|describe)\.(only|skip|todo)\(/.test(read(file)),
    );

    expect(open).toEqual([]);
  });

  test('vague names are not used for files', () => {
    const vague = sources.filter((file) =>
      /\/(utils?|helpers?|common|manager|service|misc)\.ts$/.test(file),
    );

    expect(vague).toEqual([]);
  });

  test('versions are pinned', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );

    expect(loose).toEqual([]);
  });

  test('.env.example is what the configuration says', () => {
    expect(read('.env.example')).toBe(exampleEnvironment());
  });
});

/** The codes that a file gives sentences to, where it is about the words of people. */
const worded = (file: string): string[] =>
  /\bWording\b/.test(read(file))
    ? [...read(file).matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map(([, code]) => String(code))
    : [];

/** Its areas were joined before this was looked at: of each the sentence of the later area is shown. */
const WORDED_TWICE: Readonly<Record<string, readonly string[]>> = {
  'points-ledger': ['CURRENCY_NOT_USABLE', 'POINTS_OVERFLOW', 'PRICE_NOT_USABLE', 'WALLET_MERGED'],
};

test.each(subgraphNames)('no two areas of %s give one code two sentences', (name) => {
  const shared = worded('shared/graphql/wording.ts');
  const own = sources.filter((file) => file.startsWith(`subgraphs/${name}/`)).flatMap(worded);
  const codes = [...new Set(shared), ...own];
  const twice = [...new Set(codes.filter((code, index) => codes.indexOf(code) < index))];

  expect(own.length).toBeGreaterThan(0);
  expect(twice.toSorted()).toEqual(WORDED_TWICE[name] ?? []);
});

describe.each(subgraphNames)('the contract of %s', (name) => {
  const sdl = parse(readSdl(join(root, 'subgraphs', name)));
  const own = sdl.definitions.filter(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
  );

  test('every type says what it is', () => {
    const isReference = (type: (typeof own)[number]) =>
      type.directives?.some((directive) => directive.name.value === 'key') === true;
    const silent = own
      .filter(({ name: type }) => !['Query', 'Mutation'].includes(type.value))
      .filter((type) => type.description === undefined && !isReference(type))
      .filter(
        ({ directives }) =>
          !directives?.some((directive) => directive.name.value === 'inaccessible'),
      )
      .map(({ name: type }) => type.value)
      // A part of a foreign entity, repeated to be required.
      .filter((type) => type !== 'PurchaseLine');

    expect(silent).toEqual([]);
  });

  test('every refusal is a Refusal, and every result starts with its success', () => {
    const byName = new Map(own.map((type) => [type.name.value, type]));
    for (const definition of sdl.definitions) {
      if (definition.kind !== Kind.UNION_TYPE_DEFINITION) continue;
      const [success, ...refusals] = (definition.types ?? []).map((type) => type.name.value);
      const isRefusal = (type: string | undefined) =>
        byName.get(type ?? '')?.interfaces?.some((one) => one.name.value === 'Refusal') === true;
      expect(isRefusal(success), definition.name.value).toBe(false);
      const notRefusals = refusals.filter((type) => !isRefusal(type));
      // A redemption that goes on is a second kind of yes.
      expect(notRefusals.filter((type) => type !== 'RedemptionPending')).toEqual([]);
    }
  });

  test('what leads to an entity of another subgraph may be null: an outage there takes only that', () => {
    const isForeign = (type: (typeof own)[number]) =>
      type.directives?.some(
        ({ name: directive, arguments: given }) =>
          directive.value === 'key' &&
          given?.some(
            ({ name: argument, value }) =>
              argument.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
          ),
      );
    const foreign = own.filter(isForeign).map((type) => type.name.value);
    const rigid = own.flatMap((type) =>
      (type.fields ?? [])
        .filter(
          ({ type: { kind, ...wrapped } }) =>
            kind === Kind.NON_NULL_TYPE &&
            foreign.some((entity) => JSON.stringify(wrapped).includes(`"${entity}"`)),
        )
        .map((field) => `${type.name.value}.${field.name.value}`),
    );

    expect(rigid).toEqual([]);
  });

  test('points, money and grams are never floats', () => {
    const floats = own.flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => JSON.stringify(field.type).includes('"Float"'))
        .map((field) => `${type.name.value}.${field.name.value}`),
    );

    expect(floats).toEqual([]);
  });
});
