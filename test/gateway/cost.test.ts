import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { costOf, fieldCostsOf } from '../../gateway/cost.ts';
import { limits } from '../../gateway/limits.ts';
import { refusalOfVariables } from '../../gateway/variable-limits.ts';
import { engines } from '../support/engines.ts';
import { anonymous, openAlliance } from '../support/world.ts';

const schema = buildSchema(`
  directive @listSize(assumedSize: Int) on FIELD_DEFINITION
  directive @cost(weight: Int!) on FIELD_DEFINITION
  type Query {
    shop: Shop
    shops(first: Int, last: Int): ShopConnection!
    groups(first: Int = 100): ShopConnection!
    named: Named
  }
  type ShopConnection { nodes: [Shop!]! edges: [Edge!]! totalCount: Int! @cost(weight: 50) }
  type Edge { node: Shop! }
  interface Named { name: String shops: [Shop!] }
  type Shop implements Named {
    name: String  shops: [Shop!]  plans: [Plan!]!  owners: [Shop!] @listSize(assumedSize: 2)
    debts: Plan @cost(weight: 200)
  }
  type Plan { shop: Shop }
`);
const costs = fieldCostsOf(schema);
const NONE = { objectsMax: 1_000_000, costMax: 1_000_000 };

function count(source: string, variables = {}, bounds = NONE) {
  const { definitions } = parse(source);
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return costOf({ schema, costs, operation, fragments, variables }, bounds);
}

describe('how many objects a document may ask for', () => {
  test.each<[string, object, number]>([
    ['{ shop { name } }', {}, 1],
    ['{ a: shop { name } b: shop { name } }', {}, 2],
    ['{ shop { plans { shop { name } } } }', {}, 21],
    ['{ shop { plans { shop { plans { shop { name } } } } } }', {}, 221],
    ['{ shop { owners { owners { name } } } }', {}, 7],
    ['{ shops(first: 5) { nodes { name } } }', {}, 6],
    ['{ shops(first: 5, last: 50) { nodes { name } } }', {}, 51],
    ['query ($n: Int) { shops(last: $n) { nodes { plans { shop { name } } } } }', { n: 3 }, 64],
    ['{ shops(first: 5) { edges { node { name } } } }', {}, 11],
    ['{ groups { nodes { name } } }', {}, 101],
    ['query ($n: Int) { groups(first: $n) { nodes { name } } }', {}, 101],
    ['{ groups(first: 2) { nodes { name } } }', {}, 3],
    ['{ named { ... on Shop { plans { shop { name } } } } }', {}, 21],
    ['{ shop { ...F } } fragment F on Shop { shops { ...G } } fragment G on Shop { name }', {}, 11],
  ])('%s', (source, variables, expected) => {
    expect(count(source, variables).objects).toBe(expected);
  });

  test('counting a document that asks for everything takes no time', () => {
    const nest = (levels: number): string =>
      levels === 0 ? '{ name }' : `{ plans { shop ${nest(levels - 1)} } }`;

    const { objects } = count(`{ shop ${nest(60)} }`, {}, { ...NONE, objectsMax: 20_000 });
    expect(objects).toBeGreaterThan(20_000);
  });
});

describe('what a document may cost', () => {
  test.each<[string, number]>([
    ['{ shop { name } }', 1],
    ['{ shops(first: 5) { totalCount nodes { name } } }', 56],
    ['{ shop { debts { shop { name } } } }', 202],
    ['{ shops(first: 100) { nodes { debts { shop { name } } } } }', 20_201],
    ['{ shop { owners { debts { shop { name } } } } }', 405],
  ])('%s', (source, expected) => {
    expect(count(source).cost).toBe(expected);
  });

  test('counting ends at the bound', () => {
    const nodes = 'nodes { debts { shop { debts { shop { debts { shop { name } } } } } } }';
    const many = Array.from({ length: 50 }, (_, i) => `s${i}: shops(first: 100) { ${nodes} }`);

    const { cost } = count(`{ ${many.join(' ')} }`, {}, { ...NONE, costMax: 1_000 });
    expect(cost).toBeGreaterThan(1_000);
    expect(cost).toBeLessThan(100_000);
  });
});

