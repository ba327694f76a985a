import { dayOf } from '../../../../shared/calendar.ts';
import { rememberedOutcome, type Work } from '../../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../../shared/currency.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import { knownMembers } from '../../commands/for-members.ts';
import { isMerchant } from '../../commands/for-merchant.ts';
import type { Context } from '../../context.ts';
import type { ImportBalancesInput, ImportTotalsInput } from '../../schema.generated.ts';
import { type GivenRow, type RowProblem, readRow, sortRows } from '../domain/opening-balance.ts';
import { csvRows, givenRows } from '../import/read-rows.ts';
import {
  type ImportRow,
  type ImportTotals,
  readImport,
  readKept,
  setState,
  totalsOf,
} from '../import/rows.ts';

/** What one call may hold, so that its transaction stays short. */
export const ROWS_MAX = 2_000;
/** The most points of one import, and the most fen that they may cost. */
const TOTAL_MAX = 1_000_000_000_000;
const ID_MAX = 64;
/** Leaves room for the number of a row in the keys of its commands. */
const IMPORT_ID_MAX = 60;

export type BalancesRead = Readonly<{
  kind: 'BalancesRead';
  importId: string;
  isKept: boolean;
  kept: number;
  unchanged: number;
  problems: readonly RowProblem[];
  totals: ImportTotals;
}>;

type Outcome =
  | BalancesRead
  | Refused<'ReconciliationDiffers'>
  | Refused<'ImportClosed'>
  | InvalidInput;

/**
 * Takes in opening balances of a programme that joins. Rows are kept, call by call; with `stated` the import is
 * complete, and when all its rows add up to what is stated, it waits for a second person to approve it. A dry run keeps
 * nothing. Throws SUBGRAPH_UNAVAILABLE when members or merchants cannot be asked.
 */
export async function importBalances(
  context: Context,
  input: ImportBalancesInput,
): Promise<Outcome> {
  const rows = readInput(input);
  if (!Array.isArray(rows)) return rows;
  const known = input.dryRun
    ? null
    : await rememberedOutcome(context, commandOf([], new Set()), input);
  if (known !== null) return known.outcome;
  if (!(await isMerchant(context, input.issuerId))) {
    return invalidInput('MERCHANT_UNKNOWN', 'issuerId');
  }
  const members = await knownMembers(
    context,
    rows.map(({ member }) => member),
  );
  if (!input.dryRun) return context.run(commandOf(rows, members), input);
  return importInto(
    context.database.reader,
    input,
    { rows, members, at: context.clock.now() },
    null,
  );
}

/** The name of the function is that under which its answers are remembered. */
const commandOf = (rows: readonly GivenRow[], members: ReadonlySet<string>) =>
  async function importBalances(work: Work, input: ImportBalancesInput): Promise<Outcome> {
    return importInto(work.manager, input, { rows, members, at: work.at }, work);
  };

function readInput(input: ImportBalancesInput): GivenRow[] | InvalidInput {
  const wrong =
    checkKey('importId', input.importId, IMPORT_ID_MAX) ??
    checkKey('issuerId', input.issuerId, ID_MAX) ??
    checkUnit('unit', input.unit);
  if (wrong !== null) return wrong;
  const { csv = null, rows = null } = input;
  if ((csv === null) === (rows === null)) return invalidInput('IMPORT_ROWS_OR_CSV', 'rows');
  const read = csv === null ? givenRows(rows ?? []) : csvRows(csv, input.firstRow);
  if (!Array.isArray(read)) {
    return invalidInput('IMPORT_CSV_NOT_USABLE', 'csv', { detail: read.problem });
  }
  const isEmpty = read.length === 0 && input.stated == null;
  return isEmpty || read.length > ROWS_MAX
    ? invalidInput('IMPORT_TOO_MANY_ROWS', 'rows', { max: ROWS_MAX })
    : read;
}

type Given = Readonly<{ rows: readonly GivenRow[]; members: ReadonlySet<string>; at: Date }>;

/** `work` is null in a dry run. */
async function importInto(
  manager: Work['manager'],
  { importId, issuerId, unit, stated }: ImportBalancesInput,
  { rows, members, at }: Given,
  work: Work | null,
): Promise<Outcome> {
  if (work !== null) await openImport(work, { id: importId, issuerId, unit });
  const ending = work === null ? '' : work.dialect.forUpdate;
  const found = await readImport(manager, importId, ending);
  if (found !== null && (found.issuerId !== issuerId || found.unit !== unit)) {
    return invalidInput('IMPORT_OF_OTHERS', 'importId');
  }
  if (found !== null && found.state !== 'OPEN') return refused('ImportClosed', 'IMPORT_CLOSED');
  const read = rows.map((row) =>
    isCurrency(row.price.slice(-3))
      ? readRow(row, dayOf(at))
      : { line: row.line, code: 'PRICE_NOT_USABLE' },
  );
  const usable = read.flatMap((row) => ('code' in row ? [] : [row]));
  const kept = await readKept(manager, importId, usable);
  const { fresh, unchanged, problems } = sortRows(read, members, kept);
  const totals = await totalsOf(manager, importId, fresh);
  if (totals.points > TOTAL_MAX || totals.liability.some((cost) => cost.amountMinor > TOTAL_MAX)) {
    return invalidInput('IMPORT_TOO_LARGE', 'rows', { max: TOTAL_MAX });
  }
  if (stated != null && !isAsStated(totals, stated)) {
    const { rows: count, points } = totals;
    return refused('ReconciliationDiffers', 'RECONCILIATION_DIFFERS', { rows: count, points });
  }

  // From here on the command must succeed.
  if (work !== null) {
    await insertRows(
      manager,
      'points_import_row',
      ['import_id', 'line', 'member_id', 'points', 'expires_on', 'price_class', 'state'],
      fresh.map((one) => [
        importId,
        one.line,
        one.memberId,
        one.points,
        one.expiresOn,
        one.priceClass,
        'WAITING',
      ]),
    );
    if (stated != null) await setState(manager, importId, 'STATED', work.caller.subject);
  }
  const isKept = work !== null;
  return {
    kind: 'BalancesRead',
    importId,
    isKept,
    kept: fresh.length,
    unchanged,
    problems,
    totals,
  };
}

const openImport = (
  { manager, dialect, at }: Work,
  { id, issuerId, unit }: Pick<ImportRow, 'id' | 'issuerId' | 'unit'>,
): Promise<void> =>
  insertRows(
    manager,
    'points_import',
    ['id', 'issuer_id', 'unit', 'state', 'created_ms'],
    [[id, issuerId, unit, 'OPEN', at.getTime()]],
    { ending: dialect.onDuplicateKeep(['id']) },
  );

/** Currencies of which nothing is owed may be left out. */
function isAsStated(totals: ImportTotals, stated: ImportTotalsInput): boolean {
  const owed = (all: readonly Readonly<{ amountMinor: number; currency: string }>[]) =>
    all
      .filter(({ amountMinor }) => amountMinor !== 0)
      .map(({ amountMinor, currency }) => `${currency} ${amountMinor}`)
      .toSorted()
      .join();
  return (
    totals.rows === stated.rows &&
    totals.points === stated.points &&
    owed(totals.liability) === owed(stated.liability)
  );
}
