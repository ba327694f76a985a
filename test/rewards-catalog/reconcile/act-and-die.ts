/**
 * A process that does random actions, with random faults, until it is killed or has done them all. It tells each on a
 * line of its own, with the time of its clock. Its only argument is JSON, see `Spell`.
 */
import { writeSync } from 'node:fs';
import { newId } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import { openEmbedded } from '../../../subgraphs/embedded.ts';
import { createDice } from '../../points-ledger/crash/random-requests.ts';
import { TestClock } from '../../support/people.ts';
import { Actor } from './actor.ts';
import { createFaults } from './faults.ts';
import type { Scene } from './scene.ts';

export type Spell = Readonly<{
  databaseUrl: string;
  at: string;
  seed: number;
  scene: Scene;
  actions: number;
}>;

/** What each line says. At the end `isOver`. */
export type Told = Readonly<{
  at: string;
  isOver?: boolean;
  answers?: readonly (readonly [string, number])[];
  faults?: Readonly<Record<string, number>>;
}>;

const spell = JSON.parse(process.argv[2] ?? '') as Spell; // Written by `spells.ts`.
const { databaseUrl, at, seed, scene, actions } = spell;
const dice = createDice(seed);
const faults = createFaults(dice);
const clock = new TestClock(at);
const embedded = await openEmbedded({
  databaseUrl,
  clock,
  newId,
  keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
  logger: createLogger('silent'),
  definitions: faults.definitions,
});
// Before anything else goes on: what is told has happened.
const tell = (more: Omit<Told, 'at'> = {}) =>
  writeSync(1, `${JSON.stringify({ at: clock.now().toISOString(), ...more })}\n`);

const actor = new Actor({ embedded, clock, dice, scene, lanes: 3, onDone: () => tell() });
await actor.lookAround();
faults.isOn = true;
await actor.act(actions);
tell({ isOver: true, answers: [...actor.answers], faults: faults.counts });
process.exit(0);
