import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.ts';
import { type Database, execute } from '../database/database.ts';
import type { Dialect } from '../database/dialect.ts';
import { isDuplicateKey } from '../database/errors.ts';
import type { Caller } from '../graphql/caller.ts';
import { fault } from '../graphql/faults.ts';
import type { NewId } from '../identifiers.ts';
import { checkIdempotencyKey, inputHash, scopeOf } from './idempotency.ts';

/** All that a command may touch: one transaction, the instant of asking, fresh ids, who asks. */
export type Work = Readonly<{
  manager: EntityManager;
  dialect: Dialect;
  at: Date;
  newId: NewId;
  caller: Caller;
}>;

/**
 * Something that changes the books or the stock. The outcome is plain JSON: `kind`, ids and the
 * parameters of a refusal, never whole rows, because it is remembered and the rows go on changing.
 */
export type Command<Input, Outcome> = (work: Work, input: Input) => Promise<Outcome>;

export type Books = Readonly<{ database: Database; clock: Clock; newId: NewId; caller: Caller }>;

/**
 * One key, one effect, one answer: a repeated key returns what the first run answered, refusals
 * included. Keys are scoped by caller and command. The same key with other input is a fault
 * (IDEMPOTENCY_KEY_REUSED). Claiming the key is the first write of the transaction, so the second of
 * two equal requests waits for the first and then gets its answer.
 */
export async function runCommand<Input extends { idempotencyKey: string }, Outcome>(
  { database, clock, newId, caller }: Books,
  command: Command<Input, Outcome>,
  input: Input,
): Promise<Outcome> {
  const run = runOf(caller, command, input);
  const earlier = await earlierOutcome<Outcome>(database.reader, run);
  if (earlier !== null) return earlier.outcome;
  try {
    return await database.transaction(async (manager) => {
      const at = clock.now();
      await execute(
        manager,
        `INSERT INTO frame_command (scope, name, idempotency_key, input_hash, recorded_ms)
         VALUES (?, ?, ?, ?, ?)`,
        [run.scope, run.name, run.key, run.inputHash, at.getTime()],
      );
      const work = { manager, dialect: database.dialect, at, newId, caller };
      const outcome = await command(work, input);
      await execute(
        manager,
        'UPDATE frame_command SET outcome = ? WHERE scope = ? AND name = ? AND idempotency_key = ?',
        [JSON.stringify(outcome), run.scope, run.name, run.key],
      );
      return outcome;
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const lost = await earlierOutcome<Outcome>(database.reader, run);
    if (lost === null) throw error; // Another unique key: a defect of the command, not a repetition.
    return lost.outcome;
  }
}

/**
 * What this key was answered before, or null: for asking other subgraphs first, whose word of today
 * must not change the answer of yesterday. The same faults as `runCommand`.
 */
export async function rememberedOutcome<Input extends { idempotencyKey: string }, Outcome>(
  { database, caller }: Pick<Books, 'database' | 'caller'>,
  command: Command<Input, Outcome>,
  input: Input,
): Promise<{ outcome: Outcome } | null> {
  return earlierOutcome<Outcome>(database.reader, runOf(caller, command, input));
}

/** Throws BAD_USER_INPUT when the key has not the form of one. */
export const runOf = (
  caller: Caller,
  command: Readonly<{ name: string }>,
  input: Readonly<{ idempotencyKey: string }>,
): Run => ({
  scope: scopeOf(caller),
  name: command.name,
  key: checkIdempotencyKey(input.idempotencyKey),
  inputHash: inputHash(input),
});

export type Run = Readonly<{ scope: string; name: string; key: string; inputHash: string }>;

async function earlierOutcome<Outcome>(
  reader: EntityManager,
  run: Run,
): Promise<{ outcome: Outcome } | null> {
  const [row] = await reader.query<Remembered[]>(
    `SELECT input_hash, outcome FROM frame_command
     WHERE scope = ? AND name = ? AND idempotency_key = ?`,
    [run.scope, run.name, run.key],
  );
  return row === undefined ? null : { outcome: outcomeOf<Outcome>(row, run) };
}

/** The row of a key that was answered. */
export type Remembered = Readonly<{ input_hash: string; outcome: string }>;

/** What a key was answered; throws IDEMPOTENCY_KEY_REUSED when it was for other input. */
export function outcomeOf<Outcome>(
  { input_hash, outcome }: Remembered,
  { inputHash }: Run,
): Outcome {
  if (input_hash !== inputHash) throw fault('IDEMPOTENCY_KEY_REUSED');
  return JSON.parse(outcome);
}
