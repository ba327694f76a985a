import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processorMs } from '../../support/processor.ts';
import { honestReply, leastSdl, openGraph, openMerchant, SECRET, type Seen } from './merchants.ts';

// No database takes part: the platform answers one reward, and the merchant what a test lets it.
const REWARD = { __typename: 'Reward', id: 'r1', title: 'Ours' };

const sdl = `${leastSdl('Acme')}
  interface Acme_Named { name: String }
  type Acme_Box implements Acme_Named { name: String must: Int! count: Int big: SafeInt }
  type Acme_Bag implements Acme_Named { name: String }
  union Acme_Any = Acme_Box | Acme_Bag
  extend type Query {
    acme_box: Acme_Box
    acme_boxes: [Acme_Box]
    acme_named: Acme_Named
    acme_any: Acme_Any
    acme_item: Acme_Item
  }`;

const honest = (asked: Seen) => ({ body: JSON.stringify(honestReply('Acme', asked)) });

describe('an answer of a merchant', () => {
  let acme: Awaited<ReturnType<typeof openMerchant>>;
  let graph: Awaited<ReturnType<typeof openGraph>>;

  beforeAll(async () => {
    acme = await openMerchant(honest);
    const pageInfo = { hasNextPage: false, endCursor: null };
    const transport = async () => ({ data: { rewards: { nodes: [REWARD], pageInfo } } });
    graph = await openGraph({ embedded: { transport } }, [
      { prefix: 'Acme', merchantId: 'm-1', url: acme.url, sdl, secret: SECRET },
    ]);
    expect(graph.refused).toEqual([]);
  });

  afterAll(async () => {
    await graph[Symbol.asyncDispose]();
    await acme[Symbol.asyncDispose]();
  });

  /** What the graph makes of it, and the processor time in which nothing else was done, in milliseconds. */
  async function asked(
    selection: string,
    body: unknown,
    variables: Record<string, unknown> = {},
    head = '',
  ) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    acme.state.reply = () => ({ body: text });
    let [last, blockedMs] = [processorMs(), 0];
    const look = () => {
      blockedMs = Math.max(blockedMs, processorMs() - last);
      last = processorMs();
    };
    const timer = setInterval(look, 5);
    const query = `query ${head} { rewards(first: 1) { nodes { title } } ${selection} }`;
    const { data, errors = [] } = await graph.ask(query, { variables });
    look();
    clearInterval(timer);
    expect(data.rewards.nodes).toEqual([{ title: 'Ours' }]);
    return { data, errors, blockedMs };
  }

  const unusable = (path: string) => [
    { path: [path], extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } },
  ];

  describe('that is large only in number costs one error and hardly any time', () => {
    const many = (of: string) => `[${`${of},`.repeat(300_000)}${of}]`;

    test.each<[string, string]>([
      ['errors', `{"data":{"acme_boxes":null},"errors":${many('{}')}}`],
      ['objects that lack everything', `{"data":{"acme_boxes":${many('{}')}}}`],
      ['nulls', `{"data":{"acme_boxes":${many('null')}}}`],
      ['objects nobody asked for', `{"data":{"acme_boxes":[],"more":${many('{}')}}}`],
    ])('%s', async (_, body) => {
      await asked('acme_boxes { must }', '{"data":{"acme_boxes":[]}}');

      const { data, errors, blockedMs } = await asked('acme_boxes { must }', body);

      expect(data.acme_boxes).toBeNull();
      expect(errors).toMatchObject(unusable('acme_boxes'));
      expect(errors).toHaveLength(1);
      // It was 5,000 and more.
      expect(blockedMs).toBeLessThan(1_000);
    });

    test('lists in lists without end', async () => {
      const deep = `${'['.repeat(300_000)}${']'.repeat(300_000)}`;

      const { errors } = await asked('acme_boxes { must }', `{"data":{"acme_boxes":${deep}}}`);

      expect(errors).toMatchObject(unusable('acme_boxes'));
    });
  });

  test('up to 50 errors are told, one more makes it unusable', async () => {
    const boxes = (count: number) => ({
      data: { acme_boxes: Array(count).fill({ name: null }) },
      errors: Array.from({ length: count }, (_, n) => ({
        message: 'PWNED',
        path: ['acme_boxes', n, 'name'],
      })),
    });

    expect((await asked('acme_boxes { name }', boxes(50))).errors).toHaveLength(50);
    expect((await asked('acme_boxes { name }', boxes(51))).errors).toMatchObject(
      unusable('acme_boxes'),
    );
  });

  test.each([
    ['a field', { must: 1 }],
    ['a promised field', { name: 'x' }],
    ['everything', {}],
  ])('that lacks %s is not usable', async (_, box) => {
    const { data, errors } = await asked('acme_box { name must }', { data: { acme_box: box } });

    expect(data.acme_box).toBeNull();
    expect(errors).toMatchObject(unusable('acme_box'));
  });

  test('may lack what the question leaves out, and nothing else', async () => {
    const head = '($yes: Boolean!, $no: Boolean = false)';
    const selection = `acme_box { name  must @include(if: $no)
      ... on Acme_Box @skip(if: $yes) { count }  big @include(if: $yes) }`;
    const ask = (box: object) => asked(selection, { data: { acme_box: box } }, { yes: true }, head);

    const whole = await ask({ name: 'x', big: 1 });

    expect(whole.errors).toEqual([]);
    expect(whole.data.acme_box).toEqual({ name: 'x', big: 1 });
    expect((await ask({ name: 'x' })).errors).toMatchObject(unusable('acme_box'));
  });

  test.each([
    ['Reward', 'acme_named'],
    ['Query', 'acme_named'],
    ['Acme_Named', 'acme_named'],
    ['Acme_Item', 'acme_named'],
    [7, 'acme_named'],
    [undefined, 'acme_named'],
    ['Acme_Any', 'acme_any'],
    ['Beta_Item', 'acme_any'],
    [undefined, 'acme_any'],
  ])('that claims to be of the type %j where it cannot be is not usable', async (type, field) => {
    const { data, errors } = await asked(`${field} { __typename ... on Acme_Box { name } }`, {
      data: { [field]: { __typename: type, id: 'r1', name: 'PWNED', title: 'PWNED' } },
    });

    expect(data[field]).toBeNull();
    expect(errors).toMatchObject(unusable(field));
  });

  test('that says which of its own types an object is of is believed', async () => {
    const box = { __typename: 'Acme_Box', name: 'x' };
    for (const field of ['acme_named', 'acme_any']) {
      const { data, errors } = await asked(`${field} { ... on Acme_Box { name } }`, {
        data: { [field]: box },
      });
      expect(errors).toEqual([]);
      expect(data[field]).toEqual({ name: 'x' });
    }
    const plain = await asked('acme_named { name }', { data: { acme_named: box } });
    expect(plain.data.acme_named).toEqual({ name: 'x' });
  });

  test('may hold whole numbers from −2³¹ to 2³¹ − 1', async () => {
    const boxed = (count: number) => asked('acme_box { count }', { data: { acme_box: { count } } });

    for (const count of [-(2 ** 31), 2 ** 31 - 1, 0]) {
      expect((await boxed(count)).data.acme_box).toEqual({ count });
    }
    for (const count of [-(2 ** 31) - 1, 2 ** 31]) {
      expect((await boxed(count)).errors).toMatchObject(unusable('acme_box'));
    }
  });

  test('with numbers of its own may hold less than nothing, an item may not', async () => {
    const box = { data: { acme_box: { big: -5 } } };
    expect((await asked('acme_box { big }', box)).data.acme_box).toEqual({ big: -5 });
    for (const [field, value] of [
      ['points', -1],
      ['stock', -1],
      ['cashPrice { amountMinor }', { amountMinor: -1 }],
    ] as const) {
      const key = field.split(' ')[0] ?? '';
      const answer = { data: { acme_item: { id: 'a', __typename: 'Acme_Item', [key]: value } } };
      expect((await asked(`acme_item { ${field} }`, answer)).errors).toMatchObject(
        unusable('acme_item'),
      );
    }
  });

  test.each<[string, unknown, unknown]>([
    ['the way to it', ['acme_boxes', 0, 'name'], ['acme_boxes', 0, 'name']],
    ['words of its own', ['acme_boxes', 0, 'PWNED call 555'], ['acme_boxes', 0]],
    ['a field nobody asked for', ['acme_boxes', 0, 'must'], ['acme_boxes', 0]],
    ['words first', ['PWNED', 0], undefined],
    ['numbers that count nothing', ['acme_boxes', -1.5], ['acme_boxes']],
    ['a text', 'PWNED', undefined],
    ['objects', [{ PWNED: 1 }], undefined],
    ['entities that were not asked for', ['_entities', 0], undefined],
  ])('tells of an error no more than where it is: %s', async (_, path, expected) => {
    const { errors } = await asked('acme_boxes { name }', {
      data: { acme_boxes: [{ name: null }] },
      errors: [{ message: 'PWNED', path, extensions: { code: 'PWNED', reason: 'PWNED' } }],
    });

    expect(JSON.stringify(errors)).not.toContain('PWNED');
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
    expect(errors[0]?.path).toEqual(expected);
  });

  test.each([99, -1, '0', undefined])(
    'tells of an error of an entity that was not asked for as well: %j',
    async (index) => {
      acme.state.reply = (seen) => {
        if (!seen.body.includes('_entities')) return honest(seen);
        const { data } = honestReply('Acme', seen);
        const errors = [{ message: 'x', path: ['_entities', index, 'title'] }];
        return { body: JSON.stringify({ data, errors }) };
      };
      const query = '{ allianceItems(first: 4) { nodes { ... on Acme_Item { title } } } }';

      const { errors } = await graph.ask(query);

      expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
      expect(errors?.[0]).not.toHaveProperty('path');
    },
  );
});
