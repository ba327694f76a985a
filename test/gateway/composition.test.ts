import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApolloGateway } from '@apollo/gateway';
import {
  buildASTSchema,
  type DirectiveNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { composeSupergraph } from '../../gateway/compose.ts';
import { refusalOf } from '../../gateway/document-limits.ts';
import { subgraphNames } from '../../shared/addresses.ts';
import { readSdl } from '../../shared/graphql/build-subgraph.ts';
import { createLogger } from '../../shared/logger.ts';
import { sdl } from './small-graph.ts';

const root = join(import.meta.dirname, '../..');

test('what is generated is fresh', async () => {
  const run = promisify(execFile);

  await run(process.execPath, [join(root, 'subgraphs/generate.ts'), '--check'], { cwd: root });
});

describe('composition fails', () => {
  const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;
  const compose = (members: string, merchants: string) => () =>
    composeSupergraph([
      { name: 'members', sdl: `${federation} ${members}` },
      { name: 'merchants', sdl: `${federation} ${merchants}` },
    ]);

  test('when a shared input drifts, since its field would vanish without a word', () => {
    const input = 'input MoneyInput { amountMinor: Int!';
    expect(
      compose(
        `type Query { a(money: MoneyInput): Int } ${input} currency: String }`,
        `type Query { b(money: MoneyInput): Int } ${input} }`,
      ),
    ).toThrow(/INCONSISTENT_INPUT_OBJECT_FIELD.*currency/);
  });

  test('when a shared enum drifts', () => {
    expect(
      compose(
        'type Query { a(by: Direction): Int } enum Direction { ASC DESC }',
        'type Query { b(by: Direction): Int } enum Direction { ASC }',
      ),
    ).toThrow(/INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM.*DESC/);
  });

  test('when two subgraphs own the same field', () => {
    expect(
      compose(
        'type Query { a: Member } type Member @key(fields: "id") { id: ID! name: String }',
        'type Member @key(fields: "id") { id: ID! name: String }',
      ),
    ).toThrow(/INVALID_FIELD_SHARING/);
  });

  test('when a contract is not GraphQL', () => {
    expect(compose('type Query {', '')).toThrow(/Syntax Error/);
  });
});

test('a supergraph does not depend on the order of its subgraphs', () => {
  const subgraphs = Object.entries(sdl).map(([name, text]) => ({ name, sdl: text }));

  expect(composeSupergraph(subgraphs.toReversed())).toBe(composeSupergraph(subgraphs));
});

describe('the graph of the alliance', () => {
  test('composes without errors and hints', () => {
    composeSupergraph(
      subgraphNames.map((name) => ({ name, sdl: readSdl(join(root, 'subgraphs', name)) })),
    );
  });

  test('hides what subgraphs have for each other', async () => {
    const schema = await apiSchema();

    const hidden = /Feed$|^postPoints$|^spendingPlan$|^enrolCustomers$|^_/;
    for (const type of [schema.getQueryType(), schema.getMutationType()]) {
      expect(Object.keys(type?.getFields() ?? {}).filter((name) => hidden.test(name))).toEqual([]);
    }
    const names = Object.keys(schema.getTypeMap());
    expect(names.filter((name) => /^PointsCommand|^FeedEvent$/.test(name))).toEqual([]);
  });

  test('says of each list how long it is taken to be, and of each mutation what it weighs', () => {
    const schema = buildASTSchema(parse(committed()), { assumeValid: true, assumeValidSDL: true });
    const has = (
      name: string,
      {
        astNode,
      }: { astNode?: { directives?: readonly DirectiveNode[] | undefined } | null | undefined },
    ) => astNode?.directives?.some((directive) => directive.name.value === name) === true;
    const silent = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter((type) => !type.name.startsWith('__') && !has('inaccessible', type))
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => !has('inaccessible', field))
      .filter(({ type, field }) => {
        const isOfPage = type.name.endsWith('Connection');
        const isList =
          isCompositeType(getNamedType(field.type)) &&
          (isListType(getNullableType(field.type)) ||
            getNamedType(field.type).name.endsWith('Connection'));
        const isMutation = type === schema.getMutationType();
        return (
          (isList && !isOfPage && !has('listSize', field)) || (isMutation && !has('cost', field))
        );
      })
      .map(({ type, field }) => `${type.name}.${field.name}`);

    expect(silent).toEqual([]);
  });

  const folder = join(root, 'gateway/pages/operations');
  const operations = readdirSync(folder).filter((file) => file.endsWith('.graphql'));

  test.each(operations)('can answer the saved operation %s', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');

    expect(validate(await apiSchema(), parse(text))).toEqual([]);
    expect(refusalOf(parse(text))).toBeNull();
    expect(text).toMatch(/^# [①-⑳] .+ · .+\n# As: [A-Z]+\n/);
  });
});

/** What clients see of the committed supergraph, as the gateway makes it: once, since that takes seconds. */
const apiSchema = (): Promise<GraphQLSchema> => {
  made ??= makeApiSchema();
  return made;
};

let made: Promise<GraphQLSchema> | undefined;

async function makeApiSchema(): Promise<GraphQLSchema> {
  const supergraphSdl = committed();
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const gateway = new ApolloGateway({ supergraphSdl, logger: createLogger('silent') });
  const { schema } = await gateway.load();
  await gateway.stop();
  return schema;
}

const committed = (): string => readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
