import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema, readSdl } from '../../shared/graphql/build-subgraph.ts';
import { enforceStaff } from '../../shared/graphql/staff.ts';
import { newId } from '../../shared/identifiers.ts';
import { catalog } from '../../subgraphs/catalog.ts';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import { deed } from '../merchants/standing.ts';
import { catalogWith, interruption } from '../rewards-catalog/interruption.ts';
import { engines } from '../support/engines.ts';
import { asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';

const guarded = catalog.flatMap(({ folder, staff }) => {
  const schema = buildSchema(readSdl(folder), {}, {});
  return Object.entries(staff ?? {}).map(([name, needs]) => ({ name, needs, schema }));
});

const roles = { owner: 'OWNER', manager: 'MANAGER', cashier: 'CASHIER', lawyer: 'COMPLIANCE' };

/** Who may do which, of those that work there and somebody who does not. */
const may: Readonly<Record<string, readonly string[]>> = {
  REWARDS: ['owner', 'manager'],
  AFTERSALES: ['owner', 'manager', 'cashier'],
  SETTLE: ['owner', 'manager'],
};

describe.each(engines)('what staff does in other subgraphs on $name', (engine) => {
  let world: World;
  let merchantId = '';
  const outage = interruption(merchants, 'Query', 'staffMay');

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(outage.definition) });
    merchantId = await world.merchant();
    for (const [subject, role] of Object.entries(roles)) {
      await deed(world, 'addStaff', '', { merchantId, subject, role });
    }
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** Which sentence refuses somebody; null: she gets as far as what she asks for. */
  async function refusalOf(subject: string, name: string, schema: GraphQLSchema) {
    const field = schema.getMutationType()?.getFields()[name];
    const type = field?.args[0]?.type;
    const { errors } = await world.ask(
      `mutation ($input: ${type}) { ${name}(input: $input) { __typename } }`,
      { input: type && { ...Object(anyOf(type)), ...own(type) } },
      { as: { ...asMerchant(merchantId), subject } },
    );
    const [error] = errors ?? [];
    expect(error?.extensions.code ?? 'FORBIDDEN', JSON.stringify(error)).toMatch(
      /^(FORBIDDEN|SUBGRAPH_UNAVAILABLE)$/,
    );
    return error?.message.startsWith('Your role at this merchant') ? error.extensions.code : null;
  }

  const own = (type: GraphQLInputType) => {
    const input = getNullableType(type);
    return isInputObjectType(input) && input.getFields().merchantId ? { merchantId } : {};
  };

  const asked = guarded.filter(({ needs }) => needs !== null);

  test.each(asked)('$name is for roles that may do $needs', async ({ name, needs, schema }) => {
    for (const subject of [...Object.keys(roles), 'stranger']) {
      const isAllowed = may[String(needs)]?.includes(subject);
      const answered = await refusalOf(subject, name, schema);
      expect(answered, `${subject}: ${name}`).toBe(isAllowed ? null : 'FORBIDDEN');
    }
  });

  test('while nobody can be asked, staff does nothing of it', async () => {
    const [{ name, schema } = { name: '', schema: {} as GraphQLSchema }] = asked;
    outage.isOut = true;
    expect(await refusalOf('owner', name, schema)).toBe('SUBGRAPH_UNAVAILABLE');
    outage.isOut = false;
    expect(await refusalOf('owner', name, schema)).toBeNull();
  });
});

test('a mutation that is open to merchants and says nothing of their staff stops the start', () => {
  const sdl = `directive @auth(requires: [[String!]!]!) on FIELD_DEFINITION
    type Query { a: Int @auth(requires: [["PUBLIC"]]) }
    type Mutation { b: Int @auth(requires: [["MERCHANT"], ["OPERATOR"]]) c: Int @auth(requires: [["MEMBER"]]) }`;
  const schema = buildSchema(sdl, {}, {});

  expect(() => enforceStaff(schema, {})).toThrow('b is open to merchants');
  expect(() => enforceStaff(schema, { b: null, d: 'REWARDS' })).toThrow('no such mutation: d');
  expect(() => enforceStaff(schema, { b: null })).not.toThrow();
});

/** Something of a type that is well-formed, whatever it means. */
function anyOf(type: GraphQLInputType): unknown {
  const given = getNullableType(type);
  if (isListType(given)) return [];
  if (isEnumType(given)) return given.getValues()[0]?.name;
  if (isInputObjectType(given)) {
    const needed = Object.values(given.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(needed.map((field) => [field.name, anyOf(field.type)]));
  }
  const { name } = given as { name: string };
  return samples[name] ?? freshKey();
}

const samples: Readonly<Record<string, unknown>> = {
  ID: newId(),
  Int: 1,
  SafeInt: 1,
  Boolean: true,
  DateTime: '2026-11-20T00:00:00.000Z',
  LocalDate: '2026-11-20',
};
