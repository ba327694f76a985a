import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../../shared/clock.ts';
import type { Request } from '../../../subgraphs/points-ledger/domain/answer.ts';
import type { Outcome } from '../../../subgraphs/points-ledger/domain/command.ts';
import { verifyBooks } from '../../../subgraphs/points-ledger/queries/verify-books.ts';
import type { Acknowledgement, History } from './racer.ts';
import { SCOPE } from './random-requests.ts';
import { forbidden } from './rules.ts';

export type Reckoning = Readonly<{
  /** Acknowledged, and not in the books. */
  lost: string[];
  /** Told one thing at one time and another at another. */
  contradictory: string[];
  /** What else is wrong with the books. */
  problems: string[];
  accepted: number;
  refused: number;
  /** Entries by their kind, those of the workers included. */
  entries: Readonly<Record<string, number>>;
}>;

type Run = Readonly<{
  requests: readonly Request[];
  /** The files in which is written what was told to whom. */
  logs: readonly string[];
  history: History;
  /** That of the ledger's processes. */
  clock: Clock;
}>;

type Row = Record<string, unknown>;

/** Compares everything that clients were told with what the database says now. */
export async function reckon(
  reader: EntityManager,
  { requests, logs, history, clock }: Run,
): Promise<Reckoning> {
  const told = logs.flatMap(readLog);
  const outcomes = await readOutcomes(reader);
  const entries = await readEntries(reader);
  const lost = told.flatMap(({ index, outcome }) => {
    const isThere = outcomes.has(index) && isBooked(outcome, entries);
    return isThere ? [] : [`command ${index}: told ${JSON.stringify(outcome)}`];
  });
  const contradictory = told.flatMap(({ index, outcome }) => {
    const stored = outcomes.get(index);
    return stored === undefined || isDeepStrictEqual(stored, outcome)
      ? []
      : [`command ${index}: told ${JSON.stringify(outcome)}, now ${JSON.stringify(stored)}`];
  });
  const accepted = [...outcomes.values()].filter(({ status }) => status === 'ACCEPTED').length;
  const problems = [
    ...(await verifyBooks(reader, { clock })),
    ...unanswered(requests, logs),
    ...outOfOrder(told, entries, history),
    ...(await unexplained(reader, accepted)),
    ...(await forbidden(reader, requests.length)),
  ];
  const refused = outcomes.size - accepted;
  return { lost, contradictory, problems, accepted, refused, entries: await countKinds(reader) };
}

const readLog = (file: string): Acknowledgement[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

async function readOutcomes(reader: EntityManager): Promise<Map<number, Outcome>> {
  const rows = await reader.query<Row[]>(
    'SELECT command_key, outcome FROM points_command WHERE scope = ?',
    [SCOPE],
  );
  return new Map(
    rows.map(({ command_key: key, outcome }) => [
      Number(String(key).slice('command-'.length)),
      JSON.parse(String(outcome)),
    ]),
  );
}

/** The versions of the wallets that an entry concerns: one, or two. */
type Places = readonly (readonly [walletId: string, version: number])[];
type Versions = ReadonlyMap<string, Places>;

/** By the id of an entry. */
async function readEntries(reader: EntityManager): Promise<Versions> {
  const rows = await reader.query<Row[]>(
    'SELECT id, wallet_id, wallet_ver, counter_wallet_id, counter_ver FROM points_journal_entry',
  );
  return new Map(
    rows.map((row) => {
      const first = [String(row.wallet_id), Number(row.wallet_ver)] as const;
      const { counter_wallet_id: other, counter_ver: version } = row;
      const second = other === null ? [] : [[String(other), Number(version)] as const];
      return [String(row.id), [first, ...second]];
    }),
  );
}

async function countKinds(reader: EntityManager): Promise<Record<string, number>> {
  const rows = await reader.query<Row[]>(
    'SELECT kind, COUNT(*) AS n FROM points_journal_entry GROUP BY kind ORDER BY kind',
  );
  return Object.fromEntries(rows.map(({ kind, n }) => [String(kind), Number(n)]));
}

const isBooked = ({ entryId }: Outcome, entries: Versions): boolean =>
  entryId === null || entries.has(entryId);

/** Every client was told the outcome of every command. */
const unanswered = (requests: readonly Request[], logs: readonly string[]): string[] =>
  logs.flatMap((log, client) => {
    const answered = new Set(readLog(log).map(({ index }) => index));
    const open = requests.length - answered.size;
    return open === 0 ? [] : [`client ${client} was not told of ${open} commands`];
  });

/**
 * Real time: of two commands on one wallet, the one that was acknowledged to anybody before the other
 * was asked by anybody comes first in the books. An entry over two wallets stands in the order of both.
 */
function outOfOrder(
  told: readonly Acknowledgement[],
  entries: Versions,
  { firstAsked }: History,
): string[] {
  const spans = Map.groupBy(told, ({ index }) => index)
    .entries()
    .flatMap(([index, all]) => {
      const places = entries.get(all[0]?.outcome.entryId ?? '') ?? [];
      const asked = firstAsked.get(index) ?? 0;
      const toldFirst = Math.min(...all.map((one) => one.told));
      return places.map(([walletId, version]) => ({
        ...{ index, walletId, version, asked, told: toldFirst },
      }));
    });
  return Map.groupBy(spans, ({ walletId }) => walletId)
    .values()
    .flatMap((own) => {
      // From the last version down: nobody later in the books was told before this one was asked.
      let earliest = { told: Number.POSITIVE_INFINITY, index: -1 };
      return own
        .toSorted((a, b) => b.version - a.version)
        .flatMap((span) => {
          const isLate = earliest.told < span.asked;
          const problem = `command ${span.index} is booked before ${earliest.index}, told earlier`;
          if (span.told < earliest.told) earliest = span;
          return isLate ? [problem] : [];
        });
    })
    .toArray();
}

/** Every entry is the effect of one accepted command, of the clients or of the ledger itself. */
async function unexplained(reader: EntityManager, accepted: number): Promise<string[]> {
  const own = await reader.query<Row[]>('SELECT outcome FROM points_command WHERE scope <> ?', [
    SCOPE,
  ]);
  const ownAccepted = own.filter(
    ({ outcome }) => JSON.parse(String(outcome)).status === 'ACCEPTED',
  ).length;
  const [row] = await reader.query<Row[]>('SELECT COUNT(*) AS n FROM points_journal_entry');
  const entries = Number(row?.n);
  return entries === accepted + ownAccepted
    ? []
    : [`${entries} entries for ${accepted + ownAccepted} accepted commands`];
}
