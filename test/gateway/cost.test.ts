import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { costOf, nestingOf } from '../../gateway/cost.ts';
import { engines } from '../support/engines.ts';
import { anonymous, openAlliance } from '../support/world.ts';

const schema = buildSchema(`
  type Query { shop: Shop shops(first: Int, last: Int): ShopConnection! named: Named }
  type ShopConnection { nodes: [Shop!]! edges: [Edge!]! }
  type Edge { node: Shop! }
  interface Named { name: String shops: [Shop!] }
  type Shop implements Named { name: String shops: [Shop!] plans: [Plan!]! }
  type Plan { shop: Shop }
`);

function cost(source: string, variables = {}) {
  const { definitions } = parse(source);
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return costOf(
    { schema, operation, fragments, variables },
    { objectsMax: 1_000_000, depthMax: 100 },
  );
}

describe('what a document may cost', () => {
  test.each([
    // document, variables, objects, depth
    ['{ shop { name } }', {}, 1, 2],
    ['{ a: shop { name } b: shop { name } }', {}, 2, 2],
    ['{ shop { plans { shop { name } } } }', {}, 21, 4],
    ['{ shop { plans { shop { plans { shop { name } } } } } }', {}, 221, 6],
    ['{ shops(first: 5) { nodes { name } } }', {}, 6, 3],
    ['query ($n: Int) { shops(last: $n) { nodes { plans { shop { name } } } } }', { n: 3 }, 64, 5],
    ['{ shops(first: 5) { edges { node { name } } } }', {}, 11, 4],
    ['{ named { ... on Shop { plans { shop { name } } } } }', {}, 21, 4],
    [
      '{ shop { ...F } } fragment F on Shop { shops { ...G } } fragment G on Shop { name }',
      {},
      11,
      3,
    ],
  ])('%s', (source, variables, objects, depth) => {
    expect(cost(source, variables)).toEqual({ objects, depth });
  });

  test('counting a document that asks for everything takes no time', () => {
    const nest = (levels: number): string =>
      levels === 0 ? '{ name }' : `{ plans { shop ${nest(levels - 1)} } }`;
    const { definitions } = parse(`{ shop ${nest(60)} }`);
    const [operation] = definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');

    const { objects } = costOf(
      { schema, operation, fragments: new Map(), variables: {} },
      { objectsMax: 20_000, depthMax: 15 },
    );

    expect(objects).toBeGreaterThan(20_000);
  });

  test('a value of a hundred thousand levels is measured without falling over', () => {
    let value: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) value = [value];

    expect(nestingOf(value, 20)).toBe(20);
    expect(nestingOf({ input: { lines: [{ sku: 'A' }] } }, 20)).toBe(4);
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

    for (const [query, variables] of [
      [`query ($id: ID!) { merchant(id: $id) ${cycle(5)} }`, { id }],
      [`query ($id: ID!) { merchant(id: $id) ${cycle(20)} }`, { id }],
      [
        'query ($f: MerchantFilter) { merchants(first: 1, filter: $f) { nodes { id } } }',
        { f: deep },
      ],
    ] as const) {
      for (const locale of ['en', 'zh-CN'] as const) {
        const { data, errors } = await world.ask(query, variables, { as: anonymous, locale });
        expect(data ?? null).toBeNull();
        expect(errors?.[0]?.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          reason: 'TOO_COMPLEX',
        });
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
