import { describe, expect, test } from 'vitest';
import { createAlliance } from '../../../gateway/foreign/alliance.ts';
import { limits } from '../../../gateway/foreign/limits.ts';
import type { AskSubgraph } from '../../../gateway/subgraph-source.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { SubgraphRequest, SubgraphResponse } from '../../../shared/graphql/request.ts';
import { createLogger } from '../../../shared/logger.ts';
import { type Answer, anonymous } from '../../support/world.ts';

type Asked = Readonly<{ first: number; after: string | null }>;
type Reply = (asked: Asked) => SubgraphResponse | Promise<SubgraphResponse>;

const page = (prefix: string, ids: readonly string[], endCursor: string | null = null) => ({
  data: {
    [`${prefix.toLowerCase()}_items`]: {
      nodes: ids.map((id) => ({ id })),
      pageInfo: { hasNextPage: endCursor !== null, endCursor },
    },
  },
});

const numbered = (prefix: string, first: number, from: number): string[] =>
  Array.from({ length: first }, (_, n) => `${prefix}-${from + n}`);

/** A list over an empty catalogue and these merchants, each of which answers what a test lets it. */
function openList(merchants: Readonly<Record<string, Reply>>, rewards?: Reply) {
  const asked: string[] = [];
  const foreign = Object.entries(merchants).map(([prefix, reply]) => ({
    prefix,
    merchantId: `of-${prefix}`,
    send: (async ({ variables }: SubgraphRequest) => {
      asked.push(prefix);
      return reply(variables as Asked);
    }) satisfies AskSubgraph,
  }));
  const ask = createAlliance({
    foreign,
    clock: systemClock,
    logger: createLogger('silent'),
    transport: async (_, { variables }) =>
      rewards?.(variables as Asked) ?? {
        data: { rewards: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
      },
  });
  const list = async (query: string, leftMs = 60_000) => {
    const deadline = Date.now() + leftMs;
    const call = { caller: anonymous, locale: 'en', requestId: 'r', deadline } as const;
    return (await ask({ query, call })) as unknown as Answer;
  };
  /** All pages until there is no further one, at most so many. */
  async function walk(first: number, pagesMax: number) {
    const nodes: ({ id: string } | null)[] = [];
    let after: string | null = null;
    for (let n = 0; n < pagesMax; n += 1) {
      const given: string = after === null ? '' : `, after: "${after}"`;
      const { data } = await list(
        `{ allianceItems(first: ${first}${given}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );
      nodes.push(...data.allianceItems.nodes);
      after = data.allianceItems.pageInfo.endCursor;
      if (!data.allianceItems.pageInfo.hasNextPage) return { nodes, pages: n + 1 };
    }
    return { nodes, pages: pagesMax };
  }
  return { list, walk, asked };
}

const prefixes = Array.from(
  { length: 40 },
  (_, n) => `M${'abcdefghij'[Math.floor(n / 10)]}${'abcdefghij'[n % 10]}`,
);
const all = (reply: (prefix: string) => Reply) =>
  Object.fromEntries(prefixes.map((prefix) => [prefix, reply(prefix)]));

describe('a page of the list over all sources', () => {
  test('asks a limited number of merchants, and the next one goes on behind them', async () => {
    const { list, walk, asked } = openList(all((prefix) => () => page(prefix, [])));

    const { data } = await list(
      '{ allianceItems(first: 5) { nodes { id } pageInfo { hasNextPage endCursor } } }',
    );

    expect(asked).toHaveLength(limits.sourcesMax);
    expect(data.allianceItems).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true } });
    asked.length = 0;
    expect(await walk(5, 100)).toEqual({ nodes: [], pages: 3 });
    expect(asked).toEqual(prefixes);
  });

  test('is asked for once when a request wants it twice', async () => {
    const { list, asked } = openList({ Acme: () => page('Acme', ['a']) });

    const { data } = await list(
      '{ one: allianceItems(first: 5) { nodes { id } } two: allianceItems(first: 5) { nodes { id } } }',
    );

    expect(data).toEqual({ one: { nodes: [{ id: 'a' }] }, two: { nodes: [{ id: 'a' }] } });
    expect(asked).toEqual(['Acme']);
  });

  test('leaves time for its items: when merchants hang, it tells what there is and where to go on', async () => {
    const { list, asked } = openList({
      Acme: () => page('Acme', ['a']),
      ...all(() => () => new Promise(() => undefined)),
    });
    const start = performance.now();

    const { data, errors } = await list(
      '{ allianceItems(first: 50) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      limits.itemsMs + 200,
    );

    expect(performance.now() - start).toBeLessThan(2_000);
    expect(asked).toHaveLength(limits.askedAtOnce);
    expect(data.allianceItems.nodes).toEqual([{ id: 'a' }, ...Array(7).fill(null)]);
    expect(data.allianceItems.pageInfo).toEqual({
      hasNextPage: true,
      endCursor: expect.any(String),
    });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(
      Array(7).fill('SUBGRAPH_TIMEOUT'),
    );
  });
});

describe('one merchant cannot keep the list to itself', () => {
  const beta = { Beta: () => page('Beta', ['beta']) };

  test.each<[string, Reply]>([
    [
      'the same page again and again',
      ({ first }) => page('Acme', numbered('a', first, 0), 'always'),
    ],
    ['one item many times', ({ first }) => page('Acme', Array(first).fill('a'), 'b')],
    [
      'a further page without saying where',
      ({ first }) => {
        const answer = page('Acme', numbered('a', first, 0), 'x');
        return JSON.parse(JSON.stringify(answer).replace('"endCursor":"x"', '"endCursor":null'));
      },
    ],
  ])('with %s', async (_, reply) => {
    const { nodes } = await openList({ Acme: reply, ...beta }).walk(100, 30);

    expect(nodes.at(-1)).toEqual({ id: 'beta' });
    expect(nodes).toContain(null);
  });

  test('with items without end', async () => {
    const { walk } = openList({
      Acme: ({ first, after }) => {
        const from = Number(after ?? 0);
        return page('Acme', numbered('a', first, from), String(from + first));
      },
      ...beta,
    });

    for (const first of [100, 73]) {
      const { nodes } = await walk(first, 30);
      expect(nodes).toHaveLength(limits.itemsMax + 1);
      expect(new Set(nodes.map((node) => node?.id)).size).toBe(nodes.length);
      expect(nodes.at(-1)).toEqual({ id: 'beta' });
    }
  });

  test('with cursors of its own that it does not know', async () => {
    const refusal: SubgraphResponse = {
      data: { acme_items: null },
      errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }],
    };
    const { list } = openList({
      Acme: ({ first, after }) =>
        after === null ? page('Acme', numbered('a', first, 0), 'x') : refusal,
      ...beta,
    });
    const QUERY = 'nodes { id } pageInfo { hasNextPage endCursor }';
    const cursor = Buffer.from(JSON.stringify(['acme', 'x', 0, 100])).toString('base64url');

    const { data, errors } = await list(
      `{ allianceItems(first: 10, after: "${cursor}") { ${QUERY} } }`,
    );

    expect(data.allianceItems.nodes).toEqual([null, { id: 'beta' }]);
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_CURSOR' } },
    ]);
    // Without a cursor of the caller's it is the merchant that is wrong.
    const own = openList({ Acme: () => refusal, ...beta });
    expect((await own.list(`{ allianceItems(first: 10) { ${QUERY} } }`)).errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } },
    ]);
  });
});

test.each(['a\u0000b', '\u202eevil', '\ud800', '', 'x'.repeat(201)])(
  'an id that cannot be shown makes the page unusable: %j',
  async (id) => {
    const { list } = openList({ Acme: () => page('Acme', [id]) });

    const { data, errors } = await list('{ allianceItems(first: 5) { nodes { id } } }');

    expect(data.allianceItems.nodes).toEqual([null]);
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
  },
);

test('a cursor that cannot be shown makes the page unusable', async () => {
  const { list } = openList({
    Acme: ({ first }) => page('Acme', numbered('a', first, 0), '\u0007'),
  });

  const { errors } = await list('{ allianceItems(first: 5) { nodes { id } } }');

  expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
});

test.each([
  ['text that cannot be used', ['acme', 'a\u0000', 0, 0]],
  ['a place before the first', ['acme', null, -1, 0]],
  ['no number of items', ['acme', null, 0]],
  ['a source that is not there', ['gone', null, 1, 0]],
])('a cursor of the caller’s with %s is refused', async (_, place) => {
  const { list, asked } = openList({ Acme: () => page('Acme', ['a']) });
  const after = Buffer.from(JSON.stringify(place)).toString('base64url');

  const { errors } = await list(`{ allianceItems(first: 5, after: "${after}") { nodes { id } } }`);

  expect(errors).toMatchObject([{ extensions: { reason: 'INVALID_CURSOR' } }]);
  expect(asked).toEqual([]);
});

test('a cursor that the catalogue refuses is refused', async () => {
  const { list } = openList({}, () => ({
    data: null,
    errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_CURSOR' } }],
  }));
  const after = Buffer.from('["rewards-catalog","nonsense",1,0]').toString('base64url');

  const { errors } = await list(`{ allianceItems(first: 5, after: "${after}") { nodes { id } } }`);

  expect(errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_CURSOR' } },
  ]);
});
