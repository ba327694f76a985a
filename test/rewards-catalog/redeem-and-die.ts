/**
 * A process with several redemptions, cancellations and the like, and incidents that it works off, each of which stops
 * before or after one step. Once all have come that far it kills itself, as a power cut would. Its only argument is
 * JSON, see `Errand`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../shared/graphql/caller.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { openEmbedded } from '../../subgraphs/embedded.ts';
import type { RedemptionStep } from '../../subgraphs/rewards-catalog/domain/redemption.ts';
import type { IncidentStep } from '../../subgraphs/rewards-catalog/incidents/domain/step.ts';
import { createRewardsCatalog } from '../../subgraphs/rewards-catalog/subgraph.ts';
import { catalogWith } from './interruption.ts';

export type Errand = Readonly<{
  databaseUrl: string;
  at: string;
  keys: Readonly<{ cursor: string; personal: string }>;
  caller: Caller;
  doomed: readonly Doomed[];
  incidents?: readonly DoomedIncident[];
}>;

/** What is asked for, and the moment beyond which it never comes. */
export type Doomed = Readonly<{
  /** Such as `redeem`. */
  mutation: string;
  step: RedemptionStep;
  moment: 'before' | 'after';
  input: Readonly<Record<string, unknown>>;
}>;

/** An incident that is worked off a member at a time, and the moment beyond which it never comes. */
export type DoomedIncident = Readonly<{
  incidentId: string;
  step: IncidentStep;
  moment: 'before' | 'after';
}>;

const errand = JSON.parse(process.argv[2] ?? '') as Errand; // Written by the test that starts this.
const { incidents = [] } = errand;

const asked = new AsyncLocalStorage<Doomed>();
let left = errand.doomed.length + incidents.length;

/** Nothing of it goes on; the last one ends all. */
async function stop(): Promise<void> {
  left -= 1;
  if (left === 0) {
    // What the next such process can start faster with; a killed one does not write it by itself.
    flushCompileCache();
    process.kill(process.pid, 'SIGKILL');
  }
  await new Promise(() => undefined);
}

const rewardsCatalog = createRewardsCatalog({
  async onStep(step, moment) {
    const doomed = asked.getStore();
    if (step === doomed?.step && moment === doomed.moment) await stop();
  },
  async onIncidentStep(step, moment, id) {
    const isDoomed = incidents.some(
      (one) => one.incidentId === id && one.step === step && one.moment === moment,
    );
    if (isDoomed) await stop();
  },
  incidentPageSize: 1,
});

const embedded = await openEmbedded({
  databaseUrl: errand.databaseUrl,
  clock: { now: () => new Date(errand.at) },
  newId,
  keys: errand.keys,
  logger: createLogger('silent'),
  definitions: catalogWith(rewardsCatalog),
});

const ask = (doomed: Doomed): Promise<string> =>
  asked.run(doomed, async () => {
    const { mutation, moment, step } = doomed;
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    await embedded.transport('rewards-catalog', {
      query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
      variables: { input: doomed.input },
      call: { caller: errand.caller, locale: 'en', requestId: 'errand', deadline: null },
    });
    return `${moment} ${step} of ${mutation}`;
  });

/** A worker stands still with the incident that it has come to the end of, so there is one for each. */
async function workOff(): Promise<string> {
  const worker = embedded.workers.find(({ name }) => name === 'incidents');
  for (let idle = 0; idle < 500; idle += 1) {
    if (await worker?.step()) idle = 0;
    await sleep(10);
  }
  return 'a moment of an incident';
}

// An answer to any of them means that its moment was not reached.
const ends = [...errand.doomed.map(ask), ...incidents.map(workOff)];
console.error(`survived: ${await Promise.race(ends)} was never reached`);
process.exit(1);
