import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { admit } from '../../../gateway/foreign/admit.ts';
import { composeAlliance } from '../../../gateway/foreign/compose-alliance.ts';
import { contractSdl } from '../../../gateway/foreign/contract.ts';
import { subgraphNames } from '../../../shared/addresses.ts';
import { readSdl } from '../../../shared/graphql/build-subgraph.ts';
import { leastSdl } from './merchants.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** The committed graph, without any merchant; that it is the platform's is a test below. */
const alone = read('gateway/supergraph.graphql');
const platform = subgraphNames.map((name) => ({
  name,
  sdl: readSdl(join(root, 'subgraphs', name)),
}));
const least = leastSdl('Acme');
const problems = (sdl: string, prefix = 'Acme'): string => {
  const admission = admit(prefix, sdl);
  return admission.kind === 'Refused' ? admission.problems.join('\n') : 'admitted';
};

test('what the template registers is admitted, and composes', async () => {
  const sdl = read('subgraphs/merchant-template/schema.graphql');

  const { admitted, refused } = await composeAlliance(
    platform,
    [{ prefix: 'Jinghua', sdl }],
    alone,
  );

  expect(refused).toEqual([]);
  expect(admitted).toHaveLength(1);
});

const admissible = [
  ['by itself', least],
  ['with the contract in front of it', `${contractSdl()}\n${least}`],
  [
    'with the contract without its comments',
    `${contractSdl().replaceAll(/"[^"\n]*"\n/g, '')}\n${least}`,
  ],
  [
    'with a root field of its own',
    `${least} extend type Query { acme_best(grade: Acme_Grade): Acme_Item }`,
  ],
  [
    'with types of every kind of its own',
    `${least} interface Acme_Named { name: String } union Acme_Any = Acme_Item | Acme_Box
     type Acme_Box implements Acme_Named { name: String price: Money any: [Acme_Any!] old: Int @deprecated(reason: "gone") }
     input Acme_By { grade: Acme_Grade = GOOD limit: Int }
     extend type Query { acme_boxes(by: Acme_By): [Acme_Box!] }`,
  ],
] as const;

test.each(admissible)('the least contract is admitted %s', (_, sdl) => {
  expect(problems(sdl)).toBe('admitted');
});

test('all that is admitted composes', async () => {
  const merchants = admissible.map(([, sdl], index) => {
    const prefix = `Acme${'abcdefgh'[index]}`;
    const own = sdl.replaceAll('Acme', prefix).replaceAll('acme', prefix.toLowerCase());
    return { prefix, sdl: own };
  });

  const { admitted, refused } = await composeAlliance(platform, merchants, alone);

  expect(refused).toEqual([]);
  expect(admitted).toEqual(merchants);
});

const into = (text: string): string => least.replace('carat: Float', `carat: Float ${text}`);

