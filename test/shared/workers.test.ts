import { pino } from 'pino';
import { expect, test } from 'vitest';
import { StandStill, startWorkers } from '../../shared/workers.ts';

type Line = Readonly<Record<'level' | 'failures', number> & { worker: string; msg: string }>;

/** Runs one worker until its log has so many lines. */
async function logOf(step: (attempt: number) => void, lines: number): Promise<Line[]> {
  const seen: Line[] = [];
  const enough = Promise.withResolvers<void>();
  const logger = pino(
    { level: 'warn' },
    {
      write(line: string) {
        seen.push(JSON.parse(line));
        if (seen.length === lines) enough.resolve();
      },
    },
  );
  let attempts = 0;
  const worker = {
    name: 'w',
    restMs: 10,
    step: async () => {
      attempts += 1;
      step(attempts);
      return false;
    },
  };
  const stop = startWorkers([worker], logger);
  await enough.promise;
  await stop();
  // What was tried without a word would be a spin.
  expect(attempts).toBeLessThanOrEqual(lines + 1);
  return seen;
}

test('a worker that can go no further says so as an error, once for each attempt', async () => {
  const lines = await logOf(() => {
    throw new StandStill('event 3');
  }, 3);

  expect(lines.map(({ level, failures }) => [level, failures])).toEqual([
    [pino.levels.values.error, 1],
    [pino.levels.values.error, 2],
    [pino.levels.values.error, 3],
  ]);
});

test('one that is stopped in the middle of a step does not rest after it', async () => {
  const [begun, going] = [Promise.withResolvers<void>(), Promise.withResolvers<boolean>()];
  const step = () => {
    begun.resolve();
    return going.promise;
  };
  const stop = startWorkers([{ name: 'w', restMs: 3_600_000, step }], pino({ level: 'silent' }));
  await begun.promise;

  const stopped = stop();
  going.resolve(false);

  await stopped;
});

test('a failure that may pass is a warning, and so is that it passed', async () => {
  const lines = await logOf((attempt) => {
    if (attempt <= 2) throw new Error('busy');
  }, 3);

  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [pino.levels.values.warn, 'a step failed and is tried again'],
    [pino.levels.values.warn, 'a step failed and is tried again'],
    [pino.levels.values.warn, 'a step that failed is done'],
  ]);
});
