/**
 * A process that redeems for many members at the same time, once it is told to on its standard input, and prints what
 * they were answered. Its only argument is JSON, see `Crowd`.
 */
import { once } from 'node:events';
import type { Caller } from '../../shared/graphql/caller.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { openEmbedded } from '../../subgraphs/embedded.ts';

export type Crowd = Readonly<{
  databaseUrl: string;
  at: string;
  keys: Readonly<{ cursor: string; personal: string }>;
  caller: Caller;
  inputs: readonly Readonly<Record<string, unknown>>[];
}>;

const crowd = JSON.parse(process.argv[2] ?? '') as Crowd; // Written by the test that starts this.

const embedded = await openEmbedded({
  databaseUrl: crowd.databaseUrl,
  clock: { now: () => new Date(crowd.at) },
  newId,
  keys: crowd.keys,
  logger: createLogger('silent'),
});

const redeem = async (input: Readonly<Record<string, unknown>>): Promise<string> => {
  const { data, errors } = await embedded.transport('rewards-catalog', {
    query: `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }`,
    variables: { input },
    call: { caller: crowd.caller, locale: 'en', requestId: 'crowd', deadline: null },
  });
  const answer = data?.redeem as { __typename: string } | undefined;
  return answer?.__typename ?? JSON.stringify(errors);
};

console.log('ready');
await once(process.stdin, 'data');
console.log(JSON.stringify(await Promise.all(crowd.inputs.map(redeem))));
await embedded.close();
process.exit(0);
