import { spawn } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { accrue, openBooks, rewards } from './books-world.ts';

const script = join(import.meta.dirname, 'expiry-process.ts');
const AT = '2026-11-22T16:00:00Z';
const MEMBERS = 60;

/** Runs the process and kills it so many milliseconds after so many steps. True: it came to its end. */
function runKilled(databaseUrl: string, afterSteps: number, afterMs = 0): Promise<boolean> {
  const child = spawn(process.execPath, [script, databaseUrl, AT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let steps = 0;
  child.stdout.on('data', (text: Buffer) => {
    steps += text.toString().split('\n').length - 1;
    if (steps >= afterSteps) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  return new Promise((done, fail) =>
    child.once('exit', (code, signal) =>
      signal === 'SIGKILL' || code === 0
        ? done(code === 0)
        : fail(new Error(`the process ended with ${code ?? signal}`)),
    ),
  );
}

describe.each(engines)('on $name', (engine) => {
  test('whenever it is killed, each lot lapses once and each notice is given once', async () => {
    await using books = await openBooks(engine);
    const each = (expiresOn: string) =>
      Array.from({ length: MEMBERS }, (_, n) =>
        accrue({ walletId: `member-${n}`, points: 10, expiresOn }),
      );
    await books.post([...each('2026-11-23'), ...each('2026-11-30'), ...each('2026-12-23')]);

    let kills = 0;
    // Two at a time, so that one is killed while the other goes on.
    const moment = fc.record({ steps: fc.integer({ min: 1, max: 3 }), ms: fc.nat(5) });
    for (const moments of fc.sample(fc.tuple(moment, moment), 3)) {
      const ended = await Promise.all(
        moments.map(({ steps, ms }) => runKilled(books.databaseUrl, steps, ms)),
      );
      kills += ended.filter((isDone) => !isDone).length;
      if (ended.some((isDone) => isDone)) break;
    }
    while (!(await runKilled(books.databaseUrl, Number.POSITIVE_INFINITY)));

    expect(kills).toBeGreaterThan(1);
    const [lapsed] = await books.database.reader.query(
      `SELECT COUNT(*) AS entries, COUNT(DISTINCT wallet_id) AS wallets, SUM(points) AS points
       FROM points_journal_entry WHERE kind = 'EXPIRE'`,
    );
    expect(Object.values(lapsed).map(Number)).toEqual([MEMBERS, MEMBERS, MEMBERS * 10]);
    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
      {},
      { as: rewards },
    );
    const notices = pointsLedgerFeed
      .filter(({ kind }: { kind: string }) => kind === 'points.expiring')
      .map(({ payload }: { payload: string }) => payload);
    expect(notices).toHaveLength(2 * MEMBERS);
    expect(new Set(notices).size).toBe(2 * MEMBERS);
    expect(await books.problems()).toEqual([]);
  });
});
