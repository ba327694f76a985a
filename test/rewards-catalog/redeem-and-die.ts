/**
 * A process that redeems and kills itself before or after one step, as a power cut would. Its only
 * argument is JSON, see `Errand`.
 */
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
  step: RedemptionStep;
  moment: 'before' | 'after';
  caller: Caller;
  input: Readonly<Record<string, unknown>>;
}>;

const errand = JSON.parse(process.argv[2] ?? '') as Errand; // Written by the test that starts this.

const rewardsCatalog = createRewardsCatalog({
  async onStep(step, moment) {
    if (step !== errand.step || moment !== errand.moment) return;
    // What the next such process can start faster with; a killed one does not write it by itself.
    flushCompileCache();
    process.kill(process.pid, 'SIGKILL');
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
await embedded.transport('rewards-catalog', {
  query: 'mutation ($input: RedeemInput!) { redeem(input: $input) { __typename } }',
  variables: { input: errand.input },
  call: { caller: errand.caller, locale: 'en', requestId: 'errand', deadline: null },
});
console.error(`survived: ${errand.moment} ${errand.step} was never reached`);
process.exit(1);