describe('is refused', () => {
  test.each<[string, string, RegExp]>([
    [
      'a field of a member',
      `${least} type Member @key(fields: "id") { id: ID! wallet: Int }`,
      /Member must be called Acme_Member/,
    ],
    [
      'an extended member',
      `${least} extend type Member @key(fields: "id") { id: ID! @external }`,
      /"extend type Member" is not possible/,
    ],
    ['an overridden field', into('x: Int @override(from: "points-ledger")'), /@override/],
    [
      'a hidden key',
      least.replace('id: ID! title', 'id: ID! @inaccessible title'),
      /@inaccessible/,
    ],
    [
      'a wish for personal data',
      into('x: Int @requires(fields: "merchant { name }")'),
      /@requires/,
    ],
    ['a field of another', into('phone: String @external'), /@external/],
    ['what it would provide', into('x: Acme_Item @provides(fields: "title")'), /@provides/],
    ['a share of others', into('x: Int @shareable'), /@shareable/],
    [
      'a thinner input',
      `${least} input MoneyInput { amountMinor: SafeInt! }`,
      /MoneyInput must be called Acme_MoneyInput/,
    ],
    ['a thinner enum', `${least} enum SortDirection { ASC }`, /SortDirection must be called/],
    [
      'money that may be null',
      `${least} type Money @shareable { amountMinor: SafeInt currency: String! }`,
      /Money differs from the contract/,
    ],
    [
      'an interface with more',
      `${least} interface CatalogItem { id: ID! title: String points: SafeInt cashPrice: Money stock: SafeInt more: Int }`,
      /CatalogItem differs/,
    ],
    [
      'another key',
      least.replace('@key(fields: "id")', '@key(fields: "id") @key(fields: "title")'),
      /@key\(fields: "title"\)/,
    ],
    [
      'a key that is not resolved',
      least.replace('"id")', '"id", resolvable: false)'),
      /resolvable/,
    ],
    ['a mutation', `${least} type Mutation { acme_buy: Int }`, /Mutation is not possible/],
    [
      'a subscription',
      `${least} type Subscription { acme_new: Int }`,
      /Subscription is not possible/,
    ],
    ['a weight of its own', into('x: [Int] @cost(weight: 0)'), /@cost/],
    ['a scope', into('x: Int @requiresScopes(scopes: [["a"]])'), /@requiresScopes/],
    ['authentication', into('x: Int @authenticated'), /@authenticated/],
    ['a tag', into('x: Int @tag(name: "public")'), /@tag/],
    [
      'an interface as an object',
      `${least} type Acme_X @interfaceObject { x: Int }`,
      /@interfaceObject/,
    ],
    [
      'a composed directive',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) @composeDirective(name: "@x") ${least}`,
      /schema extension/,
    ],
    [
      'renamed federation',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", as: "f", import: [{name: "@override", as: "@key"}]) ${least}`,
      /schema extension/,
    ],
    [
      'a directive under its long name',
      into('x: Int @federation__override(from: "members")'),
      /federation__override/,
    ],
    ['a directive of its own', `directive @x on FIELD_DEFINITION ${least}`, /directive definition/],
    ['a root by another name', `schema { query: Query } ${least}`, /schema definition/],
    ['a scalar', `scalar Acme_Blob ${least}`, /Acme_Blob/],
    ['the scalar of another', `scalar DateTime ${into('at: DateTime')}`, /DateTime/],
    [
      'a type of the platform as an answer',
      into('who: Member'),
      /of type Member, which is neither/,
    ],
    [
      'a type of the platform as an argument',
      `${least} extend type Query { acme_x(by: RewardFilter): Int }`,
      /RewardFilter/,
    ],
    ['the owner of an item', into('merchant: String'), /merchant is said by the platform/],
    ['the unit of an item', into('unit: String'), /unit is said by the platform/],
    ['another prefix', `${least} type Beta_Item { x: Int }`, /Beta_Item must be called/],
    [
      'a root field of another',
      `${least} extend type Query { me: Acme_Item }`,
      /Query.me must be called acme_me/,
    ],
    [
      'a root field that may not be null',
      least.replace('String): Acme_ItemConnection', 'String): Acme_ItemConnection!'),
      /must be nullable/,
    ],
    [
      'an extension of its own type',
      `${least} extend type Acme_Item { x: Int }`,
      /extend type Acme_Item/,
    ],
    [
      'a missing list',
      least.replace('acme_items', 'acme_things'),
      /needs the field: acme_items\(first: Int!, after: String\): Acme_ItemConnection/,
    ],
    ['a missing price', least.replace('cashPrice: Money', ''), /needs the field: cashPrice: Money/],
    ['an item that is none', least.replace('implements CatalogItem', ''), /implements CatalogItem/],
    [
      'a foreign interface',
      least.replace('implements CatalogItem', 'implements CatalogItem & Refusal'),
      /cannot implement Refusal/,
    ],
    [
      'a foreign part of a union',
      `${least} union Acme_U = Acme_Item | Redemption`,
      /cannot hold Redemption/,
    ],
    [
      'authentication on everybody’s root',
      least.replace('type Query', 'type Query @federation__authenticated'),
      /@federation__authenticated on Query is not possible/,
    ],
    [
      'a tag on everybody’s root',
      `${least} extend type Query @federation__tag(name: "x") { acme_x: Int }`,
      /@federation__tag\(name: "x"\) on Query/,
    ],
    [
      'a share of everybody’s root',
      least.replace('type Query', 'type Query @shareable'),
      /@shareable on Query/,
    ],
    [
      'an interface on everybody’s root',
      `${least.replace('type Query', 'type Query implements Acme_I')} interface Acme_I { acme_x: Int } extend type Query { acme_x: Int }`,
      /Query cannot implement Acme_I/,
    ],
    ['a description of everybody’s root', `"Mine" ${least.trim()}`, /takes no description/],
    [
      'an item of anybody as an answer',
      `${least} extend type Query { acme_x: CatalogItem }`,
      /Query.acme_x is a CatalogItem.*Use Acme_Item/,
    ],
    [
      'an item of anybody in a list',
      into('near: [CatalogItem!]'),
      /Acme_Item.near is a CatalogItem/,
    ],
    ['a list of lists', into('x: [[Int!]]!'), /Acme_Item.x is a list of lists/],
    ['text that turns around', into('"\u202egnp.exe" x: Int'), /unusable/],
    ['a long story', into(`"${'x'.repeat(501)}" x: Int`), /longer than 500/],
    [
      'too many types',
      `${least} ${Array.from({ length: 60 }, (_, n) => `type Acme_T${n} { x: Int }`).join(' ')}`,
      /types; 50 are allowed/,
    ],
    [
      'too many fields',
      into(Array.from({ length: 301 }, (_, n) => `f${n}: Int`).join(' ')),
      /fields and values; 300/,
    ],
    [
      'too many members of a union',
      `${least} union Acme_U = ${Array(300).fill('Acme_Item').join(' | ')}`,
      /fields and values; 300/,
    ],
    [
      'too many interfaces',
      `${least} interface Acme_I { x: Int } type Acme_T implements ${Array(300).fill('Acme_I').join(' & ')} { x: Int }`,
      /fields and values; 300/,
    ],
    ['a long text', `${least} # ${'x'.repeat(64_000)}`, /characters; 64000 are allowed/],
    ['many words', `${least} ${'{ '.repeat(9_000)}`, /cannot be read/],
    ['no GraphQL', '<html>', /cannot be read/],
    ['a question', '{ me { id } }', /operation definition/],
  ])('%s', (_, sdl, expected) => {
    expect(problems(sdl)).toMatch(expected);
  });

  test.each(['acme', 'A', 'ACME', 'Ac_me', 'Acme ', 'Query.', 'Äcme', `A${'a'.repeat(30)}`])(
    'the prefix %j',
    (prefix) => {
      expect(problems(leastSdl('Acme'), prefix)).toMatch(/cannot be a prefix/);
    },
  );
});

