import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { limits } from '../../gateway/limits.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { engines } from '../support/engines.ts';
import { processorMs } from '../support/processor.ts';
import { openAlliance, type World } from '../support/world.ts';
import {
  BODY,
  callers,
  documents,
  JSON_TYPE,
  merchant,
  QUERY,
  requests,
  type Sent,
  values,
  type Who,
} from './attacks.ts';

/** What never gets out: code, SQL, tables, addresses. */
const LEAK =
  /stacktrace|node_modules|\.[cm]?[jt]s\b|\bat \w+ \(|call stack|RangeError|TypeError|SELECT |INSERT |\b(members|merchants|points|rewards|green)_[a-z]|127\.0\.0\.1|localhost|https?:\/\/[\w-]+(:\d|\/graphql)|[Ss][Qq][Ll]ite|[Mm]y[Ss][Qq][Ll]|[Mm]aria/;

describe.each(engines)('over HTTP, before five subgraphs on $name', (engine) => {
  let world: World;
  let gateway: Gateway;
  let url = '';

  beforeAll(async () => {
    world = await openAlliance(engine);
    await world.merchant();
    gateway = await createGateway({
      supergraphSdl: readFileSync(
        join(import.meta.dirname, '../../gateway/supergraph.graphql'),
        'utf8',
      ),
      transport: world.embedded.transport,
      // A token is the name of a caller here: what tokens are believed is another test's.
      identify: async (authorization) =>
        callers[(authorization?.slice('Bearer '.length) ?? 'anonymous') as Who],
      logger: createLogger('silent'),
      clock: world.clock,
      newId,
    });
    ({ url } = await gateway.listen('127.0.0.1', 0));
  });

  afterAll(async () => {
    await gateway.stop();
    await world[Symbol.asyncDispose]();
  });

  async function request(init: RequestInit, search = '') {
    const response = await fetch(`${url}/graphql${search}`, { method: 'POST', ...init });
    const text = await response.text();
    expect(text).not.toMatch(LEAK);
    // A test states what it expects of an answer.
    return { status: response.status, text, ...JSON.parse(text) };
  }

  function ask(sent: Sent, who: Who = 'operator', language = 'en') {
    const isRaw = typeof sent === 'string' && sent.startsWith('{"');
    const body = isRaw ? sent : JSON.stringify(typeof sent === 'string' ? { query: sent } : sent);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${who}`, 'accept-language': language };
    return request({ headers, body });
  }

  async function stillAnswers(): Promise<void> {
    const { status, data } = await ask(QUERY, 'anonymous');
    expect(status).toBe(200);
    expect(data.merchants.nodes).toHaveLength(1);
  }

  test.each([...documents, ...values])('$name is refused', async ({ sent, ...expected }) => {
    const { status, data, errors } = await ask(sent);

    const isRule = expected.reason === undefined;
    expect(errors[0].extensions).toEqual({
      code: expected.code,
      ...(!isRule && { reason: expected.reason }),
      requestId: expect.any(String),
    });
    expect(status).toBe(expected.status);
    expect(data ?? null).toBeNull();
    // GraphQL's own rules tell a few mistakes at once, so that they can be mended at once.
    expect(errors.length).toBeLessThanOrEqual(isRule ? limits.validationErrorsMax + 1 : 1);
    const chinese = await ask(sent, 'operator', 'zh-CN');
    expect(chinese.errors[0].message).toMatch(/\p{Script=Han}{4}/u);
    await stillAnswers();
  });

  test.each(requests)('$name is refused', async ({ init, search, ...expected }) => {
    const { status, data, errors } = await request(init, search);

    expect(errors).toHaveLength(1);
    expect(errors[0].extensions.code).toBe(expected.code ?? 'BAD_REQUEST');
    expect(status).toBe(expected.status);
    expect(data).toBeUndefined();
    await stillAnswers();
  });

  test('nothing of what is refused reaches a subgraph', async () => {
    world.statements.length = 0;
    for (const { sent, status } of [...documents, ...values]) {
      if (status === 400) await ask(sent);
    }
    expect(world.statements).toEqual([]);
  });

  test('no refusal takes long', async () => {
    for (const { name, sent } of documents) {
      await ask(sent);
      const start = processorMs();
      await ask(sent);
      expect(processorMs() - start, name).toBeLessThan(1_000);
    }
  });

  test('traces of subgraphs are not for clients', async () => {
    const { extensions } = await request({
      headers: { ...JSON_TYPE, 'apollo-federation-include-trace': 'ftv1', 'x-tongdui-trace': '1' },
      body: BODY,
    });
    expect(extensions).toBeUndefined();
  });

  const asking = [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Member") { name } }',
    '{ x: __schema { queryType { name } } }',
    '{ ...F } fragment F on Query { ... on Query { x: __type(name: "Member") { name } } }',
    getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }),
  ];

  test.each(asking)('the schema is shown by role: %#', async (query) => {
    for (const who of [
      'analyst',
      'member',
      'regulator',
      'merchant',
      'operator',
      'anonymous',
    ] as const) {
      const { status, data, errors } = await ask(query, who);

      if (['analyst', 'regulator', 'operator'].includes(who)) {
        expect(errors, who).toBeUndefined();
        expect(data, who).toBeTruthy();
        continue;
      }
      expect(status, who).toBe(400);
      expect(errors, who).toHaveLength(1);
      expect(errors[0].extensions).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'SCHEMA_NOT_FOR_ROLE',
      });
      expect(data).toBeUndefined();
    }
  });

  test('the schema is not shown beside another operation, nor round and round', async () => {
    const beside = `query a { __typename } query b { __schema { queryType { name } } }`;
    const body = JSON.stringify({ query: beside, operationName: 'a' });
    expect((await request({ headers: JSON_TYPE, body })).status).toBe(400);

    const deep = `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`;
    const { status, errors } = await ask(deep, 'analyst');
    expect(status).toBe(400);
    expect(errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('__typename is for everybody', async () => {
    const { data } = await ask('{ __typename merchants(first: 1) { __typename } }', 'anonymous');
    expect(data).toEqual({ __typename: 'Query', merchants: { __typename: 'MerchantConnection' } });
  });

  test.each([
    ['{ merchant(id: "m") { nam } }', '"name"'],
    ['{ merchan(id: "m") { name } }', '"merchant"'],
    ['{ merchant(ids: "m") { name } }', '"id"'],
    ['query ($f: MerchantFilte) { merchants(first: 1, filter: $f) { nodes { id } } }', '"Merchant'],
  ])('a name is suggested only to whom the schema is shown: %s', async (query, suggestion) => {
    for (const who of ['anonymous', 'member', 'merchant'] as const) {
      const { text } = await ask(query, who);
      expect(text).not.toMatch(/did you mean/i);
    }
    const { errors } = await ask(query, 'analyst');
    expect(errors[0].message).toMatch(/Did you mean/);
    expect(errors[0].message).toContain(suggestion);
  });

  test('a sentence of graphql-js that quotes what was sent is cut', async () => {
    const { text } = await ask(merchant('x'.repeat(100_000)));
    expect(text.length).toBeLessThan(2_000);
  });
});
