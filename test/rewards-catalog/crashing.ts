import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RedemptionStep } from '../../subgraphs/rewards-catalog/domain/redemption.ts';
import type { Engine } from '../support/engines.ts';
import type { Errand } from './redeem-and-die.ts';

/** The moments before and after each of these steps. */
export const stepsOf = (steps: readonly RedemptionStep[]) =>
  steps.flatMap((step) => [
    { step, moment: 'before' as const },
    { step, moment: 'after' as const },
  ]);

/** Databases that several worlds open in turn. */
export function freshHome(engine: Engine) {
  const databaseUrl = engine.freshUrl();
  return { databaseUrl, [Symbol.asyncDispose]: () => engine.remove(databaseUrl) };
}

/** Runs an errand in a process of its own, which has to kill itself with signal 9. */
export function die(errand: Errand): Promise<void> {
  const script = join(import.meta.dirname, 'redeem-and-die.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(errand)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`The process should have died: ${said}`));
    });
  });
}
