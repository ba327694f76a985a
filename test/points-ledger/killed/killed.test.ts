import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { type Engine, engines } from '../../support/engines.ts';
import { type OpenBooks, openBooks, rewards } from '../books-world.ts';
import { causeOf, type Deed, deeds, everybody, type Task } from './deeds.ts';

const script = join(import.meta.dirname, 'deed-process.ts');

/** Before which write of a deed, or which COMMIT of it, the process is killed. */
type StopAt = Readonly<{ write?: number; commit?: number }>;

type Words = Readonly<{ again: Task | null; deed: Task | null; stopAt: StopAt }>;

/** Runs the process until it ends, or stops and is killed. Answers whether it was, and what it was told. */
async function run(databaseUrl: string, words: Words, isSettledFirst: boolean) {
  const text = JSON.stringify({ databaseUrl, isSettledFirst, ...words });
  const child = spawn(process.execPath, [script, text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answers: string[] = [];
  let isDone = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { answered, stopped, done } = JSON.parse(line);
    if (answered !== undefined) answers.push(answered);
    if (stopped !== undefined) child.kill('SIGKILL');
    isDone ||= done !== undefined;
  });
  const signal = await new Promise((ended) => child.once('close', (_, by) => ended(by)));
  if (!isDone && signal !== 'SIGKILL') throw new Error('the process broke');
  return { isKilled: !isDone, answers };
}

/** Kills a process in a deed, for each of the points, and lets the next one go on where it was. */
class Killings {
  readonly done: { deed: Deed; task: Task }[] = [];
  kills = 0;
  readonly #books: OpenBooks;
  #again: Task | null = null;

  constructor(books: OpenBooks) {
    this.#books = books;
  }

  /** False when the deed was at its end before that point came. */
  async kill(deed: Deed, stopAt: StopAt): Promise<boolean> {
    const task = await deed.prepare(this.#books, `member-${this.done.length}`);
    const isKilled = await this.#run({ again: this.#again, deed: task, stopAt });
    this.done.push({ deed, task });
    this.#again = isKilled ? task : null;
    if (isKilled) this.kills += 1;
    return isKilled;
  }

  async end(): Promise<void> {
    await this.#run({ again: this.#again, deed: null, stopAt: {} });
  }

  async #run(words: Words): Promise<boolean> {
    const { databaseUrl } = this.#books;
    const { isKilled, answers } = await run(databaseUrl, words, this.done.length % 2 === 0);
    for (const answer of answers) expect(answer).toMatch(/^(Points\w+|BalanceImport)Changed$/);
    return isKilled;
  }
}

/** Whatever was killed where: each deed is done, told of and answered once. */
async function expectOnce(books: OpenBooks, done: Killings['done']): Promise<void> {
  const { pointsLedgerFeed: events } = await books.data(
    '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
    {},
    { as: rewards },
  );
  expect(events.length).toBeLessThan(1000);
  for (const { deed, task } of done) {
    const cause = causeOf(task);
    const { kind, entries, event, state } = deed.effect;
    const [row] = await books.database.reader.query(
      'SELECT COUNT(*) AS n FROM points_journal_entry WHERE cause_id = ? AND kind = ?',
      [cause, kind],
    );
    const told = events.filter(
      (one: Record<string, string>) => one.kind === event && one.payload?.includes(`"${cause}"`),
    );
    expect([deed.name, Number(row.n), told.length, await stateOf(books, cause)]).toEqual([
      ...[deed.name, entries, event === null ? 0 : 1, state],
    ]);
  }
  expect(await books.problems()).toEqual([]);
}

async function stateOf({ database }: OpenBooks, id: string): Promise<string> {
  const [row] = await database.reader.query(
    `SELECT state FROM points_case WHERE id = ? UNION ALL SELECT state FROM points_adjustment
     WHERE id = ? UNION ALL SELECT state FROM points_import WHERE id = ?`,
    [id, id, id],
  );
  return row.state;
}

/** One point of each: decided and not booked, booked and not written down, not even decided. */
const SHORT: Readonly<Record<string, StopAt>> = {
  'a freeze': { commit: 3 },
  'a deduction': { commit: 2 },
  'a lift': { commit: 1 },
  'points out of goodwill': { commit: 3 },
  'an import': { commit: 3 },
};

const isShort = process.env.TEST_KILLED !== 'all';

describe.each(engines)(
  'on $name',
  { timeout: 1_200_000, concurrent: isShort },
  (engine: Engine) => {
    test.skipIf(!isShort)(
      'D3: a process that is killed between deciding, booking and writing down does each once',
      async () => {
        await using books = await openBooks(engine, { peer: everybody });
        const killings = new Killings(books);

        for (const deed of deeds) await killings.kill(deed, SHORT[deed.name] ?? {});
        await killings.end();

        expect(killings.kills).toBe(deeds.length);
        await expectOnce(books, killings.done);
      },
    );

    test.skipIf(isShort)(
      'D3: killed before every single write of cases, goodwill and imports, each is done once',
      async () => {
        await using books = await openBooks(engine, { peer: everybody });
        const killings = new Killings(books);

        for (const deed of deeds) {
          let write = 1;
          while (await killings.kill(deed, { write })) write += 1;
          console.log(`${engine.name}, ${deed.name}: ${write - 1} kills`);
          expect(write).toBeGreaterThan(8);
        }
        await killings.end();

        await expectOnce(books, killings.done);
      },
    );
  },
);
