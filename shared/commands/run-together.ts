import type { EntityManager } from 'typeorm';
import { assert } from '../assert.ts';
import { isConnectionLost } from '../database/errors.ts';
import { insertRows, placeholders } from '../database/rows.ts';
import type { Caller } from '../graphql/caller.ts';
import type { Frame } from '../graphql/context.ts';
import { gathering } from './gathering.ts';
import {
  outcomeOf,
  type Remembered,
  type Run,
  runCommand,
  runOf,
  type Work,
} from './run-command.ts';

/** What a command may touch that is run for several callers at once. */
export type SharedWork = Omit<Work, 'caller'>;

/** Answers each input, in their order. What it throws undoes them all, and each is run by itself. */
export type CommandForMany<Asked, Outcome> = (
  work: SharedWork,
  asked: readonly Asked[],
) => Promise<readonly Outcome[]>;

/** Runs a command once per key, and with it in one transaction those that wait at the same time. */
export type Together<Asked, Outcome> = (caller: Caller, asked: Asked) => Promise<Outcome>;

type Keyed = Readonly<{ input: Readonly<{ idempotencyKey: string }> }>;
type One<Asked> = Readonly<{ caller: Caller; asked: Asked; run: Run }>;
type Books = Pick<Frame, 'database' | 'clock' | 'newId'>;

/** More would make the first of them wait for the last. */
const AT_ONCE_MAX = 100;

/**
 * As `runCommand`, but under load one transaction carries many callers' commands: each has its own key and its own
 * answer. When the transaction fails, each is run by itself, so that nobody fails because of another one.
 */
export function runTogether<Asked extends Keyed, Outcome>(
  books: Books,
  name: string,
  command: CommandForMany<Asked, Outcome>,
): Together<Asked, Outcome> {
  const alone = ({ caller, asked }: One<Asked>): Promise<Outcome> => {
    const named = {
      [name]: async (work: Work): Promise<Outcome> => at(await command(work, [asked]), 0),
    }[name];
    assert(named !== undefined, 'it was just made');
    return runCommand({ ...books, caller }, named, asked.input);
  };
  const gather = gathering<One<Asked>, Outcome>(async (round) => {
    const firsts = round.filter(
      ({ run }, index) => index === round.findIndex((other) => isSameKey(other.run, run)),
    );
    const known = firsts.length > 1 ? await tryAll(books, command, firsts) : new Map();
    const answers: Promise<Outcome>[] = [];
    for (const one of round) {
      const answer = known.get(one)?.() ?? alone(one);
      answers.push(answer);
      // One after the other, because together they failed.
      await answer.catch(() => undefined);
    }
    return answers;
  }, AT_ONCE_MAX);
  return async (caller, asked) => {
    const run = runOf(caller, { name }, asked.input);
    return gather({ caller, asked, run });
  };
}

function at<Outcome>(outcomes: readonly Outcome[], index: number): Outcome {
  assert(index < outcomes.length, 'each input has an outcome');
  return outcomes[index] as Outcome; // It is there, though it may be anything.
}

const textOf = ({ scope, key }: Run): string => `${scope}\n${key}`;

const isSameKey = (a: Run, b: Run): boolean => a.key === b.key && a.scope === b.scope;

/** How each of them is answered; none when the transaction failed and left nothing behind. */
async function tryAll<Asked extends Keyed, Outcome>(
  books: Books,
  command: CommandForMany<Asked, Outcome>,
  round: readonly One<Asked>[],
): Promise<ReadonlyMap<One<Asked>, () => Promise<Outcome>>> {
  const runs = round.map(({ run }) => run);
  try {
    const earlier = await earlierOutcomes(books.database.reader, runs);
    const fresh = round.filter(({ run }) => !earlier.has(textOf(run)));
    const outcomes = fresh.length === 0 ? [] : await runAll(books, command, fresh);
    const made = new Map(fresh.map((one, index) => [one, async () => at(outcomes, index)]));
    const known = round.flatMap((one) => {
      const row = earlier.get(textOf(one.run));
      return row === undefined
        ? []
        : [[one, async () => outcomeOf<Outcome>(row, one.run)] as const];
    });
    return new Map([...made, ...known]);
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    return new Map();
  }
}

/** Claims all keys, runs the command for all, and remembers what each is answered: one transaction. */
const runAll = <Asked extends Keyed, Outcome>(
  { database, clock, newId }: Books,
  command: CommandForMany<Asked, Outcome>,
  round: readonly One<Asked>[],
): Promise<readonly Outcome[]> =>
  database.transaction(async (manager) => {
    const now = clock.now();
    // In one order of the keys, so that two processes never wait for each other.
    const runs = round.map(({ run }) => run).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
    await insertRows(
      manager,
      'frame_command',
      [...KEY, 'input_hash', 'recorded_ms'],
      runs.map((run) => [run.scope, run.name, run.key, run.inputHash, now.getTime()]),
    );
    const work = { manager, dialect: database.dialect, at: now, newId };
    const asked = round.map((one) => one.asked);
    const outcomes = await command(work, asked);
    assert(outcomes.length === round.length, 'each input has an outcome');
    await insertRows(
      manager,
      'frame_command',
      [...KEY, 'input_hash', 'outcome', 'recorded_ms'],
      round.map(({ run: { scope, name, key, inputHash } }, index) => [
        ...[scope, name, key, inputHash],
        JSON.stringify(outcomes[index]),
        now.getTime(),
      ]),
      { ending: database.dialect.onDuplicateUpdate(KEY, ['outcome']) },
    );
    return outcomes;
  });

const KEY = ['scope', 'name', 'idempotency_key'] as const;

/** What is remembered of runs of one command, by scope and key. */
async function earlierOutcomes(
  reader: EntityManager,
  runs: readonly Run[],
): Promise<ReadonlyMap<string, Remembered>> {
  const names = [...new Set(runs.map(({ name }) => name))];
  const scopes = [...new Set(runs.map(({ scope }) => scope))];
  const keys = runs.map(({ key }) => key);
  const rows = await reader.query<(Remembered & { scope: string; idempotency_key: string })[]>(
    `SELECT scope, idempotency_key, input_hash, outcome FROM frame_command
     WHERE scope IN (${placeholders(scopes.length)}) AND name IN (${placeholders(names.length)})
       AND idempotency_key IN (${placeholders(keys.length)})`,
    [...scopes, ...names, ...keys],
  );
  return new Map(rows.map((row) => [`${row.scope}\n${row.idempotency_key}`, row]));
}
