import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import type { ResolveClearingDisputeInput } from '../../schema.generated.ts';
import { movedSide } from '../domain/states.ts';
import { lineNotFound, moveSides, sideOf } from './sides.ts';

export type ClearingDisputeResolved = Readonly<{
  kind: 'ClearingDisputeResolved';
  /** Those in which the line was disputed. */
  statementIds: readonly string[];
}>;

type Outcome = ClearingDisputeResolved | NotFound | InvalidInput | Refused<'NotDisputed'>;

const NOTE_MAX = 1000;
/** Ten thousand million yuan in fen. More is a slip of the hand, and no cycle could be added up with it. */
const CORRECTION_MAX = 1_000_000_000_000;

/**
 * The operator decides on a disputed line, for all who dispute it: it is right, or its right amount is
 * another one. Then the next cycle gets a line for the difference; what was cleared stays as it is.
 */
export async function resolveClearingDispute(
  work: Work,
  input: ResolveClearingDisputeInput,
): Promise<Outcome> {
  const { manager, at, newId } = work;
  const { lineId, decision, note } = input;
  const unusable = checkText('note', note, NOTE_MAX);
  if (unusable !== null) return unusable;
  const line = await lockLine(work, lineId);
  if (line === null) return lineNotFound();
  const move = decision === 'UPHOLD' ? 'uphold' : 'correct';
  const disputed = line.sides.filter(({ state }) => movedSide(state, move) !== null);
  if (disputed.length === 0) return refused('NotDisputed', 'NOT_DISPUTED');
  const difference = decision === 'UPHOLD' ? null : differenceTo(line, input.amount ?? null);
  if (difference !== null && typeof difference !== 'number') return difference;

  // From here on the command must succeed.
  const statementIds: string[] = [];
  for (const side of disputed) {
    const to = movedSide(side.state, move) ?? side.state;
    await moveSides(work, side.statementId, [lineId], to, { note: note.trim() });
    statementIds.push(side.statementId);
  }
  if (difference !== null) {
    await insertRows(
      manager,
      'points_clearing_correction',
      ['id', 'line_id', 'amount_minor', 'note', 'decided_ms'],
      [[newId(), lineId, difference, note.trim(), at.getTime()]],
    );
  }
  await appendEvents(manager, at, [
    { kind: 'clearing.resolved', payload: { lineId, cycleId: line.cycleId, decision } },
  ]);
  return { kind: 'ClearingDisputeResolved', statementIds };
}

type Line = Readonly<{
  cycleId: string;
  currency: string;
  amountMinor: number;
  /** What was corrected of it before. */
  correctedMinor: number;
  sides: readonly (ReturnType<typeof sideOf> & Readonly<{ statementId: string }>)[];
}>;

/** A line under the locks of its two statements, in the order of their ids. */
async function lockLine({ manager, dialect }: Work, lineId: string): Promise<Line | null> {
  const [line] = await manager.query<Record<string, string>[]>(
    'SELECT id, cycle_id, currency, amount_minor FROM points_clearing_line WHERE id = ?',
    [lineId],
  );
  // MariaDB finds an id with blanks after it as well: that is not this one.
  if (line?.id !== lineId) return null;
  const statementIds = (await readLineSides(manager, lineId)).map((side) => side.statementId);
  await manager.query(
    `SELECT id FROM points_clearing_statement WHERE id IN (${placeholders(statementIds.length)})
     ORDER BY id ${dialect.forUpdate}`,
    statementIds,
  );
  const corrections = await manager.query<Record<string, string>[]>(
    'SELECT amount_minor FROM points_clearing_correction WHERE line_id = ?',
    [lineId],
  );
  return {
    cycleId: String(line.cycle_id),
    currency: String(line.currency),
    amountMinor: toSafeInteger(line.amount_minor),
    correctedMinor: sum(corrections.map((row) => toSafeInteger(row.amount_minor))),
    sides: await readLineSides(manager, lineId),
  };
}

async function readLineSides(manager: EntityManager, lineId: string) {
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT line_id, merchant_id, statement_id, state FROM points_clearing_side
     WHERE line_id = ? ORDER BY statement_id`,
    [lineId],
  );
  return rows.map((row) => ({ ...sideOf(row), statementId: String(row.statement_id) }));
}

/** What the next cycle has to add to a line, so that all together are the right amount. */
function differenceTo(
  line: Line,
  amount: Readonly<{ amountMinor: number; currency: string }> | null,
): number | InvalidInput {
  if (amount === null) return invalidInput('CORRECTION_NEEDS_AMOUNT', 'amount');
  if (amount.currency !== line.currency) {
    return invalidInput('CURRENCY_DIFFERS', 'amount.currency', { currency: line.currency });
  }
  if (Math.abs(amount.amountMinor) > CORRECTION_MAX) {
    return invalidInput('CORRECTION_TOO_LARGE', 'amount', { max: CORRECTION_MAX });
  }
  const difference = sum([amount.amountMinor, -line.amountMinor, -line.correctedMinor]);
  return difference === 0 ? invalidInput('CORRECTION_CHANGES_NOTHING', 'amount') : difference;
}
