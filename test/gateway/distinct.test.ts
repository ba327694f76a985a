import { expect, test } from 'vitest';
import { limits } from '../../gateway/limits.ts';
import type { SubgraphRequest } from '../../shared/graphql/request.ts';
import { altered, openGateway } from './small-graph.ts';

// Both members have Ann as their friend.
const QUERY = '{ members { id friends { id wallet { available lots { points } } } } }';

const wallet = { available: 100, lots: [{ points: 60 }, { points: 40 }] };

test('an entity that stands at several places is asked about once, and answered at each', async () => {
  const asked: SubgraphRequest[] = [];
  await using gateway = await openGateway({
    transport: altered('points-ledger', (answer, request) => {
      asked.push(request);
      return answer;
    }),
  });

  const { data, errors } = await gateway.ask({ query: QUERY });

  expect(errors).toBeUndefined();
  const friends = [{ id: 'ann', wallet }];
  expect(data).toEqual({
    members: [
      { id: 'ann', friends },
      { id: 'bob', friends },
    ],
  });
  expect(asked.map(({ variables }) => variables?.representations)).toEqual([
    [{ __typename: 'Member', id: 'ann' }],
  ]);
});

test('the same entities on two ways are asked about once', async () => {
  const asked: SubgraphRequest[] = [];
  await using gateway = await openGateway({
    transport: altered('points-ledger', (answer, request) => {
      asked.push(request);
      return answer;
    }),
  });
  const query = `{ members {
    friends { wallet { available lots { points } } }
    others: friends { wallet { available lots { points } } } } }`;

  const { data, errors } = await gateway.ask({ query });

  expect(errors).toBeUndefined();
  const friends = [{ wallet }];
  expect(data).toEqual({
    members: [
      { friends, others: friends },
      { friends, others: friends },
    ],
  });
  expect(asked).toHaveLength(1);
});

test('what goes wrong with it is told at each of its places', async () => {
  const broken = { message: 'broken', extensions: { code: 'FORBIDDEN', reason: 'FORBIDDEN' } };
  await using gateway = await openGateway({
    transport: altered('points-ledger', () => ({
      data: { _entities: [{ wallet: null }] },
      errors: [{ ...broken, path: ['_entities', 0, 'wallet'] }],
    })),
  });

  const { data, errors } = await gateway.ask({ query: QUERY });

  const friends = [{ id: 'ann', wallet: null }];
  expect(data).toEqual({
    members: [
      { id: 'ann', friends },
      { id: 'bob', friends },
    ],
  });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['members', 0, 'friends', 0, 'wallet'],
    ['members', 1, 'friends', 0, 'wallet'],
  ]);
});

test.each([99, -1, '0', 1.5])(
  'what goes wrong with an entity that was not asked for is told without a place: %j',
  async (index) => {
    const broken = { message: 'broken', extensions: { code: 'FORBIDDEN', reason: 'FORBIDDEN' } };
    await using gateway = await openGateway({
      transport: altered('points-ledger', () => ({
        data: { _entities: [{ wallet: null }] },
        errors: [{ ...broken, path: ['_entities', index, 'wallet'] }],
      })),
    });

    const { errors } = await gateway.ask({ query: QUERY });

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(errors?.[0]).not.toHaveProperty('path');
  },
);

test('of very many errors of one subgraph the first are told', async () => {
  const error = { message: 'broken', path: ['_entities', 0], extensions: { code: 'FORBIDDEN' } };
  await using gateway = await openGateway({
    transport: altered('points-ledger', () => ({
      data: { _entities: [null] },
      errors: Array(20_000).fill(error),
    })),
  });

  const { data, errors } = await gateway.ask({ query: QUERY });

  expect(data).toMatchObject({ members: [{ id: 'ann' }, { id: 'bob' }] });
  expect(errors).toHaveLength(limits.errorsMax);
});

test.each([
  ['none', []],
  ['as many as there are places', [{ wallet }, { wallet }]],
])('an answer of other entities than were asked for is not usable: %s', async (_, entities) => {
  await using gateway = await openGateway({
    transport: altered('points-ledger', () => ({ data: { _entities: entities } })),
  });

  const { data, errors } = await gateway.ask({ query: QUERY });

  expect(data).toMatchObject({ members: [{ friends: [{ wallet: null }] }, {}] });
  expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_BAD_RESPONSE' } }]);
});
