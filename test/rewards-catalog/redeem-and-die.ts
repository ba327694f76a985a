/**
 * A process with several redemptions, cancellations and the like, each of which stops before or after one step. Once
 * all have come that far it kills itself, as a power cut would. Its only argument is JSON, see `Errand`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { flushCompileCache } from 'node:module';
import type { Caller } from '../../shared/graphql/caller.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { openEmbedded } from '../../subgraphs/embedded.ts';
import type { RedemptionStep } from '../../subgraphs/rewards-catalog/domain/redemption.ts';
import { createRewardsCatalog } from '../../subgraphs/rewards-catalog/subgraph.ts';
import { catalogWith } from './interruption.ts';

export type Errand = Readonly<{
  databaseUrl: string;
  at: string;
  keys: Readonly<{ cursor: string; personal: string }>;
  caller: Caller;
  doomed: readonly Doomed[];
}>;

/** What is asked for, and the moment beyond which it never comes. */
export type Doomed = Readonly<{
  /** Such as `redeem`. */
  mutation: string;
  step: RedemptionStep;
  moment: 'before' | 'after';
  input: Readonly<Record<string, unknown>>;
}>;

const errand = JSON.parse(process.argv[2] ?? '') as Errand; // Written by the test that starts this.

const asked = new AsyncLocalStorage<Doomed>();
let left = errand.doomed.length;

const rewardsCatalog = createRewardsCatalog({
  async onStep(step, moment) {
    const doomed = asked.getStore();
    if (step !== doomed?.step || moment !== doomed.moment) return;
    left -= 1;
    if (left === 0) {
      // What the next such process can start faster with; a killed one does not write it by itself.
      flushCompileCache();
      process.kill(process.pid, 'SIGKILL');
    }
    await new Promise(() => undefined);
  },
});

const embedded = await openEmbedded({
  databaseUrl: errand.databaseUrl,
  clock: { now: () => new Date(errand.at) },
  newId,
  keys: errand.keys,
  logger: createLogger('silent'),
  definitions: catalogWith(rewardsCatalog),
});

const ask = (doomed: Doomed): Promise<Doomed> =>
  asked.run(doomed, async () => {
    const { mutation } = doomed;
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    await embedded.transport('rewards-catalog', {
      query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
      variables: { input: doomed.input },
      call: { caller: errand.caller, locale: 'en', requestId: 'errand', deadline: null },
    });
    return doomed;
  });

// An answer to any of them means that its moment was not reached.
const { mutation, step, moment } = await Promise.race(errand.doomed.map(ask));
console.error(`survived: ${moment} ${step} of ${mutation} was never reached`);
process.exit(1);
