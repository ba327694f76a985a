import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { canonicalJson, sha256 } from '../../../../shared/identifiers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { Request } from '../../domain/answer.ts';
import type { Accrue, Failure, Outcome } from '../../domain/command.ts';
import type { Ledger } from '../../ledger/create-ledger.ts';
import type { OpeningBalance } from '../domain/opening-balance.ts';
import { balanceOf, type ImportRow, readImport, setState } from '../import/rows.ts';

type Row = Record<string, string>;

const PAGE = 500;

/**
 * Books the rows of imports that were reconciled, a page at a time. Each row is an ordinary ACCRUE under a key
 * of its import and number, so whoever is killed or works at the same time, it is booked once: what was booked
 * and not written down is answered from memory.
 */
export function bookImports(
  { database }: Pick<Frame, 'database'>,
  ledger: Ledger,
  { page = PAGE }: Readonly<{ page?: number }> = {},
): Worker {
  async function step(): Promise<boolean> {
    const [open] = await database.reader.query<Row[]>(
      "SELECT id FROM points_import WHERE state = 'BOOKING' ORDER BY created_ms, id LIMIT 1",
    );
    const found = open === undefined ? null : await readImport(database.reader, String(open.id));
    if (found === null) return false;
    const rows = await waitingRows(database.reader, found.id, page);
    const outcomes = await ledger.post(rows.map((row) => opening(found, row)));
    const settled = rows.flatMap(({ line }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined || outcome.status === 'FAILED' ? [] : [{ line, outcome }];
    });
    await database.transaction(async (manager) => {
      await writeOutcomes(manager, found.id, settled);
      if (rows.length === 0) await setState(manager, found.id, 'DONE');
    });
    // A page of nothing but failures is not gone through at once again.
    return rows.length === 0 || settled.length > 0;
  }
  return { name: 'opening balances are booked', restMs: 1_000, step };
}

async function waitingRows(
  reader: EntityManager,
  importId: string,
  limit: number,
): Promise<OpeningBalance[]> {
  const rows = await reader.query<Row[]>(
    `SELECT * FROM points_import_row WHERE import_id = ? AND state = 'WAITING'
     ORDER BY line LIMIT ${limit}`,
    [importId],
  );
  return rows.map(balanceOf);
}

function opening(
  { id, issuerId, unit }: ImportRow,
  { line, memberId, points, expiresOn, priceClass }: OpeningBalance,
): Request {
  const command: Accrue = {
    kind: 'ACCRUE',
    walletId: memberId,
    unit,
    points,
    issuerId,
    expiresOn,
    priceClass,
    causeKind: 'IMPORT',
    causeId: id,
    causeLine: String(line),
    ruleVersion: null,
  };
  const requestHash = sha256(canonicalJson(command));
  return { scope: 'service:points-ledger', key: `import:${id}:${line}`, requestHash, command };
}

async function writeOutcomes(
  manager: EntityManager,
  importId: string,
  settled: readonly Readonly<{ line: number; outcome: Outcome | Failure }>[],
): Promise<void> {
  if (settled.length === 0) return;
  const when = settled.map(() => 'WHEN ? THEN ?').join(' ');
  await execute(
    manager,
    `UPDATE points_import_row SET state = CASE line ${when} END, entry_id = CASE line ${when} END,
       code = CASE line ${when} END
     WHERE import_id = ? AND line IN (${placeholders(settled.length)})`,
    [
      ...settled.flatMap(({ line, outcome }) => [
        line,
        outcome.status === 'ACCEPTED' ? 'BOOKED' : 'REFUSED',
      ]),
      ...settled.flatMap(({ line, outcome }) => [line, outcome.entryId]),
      ...settled.flatMap(({ line, outcome }) => [line, outcome.code]),
      importId,
      ...settled.map(({ line }) => line),
    ],
  );
}
