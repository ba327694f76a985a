/** Doubles numbers, later ones sooner; at others it fails in every way that a thread can. */
import { setTimeout } from 'node:timers/promises';
import { answerJobs } from '../../../shared/threads.ts';

answerJobs<number | string, number>(async (job) => {
  if (job === 'throw') throw new RangeError('no number');
  if (job === 'exit') process.exit(0);
  if (job === 'reject') queueMicrotask(() => Promise.reject(new Error('nobody caught this')));
  if (typeof job === 'string') return new Promise(() => undefined);
  await setTimeout((job * 7) % 5);
  return { answer: 2 * job };
});
