import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inThreads, usefulThreads } from '../../shared/threads.ts';

const script = join(import.meta.dirname, 'threads/doubling-thread.ts');

const doubled = (jobs: Iterable<number | string> | AsyncIterable<number | string>, count = 2) =>
  inThreads<number | string, number>({ script, count }, jobs);

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('work in threads', () => {
  test('is answered in the order in which it was given', async () => {
    expect(await Array.fromAsync(doubled(upTo(50)))).toEqual(upTo(50).map((job) => 2 * job));
    expect(await Array.fromAsync(doubled([]))).toEqual([]);
  });

  test('is taken only as answers are made use of', async () => {
    let taken = 0;
    async function* jobs() {
      for (;;) {
        taken += 1;
        yield taken;
      }
    }
    const answers = doubled(jobs());
    for (let answer = 1; answer <= 20; answer += 1) {
      expect((await answers.next()).value).toBe(2 * answer);
      expect(taken).toBeLessThanOrEqual(answer + 4);
    }
    await answers.return(undefined);
  });

  test.each([
    ['throws', 'throw', 'no number'],
    ['ends', 'exit', 'a thread ended (0) before its work was done'],
    ['has an error that nobody catches', 'reject', 'nobody caught this'],
  ])('is a failure when a thread %s', async (_, job, message) => {
    const answers = doubled([1, 2, job, ...upTo(100)]);

    await expect(Array.fromAsync(answers)).rejects.toThrow(message);
  });

  test('is a failure when no thread can be begun', async () => {
    const nowhere = inThreads({ script: join(import.meta.dirname, 'nothing.ts'), count: 1 }, [1]);

    await expect(Array.fromAsync(nowhere)).rejects.toThrow('nothing.ts');
  });

  test('is done where it is on a machine with one core', () => {
    expect([1, 2, 4, 64].map((cores) => usefulThreads(cores))).toEqual([0, 2, 4, 8]);
  });
});
