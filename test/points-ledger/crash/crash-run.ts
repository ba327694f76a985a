import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { type MariadbServer, startMariadb } from '../../support/mariadb.ts';
import { History, Racer } from './racer.ts';
import { createDice, type Dice, randomRequests } from './random-requests.ts';
import { type Reckoning, reckon } from './reckon.ts';
import { clockSince, prepare } from './terms.ts';

export type CrashOptions = Readonly<{
  engine: 'sqlite' | 'mariadb';
  seed: number;
  /** How many processes race, three at most. */
  racers: number;
  commands: number;
  /** At least so many processes of the ledger are killed, and on MariaDB so many times the server. */
  kills: number;
  databaseKills: number;
  /** Between two kills at least; on a slow machine more, so that they are spread over all commands. */
  pauseMs: readonly [min: number, max: number];
  progress?: (line: string) => void;
}>;

export type CrashResult = Reckoning &
  Readonly<{ kills: number; databaseKills: number; acknowledged: number; seconds: number }>;

/** The clock of one machine is an hour behind. */
const SKEW_MS = [0, -60 * 60 * 1000, 0];
/** When nobody is told anything for so long, something hangs. */
const SILENCE_MS = 60_000;

/**
 * Some processes of the ledger race the same commands on one database while they and the database are
 * killed. Answers what is wrong afterwards, and how often what was killed.
 */
export async function runCrashes(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-crash-'));
  const server = options.engine === 'mariadb' ? await startMariadb({ isDurable: true }) : null;
  try {
    return await raceAndReckon(options, folder, server);
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function raceAndReckon(
  options: CrashOptions,
  folder: string,
  server: MariadbServer | null,
): Promise<CrashResult> {
  const url = server?.url('crash') ?? `sqlite:${folder}`;
  const { seed, commands } = options;
  const started = Date.now();
  const { name, entities, migrations } = pointsLedger;
  const open = () => Database.open({ address: addressUnder(url, name), entities, migrations });
  // The tables and the registers are made before anybody is killed.
  const before = await open();
  await prepare(before, commands);
  await before.close();
  const dice = createDice(seed + 1);
  const history = new History();
  const logs = Array.from({ length: options.racers }, (_, racer) =>
    join(folder, `told-${racer}.jsonl`),
  );
  const racers = logs.map((log, racer) => {
    writeFileSync(log, '');
    const words = [url, seed, commands, started, SKEW_MS[racer]].map(String);
    const offset = Math.floor((racer * commands) / options.racers);
    return new Racer({ words, count: commands, offset, dice, log, history });
  });
  for (const racer of racers) racer.start();
  let killed: Pick<CrashResult, 'kills' | 'databaseKills'>;
  try {
    killed = await killAtRandom(options, racers, dice, server);
  } finally {
    await Promise.all(racers.map((racer) => racer.stop()));
  }
  const seconds = (Date.now() - started) / 1000;
  options.progress?.(`${sum(racers)} acknowledgements in ${seconds.toFixed(0)} s; reckoning`);
  const database = await open();
  try {
    const requests = randomRequests(seed, commands);
    const reckoning = await reckon(database.reader, {
      ...{ requests, logs, history },
      // Notices may have been given on a day that no entry has reached.
      clock: clockSince(started),
    });
    return { ...reckoning, ...killed, acknowledged: sum(racers), seconds };
  } finally {
    await database.close();
  }
}

/** Kills until every client knows everything and enough was killed. */
async function killAtRandom(
  { commands, kills: due, databaseKills: databaseDue, pauseMs, progress }: CrashOptions,
  racers: readonly Racer[],
  dice: Dice,
  server: MariadbServer | null,
) {
  const done = { kills: 0, databaseKills: 0 };
  let heard = { at: Date.now(), acknowledged: 0 };
  const databaseEach = server === null ? 0 : Math.max(1, Math.floor(due / databaseDue));
  const isOver = () =>
    done.kills >= due &&
    (server === null || done.databaseKills >= databaseDue) &&
    racers.every(({ isDone }) => isDone);
  while (!isOver()) {
    await sleep(dice.roll(...pauseMs));
    const racer = racers[dice.roll(0, racers.length - 1)];
    const isTime = sum(racers) / (racers.length * commands) >= done.kills / due;
    if (isTime && done.kills < due && racer?.kill() === true) {
      done.kills += 1;
      if (server !== null && done.kills % databaseEach === 0) {
        await server.killAndRestart();
        done.databaseKills += 1;
      }
      if (done.kills % 10 === 0) progress?.(`${done.kills} kills, ${sum(racers)} acknowledgements`);
    }
    const acknowledged = sum(racers);
    if (acknowledged > heard.acknowledged) heard = { at: Date.now(), acknowledged };
    if (Date.now() - heard.at > SILENCE_MS) throw new Error('nobody is answered any more');
  }
  return done;
}

const sum = (racers: readonly Racer[]): number =>
  racers.reduce((total, { acknowledged }) => total + acknowledged, 0);
