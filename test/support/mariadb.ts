import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { fastFolder } from './folders.ts';

export type MariadbServer = Readonly<{
  /** `mysql://root@localhost/PREFIX?socket=…`: give a prefix to get the URL of fresh databases. */
  url: (prefix: string) => string;
  /** Ends it outright, as a power cut would, and starts it again on what it left. */
  killAndRestart: () => Promise<void>;
  /** Processor time that it has used since it was started, in microseconds; null where no system tells. */
  cpuUs: () => number | null;
  stop: () => Promise<void>;
}>;

/**
 * Of a server that nobody starts a second time. Half of what a world of a test costs it is to make and remove a
 * hundred tables: here they have no files and no stored statistics of their own.
 */
const forgetful = [
  '--innodb-doublewrite=0',
  '--innodb-file-per-table=0',
  '--innodb-stats-persistent=0',
];

/** The server program of MariaDB or MySQL on this machine, or null. */
export function findMariadb(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const program of ['mariadbd', 'mysqld']) {
    const found = folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Starts a throw-away server with an empty folder and no network. `isDurable` puts it on a real disk
 * and flushes at each commit, as in production; otherwise it is as fast as a test wants it.
 */
export async function startMariadb({
  isDurable = false,
  bufferPoolMb = 256,
}: {
  isDurable?: boolean;
  bufferPoolMb?: number;
} = {}): Promise<MariadbServer> {
  const program = findMariadb();
  if (program === null) throw new Error('No mariadbd or mysqld found: install mariadb-server');
  const folder = mkdtempSync(join(isDurable ? tmpdir() : fastFolder(), 'tongdui-db-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'server.sock');
  // A server that starts deletes the temporary tables it finds, those of another test run included.
  const env = { ...process.env, TMPDIR: folder };
  initialise(program, data, env);
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const words = [
    '--no-defaults',
    ...user,
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'server.pid')}`,
    '--skip-networking',
    '--max-connections=400',
    `--innodb-flush-log-at-trx-commit=${isDurable ? 1 : 0}`,
    ...(isDurable ? [] : forgetful),
    `--innodb-buffer-pool-size=${bufferPoolMb}M`,
  ];
  const start = () => spawn(program, words, { stdio: 'ignore', env });
  let server = start();
  const end = async (signal: NodeJS.Signals) => {
    const exited = new Promise((done) => server.once('exit', done));
    server.kill(signal);
    await exited;
  };
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) await end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  const killAndRestart = async () => {
    await end('SIGKILL');
    server = start();
    await answering(socket);
  };
  await answering(socket).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const url = (prefix: string) => `mysql://root@localhost/${prefix}?socket=${socket}`;
  return { url, killAndRestart, cpuUs: () => cpuUsOf(server.pid), stop };
}

/** Linux counts it in ticks, a hundred a second: the 14th and 15th word, counted from behind the name. */
function cpuUsOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  const words = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(words[11]) + Number(words[12])) * 10_000;
}

function initialise(program: string, data: string, env: NodeJS.ProcessEnv): void {
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  if (program.endsWith('mysqld') && !existsSync(program.replace('mysqld', 'mariadbd'))) {
    execFileSync(
      program,
      ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user],
      { env },
    );
    return;
  }
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...user],
    { stdio: 'ignore', env },
  );
}

async function answering(socketPath: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const connection = await createConnection({ socketPath, user: 'root' });
      await connection.end();
      return;
    } catch (error) {
      if (attempt === 150) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}
