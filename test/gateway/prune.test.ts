import fc from 'fast-check';
import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compilePrune, type JsonObject } from '../../gateway/prune.ts';

const schema = buildSchema(`
  type Query { member: Member  members: [Member!]  grid: [[Member]]  node: Node  nodes: [Node]  any: Any }
  interface Node { id: ID! }
  type Member implements Node { id: ID!  name: String  tags: [String!]  friend: Member  pet: Pet }
  type Merchant implements Node { id: ID!  name: String  owner: Member }
  interface Pet { name: String }
  type Cat implements Pet { name: String  lives: Int }
  type Dog implements Pet { name: String  owner: Member }
  union Any = Member | Merchant
`);

const prune = (query: string, data: JsonObject, variables: JsonObject = {}) =>
  compilePrune(schema, query)(data, variables);

describe('what a document does not ask for is dropped', () => {
  test.each<[string, string, JsonObject, JsonObject]>([
    [
      'a field of an object',
      '{ member { name } }',
      { member: { name: 'Ann', wallet: 9 } },
      { member: { name: 'Ann' } },
    ],
    ['a root field', '{ member { name } }', { member: null, secret: 1 }, { member: null }],
    [
      'in each object of a list',
      '{ members { id } }',
      { members: [{ id: '1', name: 'x' }, { id: '2' }] },
      { members: [{ id: '1' }, { id: '2' }] },
    ],
    [
      'in lists of lists',
      '{ grid { id } }',
      { grid: [[{ id: '1', x: 1 }, null], []] },
      { grid: [[{ id: '1' }, null], []] },
    ],
    [
      'below the asked depth',
      '{ member { friend { friend { id } } } }',
      { member: { friend: { name: 'x', friend: { id: '1', friend: { id: '2' } } } } },
      { member: { friend: { friend: { id: '1' } } } },
    ],
    [
      'a field under its name when an alias was asked for',
      '{ m: member { n: name } }',
      { member: { name: 'x' }, m: { name: 'x', n: 'Ann' } },
      { m: { n: 'Ann' } },
    ],
    [
      'beside a list of scalars, which stays as it is',
      '{ member { tags } }',
      { member: { tags: ['a', 'b'], other: ['c'] } },
      { member: { tags: ['a', 'b'] } },
    ],
    [
      'a value where an object is expected',
      '{ member { name } }',
      { member: 'all of it' },
      { member: null },
    ],
  ])('%s', (_, query, answered, kept) => {
    expect(prune(query, answered)).toEqual(kept);
  });
});

describe('a fragment lets through what fits the type of the value', () => {
  const query = `{ node { __typename id ... on Member { name } ...ofMerchant } }
    fragment ofMerchant on Merchant { owner { id } }`;

  test.each<[string, JsonObject, JsonObject | null]>([
    [
      'its own fields',
      { __typename: 'Member', id: '1', name: 'Ann', owner: { id: '2' } },
      { __typename: 'Member', id: '1', name: 'Ann' },
    ],
    [
      'a named fragment',
      { __typename: 'Merchant', id: '1', name: 'x', owner: { id: '2', name: 'y' } },
      { __typename: 'Merchant', id: '1', owner: { id: '2' } },
    ],
    ['nothing of a type that cannot be here', { __typename: 'Cat', id: '1', name: 'x' }, null],
    ['without a type only what holds for all', { id: '1', name: 'x' }, { id: '1' }],
  ])('%s', (_, answered, kept) => {
    expect(prune(query, { node: answered })).toEqual({ node: kept });
  });

  test('an interface as condition holds for each of its types', () => {
    expect(
      prune('{ any { __typename ... on Node { id } } }', {
        any: { __typename: 'Merchant', id: '1', name: 'x' },
      }),
    ).toEqual({ any: { __typename: 'Merchant', id: '1' } });
  });

  test('a subgraph cannot give an object another type than the schema does', () => {
    expect(
      prune('{ member { __typename kind: __typename id } }', {
        member: { __typename: 'Merchant', kind: 'Merchant', id: '1' },
      }),
    ).toEqual({ member: { __typename: 'Member', kind: 'Member', id: '1' } });
  });

  test('selections of one field in several places add up', () => {
    expect(
      prune('{ member { friend { id } ...more } } fragment more on Member { friend { name } }', {
        member: { friend: { id: '1', name: 'Ann', tags: [] } },
      }),
    ).toEqual({ member: { friend: { id: '1', name: 'Ann' } } });
  });
});