test.each(['Members', 'Merchants', 'Alliance', 'Gateway'])(
  'the prefix %s, which names a part of the platform, is refused in a sentence',
  (prefix) => {
    expect(problems(leastSdl(prefix), prefix)).toMatch(/is the name of a part of the platform/);
  },
);

describe('each merchant is composed by itself', () => {
  const acme = { prefix: 'Acme', sdl: least };
  const beta = { prefix: 'Beta', sdl: leastSdl('Beta') };
  const bad = { prefix: 'Evil', sdl: `${leastSdl('Evil')} type Mutation { evil_x: Int }` };
  const unknown = {
    prefix: 'Lost',
    sdl: leastSdl('Lost').replace('carat: Float', 'carat: Lost_Nothing'),
  };

  test('one that is refused costs the others nothing', async () => {
    const { supergraphSdl, admitted, refused } = await composeAlliance(
      platform,
      [acme, bad, unknown, beta],
      alone,
    );

    expect(admitted.map(({ prefix }) => prefix)).toEqual(['Acme', 'Beta']);
    expect(refused.map(({ prefix }) => prefix)).toEqual(['Evil', 'Lost']);
    expect(refused[1]?.problems.join()).toMatch(/Lost_Nothing/);
    expect(supergraphSdl).toContain('type Beta_Item');
    expect(supergraphSdl).not.toContain('Evil_');
  });

  test('without any the graph is the committed one', async () => {
    expect((await composeAlliance(platform, [])).supergraphSdl).toBe(alone);
  });

  test('what is wrong with one is told as far as anybody reads it, in signs that can be shown', async () => {
    const long = `type ${'X'.repeat(2_000)} { x: Int }`;
    const turned = 'type Z @x(v: """\u202eevil\u001b[2J""") { x: Int }';
    const many = Array.from({ length: 100 }, (_, n) => `type Y${n} { x: Int }`).join(' ');

    const { refused } = await composeAlliance(
      platform,
      [{ prefix: 'Acme', sdl: `${least} ${turned} ${long} ${many}` }],
      alone,
    );

    const told = refused[0]?.problems ?? [];
    expect(told).toHaveLength(20);
    expect(Math.max(...told.map((one) => one.length))).toBeLessThanOrEqual(500);
    expect(told.join('')).toContain('evil');
    expect(told.join('')).not.toMatch(/[^\P{C}\n]/u);
  });

  test('root fields that the platform has itself cannot be taken', async () => {
    const own = [
      {
        name: 'members',
        sdl: platform[0]?.sdl.replace('type Query {', 'type Query { acme_x: Int') ?? '',
      },
      ...platform.slice(1),
    ];

    expect((await composeAlliance(own, [acme])).refused).toHaveLength(1);
  });

  test('whoever does not fit is found among many, and the rest taken in, in their order', async () => {
    const good = ['Aaaa', 'Bbbb', 'Cccc', 'Dddd', 'Eeee'].map((prefix) => ({
      prefix,
      sdl: leastSdl(prefix),
    }));

    const { admitted, refused } = await composeAlliance(
      platform,
      [unknown, ...good.slice(0, 3), bad, ...good.slice(3)],
      alone,
    );

    expect(admitted).toEqual(good);
    expect(refused.map(({ prefix }) => prefix)).toEqual(['Lost', 'Evil']);
  });
});