describe('the variables of a request', () => {
  const reasonOf = (value: unknown) => refusalOfVariables({ value })?.reason ?? null;
  const nested = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level += 1) value = [value];
    return value;
  };

  test.each<[string, unknown, string | null]>([
    ['an ordinary input', { input: { lines: [{ sku: 'A', quantity: 1 }], note: null } }, null],
    ['as deep as may be', nested(limits.nestingMax - 1), null],
    ['one level deeper', nested(limits.nestingMax), 'VALUE_TOO_DEEP'],
    ['a hundred thousand levels', nested(100_000), 'VALUE_TOO_DEEP'],
    ['a list as long as may be', Array(limits.listMax).fill(1), null],
    ['a list one longer', Array(limits.listMax + 1).fill(1), 'LIST_TOO_LONG'],
    ['an object of many', Object.fromEntries(Array(70_000).fill(1).entries()), 'TOO_MANY_VALUES'],
    ['many lists', Array(900).fill(Array(900).fill(1)), 'TOO_MANY_VALUES'],
    ['what 1e400 is read as', { points: JSON.parse('1e400') }, 'NUMBER_TOO_LARGE'],
    ['the same below zero', [JSON.parse('-1e400')], 'NUMBER_TOO_LARGE'],
  ])('%s', (_, value, reason) => {
    expect(reasonOf(value)).toBe(reason);
  });
});

describe.each(engines.slice(0, 1))('the gateway', (engine) => {
  test('refuses before doing: lists that lead to each other, depth, deep variables, subscriptions', async () => {
    await using world = await openAlliance(engine);
    const id = await world.merchant();
    const cycle = (levels: number): string =>
      levels === 0 ? '{ id }' : `{ programmes { merchant ${cycle(levels - 1)} } }`;
    let deep: unknown = { id: { eq: 'x' } };
    for (let level = 0; level < 5_000; level += 1) deep = { not: deep };
    world.fetches.length = 0;

    for (const [query, variables, reason] of [
      [`query ($id: ID!) { merchant(id: $id) ${cycle(6)} }`, { id }, 'TOO_MANY_OBJECTS'],
      [`query ($id: ID!) { merchant(id: $id) ${cycle(20)} }`, { id }, 'TOO_DEEP'],
      [
        'query ($f: MerchantFilter) { merchants(first: 1, filter: $f) { nodes { id } } }',
        { f: deep },
        'VALUE_TOO_DEEP',
      ],
      [
        `{ merchants(first: 100) { nodes { a: liability { ...L } b: liability { ...L }
           c: liability { ...L } d: liability { ...L } e: liability { ...L } f: liability { ...L } } } }
         fragment L on Liability { __typename }`,
        {},
        'TOO_COSTLY',
      ],
      ['subscription { merchants(first: 1) { nodes { id } } }', {}, 'NO_SUBSCRIPTIONS'],
    ] as const) {
      for (const locale of ['en', 'zh-CN'] as const) {
        const { data, errors } = await world.ask(query, variables, { as: anonymous, locale });
        expect(data ?? null).toBeNull();
        expect(errors).toHaveLength(1);
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
      }
    }
    expect(world.fetches).toEqual([]);
    const allowed = await world.ask(`query ($id: ID!) { merchant(id: $id) ${cycle(2)} }`, { id });
    expect(allowed.errors).toBeUndefined();
  });

  test('a value that does not fit is bad input, also when it stands in the document', async () => {
    await using world = await openAlliance(engine);
    for (const quantity of ['1.5', '"1"', 'true', '[1]', '9007199254740993']) {
      const { errors } = await world.ask(
        `mutation { redeem(input: { idempotencyKey: "in-document", memberId: "m", rewardId: "r", quantity: ${quantity} }) { __typename } }`,
      );
      expect(errors?.[0]?.extensions.code, quantity).toBe('BAD_USER_INPUT');
    }
    const { errors } = await world.ask(
      '{ merchants(first: 1, filter: { joinedAt: { gt: "yesterday" } }) { nodes { id } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('a variable of any name is the caller’s own', async () => {
    await using world = await openAlliance(engine);
    const id = await world.merchant();

    const { merchants } = await world.data(
      `query ($representations: [ID!]) {
        merchants(first: 1, filter: { id: { in: $representations } }) { nodes { id } } }`,
      { representations: [id] },
    );

    expect(merchants.nodes).toEqual([{ id }]);
  });
});
