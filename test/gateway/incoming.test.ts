import { readFileSync } from 'node:fs';
import { LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { quickGateway } from '../../gateway/incoming.ts';

const supergraphSdl = readFileSync(
  new URL('../../gateway/supergraph.graphql', import.meta.url),
  'utf8',
);

test('inputs are looked through before anything is fetched, quickly where they fit', async () => {
  let fetches = 0;
  const gateway = quickGateway({
    supergraphSdl,
    validateSupergraph: false,
    buildService: () => {
      const source = new LocalGraphQLDataSource(buildSchema('type Query { none: String }'));
      return Object.assign(source, {
        process: async () => {
          fetches += 1;
          return { data: { quoteAccrual: null } };
        },
      });
    },
  });
  // What is replaced has no public name: it may have another one in another release.
  expect(Object.hasOwn(gateway, 'validateIncomingRequest')).toBe(true);
  const server = new ApolloServer({ gateway });
  await server.start();
  const told = async (lines: unknown) => {
    const input = { merchantId: 'm', lines };
    const { body } = await server.executeOperation({
      query:
        'query ($input: QuoteAccrualInput!, $isTold: Boolean!) { quoteAccrual(input: $input) @include(if: $isTold) { __typename } }',
      variables: { input, isTold: true },
    });
    return body.kind === 'single' ? body.singleResult.errors?.[0]?.message : undefined;
  };

  expect(await told([{ amountMinor: 5 }])).toBeUndefined();
  expect(fetches).toBe(1);
  expect(await told([{ amountMinor: 5, stray: 1 }])).toContain('"stray" is not defined');
  expect(await told([{}])).toContain('"amountMinor" of required type');
  expect(fetches).toBe(1);
  await server.stop();
});