describe('entities', () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Member { name } ... on Merchant { name owner { id } } } }`;
  const variables = {
    representations: [
      { __typename: 'Member', id: '1' },
      { __typename: 'Merchant', id: '2' },
    ],
  };

  test('each is of the type that was asked about, whatever it says of itself', () => {
    expect(
      prune(
        query,
        {
          _entities: [
            { __typename: 'Merchant', name: 'Ann', owner: { id: '9' }, wallet: { available: 1 } },
            { name: 'Shop', owner: { id: '3', name: 'x' } },
          ],
        },
        variables,
      ),
    ).toEqual({ _entities: [{ name: 'Ann' }, { name: 'Shop', owner: { id: '3' } }] });
  });

  test('one that is missing stays null', () => {
    expect(prune(query, { _entities: [null, null] }, variables)).toEqual({
      _entities: [null, null],
    });
  });

  test('anything but a list is not entities', () => {
    expect(prune(query, { _entities: { name: 'x' } }, variables)).toEqual({ _entities: null });
  });
});

test('keys with a meaning in JavaScript are keys like others', () => {
  const answered = JSON.parse('{ "__proto__": { "id": "1" }, "constructor": { "id": "2" } }');

  const kept = prune('{ __proto__: member { id } constructor: member { id } }', answered);
  expect(JSON.stringify(kept)).toBe('{"__proto__":{"id":"1"},"constructor":{"id":"2"}}');
  expect(JSON.stringify(prune('{ member { id } }', answered))).toBe('{}');
});

// Any document on the schema above, three levels deep.
const selectionOf = (type: string, depth: number): fc.Arbitrary<string> => {
  const leaf = (name: string) => fc.constantFrom(name, `a${name}: ${name}`);
  const deeper = (name: string, of: string) =>
    depth === 0 ? [] : [selectionOf(of, depth - 1).map((inner) => `${name} { ${inner} }`)];
  const on = (of: string) =>
    selectionOf(of, Math.max(depth - 1, 0)).map((s) => `... on ${of} { ${s} }`);
  const choices: Record<string, fc.Arbitrary<string>[]> = {
    Member: [
      leaf('id'),
      leaf('name'),
      leaf('tags'),
      ...deeper('friend', 'Member'),
      ...deeper('pet', 'Pet'),
      ...(depth > 0 ? [on('Member'), on('Node')] : []),
    ],
    Merchant: [leaf('id'), leaf('name'), ...deeper('owner', 'Member')],
    Node: [leaf('id'), ...(depth > 0 ? [on('Member'), on('Merchant')] : [])],
    Any: depth > 0 ? [on('Member'), on('Merchant'), on('Node')] : [fc.constant('__typename')],
    Pet: [leaf('name'), ...(depth > 0 ? [on('Cat'), on('Dog')] : [])],
    Cat: [leaf('name'), leaf('lives')],
    Dog: [leaf('name'), ...deeper('owner', 'Member')],
    Query: [
      ...deeper('member', 'Member'),
      ...deeper('members', 'Member'),
      ...deeper('grid', 'Member'),
      ...deeper('node', 'Node'),
      ...deeper('nodes', 'Node'),
      ...deeper('any', 'Any'),
    ],
  };
  return fc
    .array(fc.oneof(...(choices[type] ?? [])), { minLength: 1, maxLength: 4 })
    .map(
      (parts) => `${['Node', 'Any', 'Pet'].includes(type) ? '__typename ' : ''}${parts.join(' ')}`,
    );
};

const kinds: Record<string, string[]> = {
  Node: ['Member', 'Merchant'],
  Any: ['Member', 'Merchant'],
  Pet: ['Cat', 'Dog'],
};

/** What an honest subgraph answers: every list has two items, and types take turns. */
async function answerOf(query: string): Promise<JsonObject> {
  let turn = 0;
  const value = (type: string): unknown => {
    if (type.endsWith('!')) return value(type.slice(0, -1));
    if (type.startsWith('[')) return [value(type.slice(1, -1)), value(type.slice(1, -1))];
    turn += 1;
    if (type === 'Int') return turn;
    if (type === 'String' || type === 'ID') return `${type} ${turn}`;
    const of = kinds[type];
    return { __typename: of?.[turn % of.length] ?? type };
  };
  const { data } = await execute({
    schema,
    document: parse(query),
    fieldResolver: (_source, _input, _context, { returnType }) => value(String(returnType)),
  });
  return JSON.parse(JSON.stringify(data));
}

/** The same with keys that were not asked for, in every object. */
const poisoned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(poisoned);
  if (value === null || typeof value !== 'object') return value;
  const parts = Object.entries(value).map(([key, part]) => [key, poisoned(part)]);
  return { wallet: { available: 999_999 }, ...Object.fromEntries(parts), poison: ['x'] };
};

test('of any answer to any document exactly what was asked for remains', async () => {
  await fc.assert(
    fc.asyncProperty(selectionOf('Query', 3), async (selection) => {
      const query = `{ ${selection} }`;
      const answer = await answerOf(query);

      expect(prune(query, answer)).toEqual(answer);
      expect(prune(query, poisoned(answer) as JsonObject)).toEqual(answer);
    }),
    { numRuns: 300 },
  );
});
