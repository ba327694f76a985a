import { describe, expect, test } from 'vitest';
import { fault } from '../../shared/graphql/faults.ts';
import { altered, openGateway } from './small-graph.ts';

const QUERY = '{ member(id: "ann") { displayName wallet { available } } }';

const raised = (extensions: object, message = 'SELECT * FROM points_wallet') =>
  altered('points-ledger', () => ({
    data: { _entities: [null] },
    errors: [
      {
        message,
        path: ['_entities', 0, 'wallet'],
        extensions: { stacktrace: ['at ledger.ts'], url: 'http://x', sql: 'SELECT', ...extensions },
      },
    ],
  }));

describe('of an error that a subgraph raised', () => {
  test('a fault keeps message, code, reason and path, and nothing else', async () => {
    await using gateway = await openGateway({
      transport: raised({ code: 'FORBIDDEN', reason: 'FORBIDDEN' }, 'You may not see this.'),
    });

    const { data, errors } = await gateway.ask({ query: QUERY });

    expect(data).toEqual({ member: { displayName: 'Name of ann', wallet: null } });
    expect(errors).toEqual([
      {
        message: 'You may not see this.',
        path: ['member', 'wallet'],
        extensions: { code: 'FORBIDDEN', reason: 'FORBIDDEN', requestId: expect.any(String) },
      },
    ]);
  });

  test('the number to quote is passed on', async () => {
    await using gateway = await openGateway({
      transport: raised({ code: 'INTERNAL', incident: 'incident-7' }, 'Quote incident-7.'),
    });

    const { errors } = await gateway.ask({ query: QUERY });

    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL', incident: 'incident-7' });
  });

  test.each([
    { code: 'ER_DUP_ENTRY' },
    { code: 'toString' },
    { code: 7 },
    { code: 'INTERNAL_SERVER_ERROR' },
    {},
  ])('a code that is not ours is masked: %o', async (extensions) => {
    await using gateway = await openGateway({ transport: raised(extensions) });

    const answer = await gateway.ask({ query: QUERY, locale: 'zh-CN' });

    expect(answer.errors).toEqual([
      {
        message: expect.stringMatching(/^系统内部错误/),
        path: ['member', 'wallet'],
        extensions: {
          code: 'INTERNAL',
          incident: expect.any(String),
          requestId: expect.any(String),
        },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/SELECT|stack|ledger|http|ER_DUP/);
  });
});

describe('a document that cannot be answered is explained in the language of the request', () => {
  test.each<[string, string, RegExp, RegExp]>([
    ['GRAPHQL_PARSE_FAILED', '{ member(', /not GraphQL: Syntax Error/, /语法：Syntax Error/],
    ['GRAPHQL_VALIDATION_FAILED', '{ nope }', /does not fit the graph/, /与图的定义不符/],
    [
      'OPERATION_RESOLUTION_FAILURE',
      'query a { greeting { text } } query b { greeting { text } }',
      /not clear which operation/,
      /无法确定/,
    ],
    [
      'BAD_USER_INPUT',
      'query ($id: ID!) { member(id: $id) { id } }',
      /does not fit: Variable "\$id"/,
      /不符合要求/,
    ],
    ['FORBIDDEN', '{ __schema { description } }', /operators, analysts/, /监管人员/],
  ])('%s: %s', async (code, query, english, chinese) => {
    await using gateway = await openGateway();

    const inEnglish = await gateway.ask({ query });
    const inChinese = await gateway.ask({ query, locale: 'zh-CN' });

    expect(inEnglish.errors?.[0]?.message).toMatch(english);
    expect(inChinese.errors?.[0]?.message).toMatch(chinese);
    expect(inChinese.errors?.[0]?.extensions).toMatchObject({ code });
    expect(JSON.stringify([inEnglish, inChinese])).not.toMatch(/stacktrace|node_modules/);
  });

  test('nothing is suggested in production, and everything shown in development', async () => {
    await using closed = await openGateway();
    await using open = await openGateway({ isProduction: false });
    const query = '{ greting { text } }';

    expect((await closed.ask({ query })).errors?.[0]?.message).not.toMatch(/greeting/);
    expect((await open.ask({ query })).errors?.[0]?.message).toMatch(/Did you mean "greeting"/);
    const { errors } = await open.ask({ query: '{ __schema { queryType { name } } }' });
    expect(errors).toBeUndefined();
  });

  test('few words that mean a million selections are refused', async () => {
    await using gateway = await openGateway();
    const fragments = Array.from({ length: 12 }, (_, n) => {
      const inner = n === 11 ? 'id' : `friends { ...f${n + 1} } x: friends { ...f${n + 1} }`;
      return `fragment f${n} on Member { ${inner} }`;
    });

    const { data, errors } = await gateway.ask({
      query: `{ members { ...f0 } } ${fragments.join(' ')}`,
    });

    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'TOO_MANY_ALIASES',
    });
  });
});

