import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { newId } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import type { Request } from '../../../subgraphs/points-ledger/domain/answer.ts';
import type { PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';
import {
  createLedger,
  type Ledger,
  type LedgerFrame,
} from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';

export const WALLETS = 2_000;
const MERCHANTS = 12;

export type Figures = Readonly<{
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of this process for each command: says something on a busy machine too. */
  cpuUs: number;
}>;

/** Books of their own, and how many statements were sent to them so far. */
export type Rig = Readonly<{
  url: string;
  database: Database;
  frame: LedgerFrame;
  sent: { statements: number };
}>;

export async function openRig(url: string): Promise<Rig> {
  const sent = { statements: 0 };
  const database = await Database.open({
    address: addressUnder(url, pointsLedger.name),
    entities: pointsLedger.entities,
    migrations: pointsLedger.migrations,
    onStatement: () => {
      sent.statements += 1;
    },
  });
  const logger = createLogger('error');
  const frame = { database, clock: { now: () => new Date() }, newId, logger };
  return { url, database, frame, sent };
}

/** Posts so many commands of each sort, before anything is timed. */
export async function fund({ frame }: Rig, makes: readonly Make[], count: number): Promise<void> {
  const ledger = createLedger(frame);
  for (const make of makes) {
    for (let start = 0; start < count; start += 3_000) {
      const length = Math.min(3_000, count - start);
      await ledger.post(Array.from({ length }, (_, index) => requestOf(make(start + index))));
    }
  }
}

export type Make = (index: number) => PointsCommand;

export const requestOf = (command: PointsCommand, key = newId()): Request => ({
  scope: 'service:bench',
  key,
  requestHash: key,
  command,
});

export type Load = Readonly<{ make: Make; commands: number; callers: number }>;

/** Callers post one command each, wait for its answer and post the next. */
export async function measure(ledger: Ledger, { make, commands, callers }: Load): Promise<Figures> {
  const latencies: number[] = [];
  let next = 0;
  async function caller(): Promise<void> {
    while (next < commands) {
      const index = next;
      next += 1;
      const asked = performance.now();
      const [outcome] = await ledger.post([requestOf(make(index * 7))]);
      latencies.push(performance.now() - asked);
      if (outcome?.status !== 'ACCEPTED') throw new Error(`refused: ${outcome?.code}`);
    }
  }
  const [started, before] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: Math.min(callers, commands) }, caller));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((latencies[Math.floor((latencies.length - 1) * share)] ?? 0) * 10) / 10;
  return {
    perSecond: Math.round(commands / seconds),
    ...{ p50Ms: at(0.5), p99Ms: at(0.99), cpuUs: Math.round((user + system) / commands) },
  };
}

/** That round of several which is in the middle by its speed. */
export const median = (figures: readonly Figures[]): Figures => {
  const sorted = figures.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

const common = { unit: 'ALLIANCE', ruleVersion: 'v1' };
const merchant = (index: number): string => `merchant-${index % MERCHANTS}`;

/** Wallets by number, as many as there are in the books. */
export type WalletOf = (index: number) => string;
export const walletsOf =
  (count: number): WalletOf =>
  (index) =>
    `wallet-${index % count}`;

const accrual = (index: number, walletId: string, expiresOn: number): PointsCommand => ({
  ...common,
  kind: 'ACCRUE',
  causeKind: 'PURCHASE',
  causeId: newId(),
  walletId,
  points: 100,
  issuerId: merchant(index),
  expiresOn,
  priceClass: '80/100 CNY',
});

const burnAt = (walletId: string, points: number, acceptorId: string): PointsCommand => ({
  ...common,
  kind: 'BURN',
  causeKind: 'REDEMPTION',
  causeId: newId(),
  walletId,
  points,
  acceptorId,
});

/** What is timed. The points of each merchant expire in a month of their own. */
export const commandsOn = (wallet: WalletOf) => ({
  accrue: (index: number) => accrual(index, wallet(index), 20990101 + (index % MERCHANTS) * 100),
  /** From the lot that expires first. */
  burn: (index: number) => burnAt(wallet(index), 30, merchant(index + 5)),
  /** All of them at one merchant. */
  burnAtOne: (index: number) => burnAt(wallet(index), 3, 'merchant-0'),
  burnAtMany: (index: number) => burnAt(wallet(index), 3, merchant(index + 5)),
  /** Lots that expire on one day, so that three issuers share in each burn. */
  accrueEven: (index: number) => accrual(index, `even-${wallet(index)}`, 20991231),
  burnOfThree: (index: number) => burnAt(`even-${wallet(index)}`, 3, merchant(index + 5)),
});

export const commands = commandsOn(walletsOf(WALLETS));

/** As many accruals as burns, on the same wallets. */
export const mixed =
  ({ accrue, burn }: Pick<typeof commands, 'accrue' | 'burn'> = commands): Make =>
  (index) =>
    (index % 2 === 0 ? accrue : burn)(Math.floor(index / 2));
