import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Dice } from '../../points-ledger/crash/random-requests.ts';
import type { Spell, Told } from './act-and-die.ts';

/** What a process told before its end. */
export type Ended = Readonly<{ done: number; at: string; isKilled: boolean; last: Told }>;

/** Lets a process act, and kills it with signal 9 once it has told so many actions; null: it may do them all. */
export async function actUntilKilled(spell: Spell, killAfter: number | null): Promise<Ended> {
  const script = join(import.meta.dirname, 'act-and-die.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(spell)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_, signal) => resolve(signal));
  });
  let done = 0;
  let last: Told = { at: spell.at };
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line) as Told; // Written by the script.
    if (last.isOver !== true) done += 1;
    if (done === killAfter) child.kill('SIGKILL');
  }
  const signal = await closed;
  if (signal !== 'SIGKILL' && last.isOver !== true) throw new Error(`it ended: ${complaint}`);
  return { done, at: last.at, isKilled: signal === 'SIGKILL', last };
}

/** Processes one after the other, each killed in the middle of what it does, until so many actions are done. */
export async function actInSpells(
  spell: Omit<Spell, 'seed'>,
  dice: Dice,
): Promise<Readonly<{ done: number; at: string; kills: number }>> {
  let [done, at, kills] = [0, spell.at, 0];
  while (done < spell.actions) {
    const seed = dice.roll(1, 1_000_000);
    const killAfter = Math.min(dice.roll(50, 350), spell.actions - done);
    const ended = await actUntilKilled({ ...spell, at, seed }, killAfter);
    done += ended.done;
    at = ended.at;
    kills += ended.isKilled ? 1 : 0;
  }
  return { done, at, kills };
}