describe('over HTTP', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };

  test('each answer says its language and its request', async () => {
    await using gateway = await openGateway();
    const { url } = await gateway.listen('127.0.0.1', 0);

    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        ...JSON_TYPE,
        'accept-language': 'zh-Hans,en;q=0.5',
        'x-request-id': 'my-request-1',
      },
      body: JSON.stringify({ query: '{ nope }' }),
    });

    expect(response.headers.get('content-language')).toBe('zh-CN');
    expect(response.headers.get('vary')).toMatch(/accept-language/i);
    expect(response.headers.get('x-request-id')).toBe('my-request-1');
    expect(response.headers.get('x-powered-by')).toBeNull();
    const { errors } = await jsonOf(response);
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(/与图的定义不符/),
      extensions: { requestId: 'my-request-1' },
    });
  });

  test.each(['short', 'x'.repeat(65), 'with spaces in it', '<script>alert(1)</script>'])(
    'a request id that cannot be used is replaced: %s',
    async (given) => {
      await using gateway = await openGateway();
      const { url } = await gateway.listen('127.0.0.1', 0);

      const { headers } = await fetch(`${url}/livez`, { headers: { 'x-request-id': given } });

      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    },
  );

  test.each<[string, RequestInit, string, number, string]>([
    ['malformed JSON', { body: '{"query": ' }, 'BODY_NOT_JSON', 400, '/graphql'],
    ['JSON that is no object', { body: '7' }, 'BODY_NOT_JSON', 400, '/graphql'],
    [
      'a body too large',
      { body: JSON.stringify({ query: '#'.repeat(300_000) }) },
      'BODY_TOO_LARGE',
      413,
      '/graphql',
    ],
    [
      'another encoding',
      { body: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'zip' } },
      'BODY_NOT_READABLE',
      415,
      '/graphql',
    ],
    ['another address', { body: '{}' }, 'NO_SUCH_ADDRESS', 404, '/graph'],
  ])('%s gets an error in the form of all others', async (_, init, reason, status, path) => {
    await using gateway = await openGateway();
    const { url } = await gateway.listen('127.0.0.1', 0);

    const response = await fetch(url + path, { method: 'POST', headers: JSON_TYPE, ...init });

    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: { code: 'BAD_REQUEST', reason, requestId: expect.any(String) },
        },
      ],
    });
    expect(text).not.toMatch(/stack|node_modules|SyntaxError/);
  });

  test.each<[string, RequestInit]>([
    [
      'a form, as another site could send it',
      { headers: { 'content-type': 'text/plain' }, body: '{"query":"{ greeting { text } }"}' },
    ],
    [
      'several documents at once',
      { headers: JSON_TYPE, body: '[{"query":"{ greeting { text } }"}]' },
    ],
    [
      'a hash instead of a document',
      {
        headers: JSON_TYPE,
        body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      },
    ],
    ['nothing', { headers: JSON_TYPE, body: '{}' }],
  ])('%s is refused with a code', async (_, init) => {
    await using gateway = await openGateway();
    const { url } = await gateway.listen('127.0.0.1', 0);

    const response = await fetch(`${url}/graphql`, { method: 'POST', ...init });

    const { errors } = await jsonOf(response);
    expect(errors[0].extensions.code).toMatch(/^(BAD_REQUEST|PERSISTED_QUERY_NOT_SUPPORTED)$/);
  });

  test('a token that is not believed is answered in the language of the request', async () => {
    await using gateway = await openGateway({
      identify: async () => {
        throw fault('UNAUTHENTICATED', 'TOKEN_EXPIRED');
      },
    });
    const { url } = await gateway.listen('127.0.0.1', 0);

    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'accept-language': 'zh' },
      body: JSON.stringify({ query: QUERY }),
    });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: '访问令牌已过期，请重新登录。',
          extensions: {
            code: 'UNAUTHENTICATED',
            reason: 'TOKEN_EXPIRED',
            requestId: expect.any(String),
          },
        },
      ],
    });
  });

  test('when tokens cannot be checked nobody is let in, and nothing is told', async () => {
    await using gateway = await openGateway({
      identify: async () => {
        throw new Error('fetch failed: https://idp.internal/jwks');
      },
    });
    const { url } = await gateway.listen('127.0.0.1', 0);

    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ query: QUERY }),
    });

    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text).errors[0].extensions).toMatchObject({ reason: 'IDENTITY_UNAVAILABLE' });
    expect(text).not.toMatch(/idp|fetch/);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects.
const jsonOf = async (response: Response): Promise<any> => response.json();
