import fc from 'fast-check';
import { buildSchema, type DocumentNode, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { coercerOf } from '../../shared/graphql/coerce.ts';

const schema = buildSchema(`
  enum Kind { ONE OTHER }
  input Line { sku: String, quantity: Int! = 1, kinds: [Kind!], more: [Line!] }
  input Order { number: ID!, paid: Float, isNew: Boolean! = true, lines: [Line!]!, first: Line }
  type Query { told(order: Order, orders: [Order!], note: String): String }
`);
const document: DocumentNode = parse(
  'query ($order: Order, $orders: [Order!], $note: String) { told(order: $order, orders: $orders, note: $note) }',
);
const coerced = coercerOf(schema);

/** What a resolver is given, in one order of names, or what is wrong in the words of graphql. */
async function told(as: typeof schema, variableValues: Readonly<Record<string, unknown>>) {
  const inOrder = (_: string, value: unknown) =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const rootValue = { told: (asked: object) => JSON.stringify(asked, inOrder) };
  return JSON.stringify(await execute({ schema: as, document, variableValues, rootValue }));
}

const mostly = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: one }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });
const listOf = <T>(one: fc.Arbitrary<T>) => mostly(fc.array(mostly(one), { maxLength: 3 }));
const lineOf = (more: fc.Arbitrary<unknown>) =>
  fc.record(
    {
      sku: mostly(fc.string()),
      quantity: mostly(fc.integer({ min: -3, max: 3 })),
      kinds: listOf(fc.constantFrom('ONE', 'OTHER')),
      more,
    },
    { requiredKeys: [] },
  );
const line = lineOf(listOf(lineOf(fc.constant(undefined))));
const order = fc.record(
  {
    number: mostly(fc.string()),
    paid: mostly(fc.double({ noNaN: true, noDefaultInfinity: true })),
    isNew: mostly(fc.boolean()),
    lines: listOf(line),
    first: mostly(line),
  },
  { requiredKeys: ['number', 'lines'] },
);

test('inputs reach resolvers as execute makes them, and what does not fit is told in its words', async () => {
  let ready = 0;
  let refused = 0;
  const asked = { order: mostly(order), orders: listOf(order), note: mostly(fc.string()) };
  const variables = fc.oneof(
    { weight: 4, arbitrary: fc.record(asked) },
    { weight: 1, arbitrary: fc.record(asked, { requiredKeys: [] }) },
  );
  await fc.assert(
    fc.asyncProperty(variables, async (given) => {
      const made = coerced(document, null, given);
      const expected = await told(schema, given);

      expect(await told(made.schema, made.variables)).toBe(expected);
      if (made.schema !== schema) ready += 1;
      if (expected.includes('"errors"')) refused += 1;
    }),
    { numRuns: 150 },
  );
  expect(ready).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(5);
});
