import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../shared/config.ts';
import type { Keys } from '../shared/graphql/context.ts';
import { type InternalKeys, internalKeysFrom } from '../shared/network/internal-keys.ts';

/**
 * The secrets of the subgraphs. In development missing ones are made and kept, with SQLite beside the
 * data, with MySQL under `.data/`, so that the data can be read after a restart. In production they
 * must be given: throws an Error that says so, for the last two not before they are asked for, since a
 * process that keeps no personal data, or no books, need not have them.
 */
export function keysOf(config: Config): Keys {
  const { TONGDUI_CURSOR_KEY: cursor, TONGDUI_PERSONAL_KEY: personal, NODE_ENV } = config;
  const demand = (name: string): never => {
    throw new Error(`Production needs ${name}: 32 or more random characters.`);
  };
  const made = () =>
    kept(dataFile(config, 'development-keys.json'), {
      cursor: secret(),
      personal: secret(),
    });
  const isProduction = NODE_ENV === 'production';
  return {
    cursor: cursor ?? (isProduction ? demand('TONGDUI_CURSOR_KEY') : made().cursor),
    get personal() {
      return personal ?? (isProduction ? demand('TONGDUI_PERSONAL_KEY') : made().personal);
    },
    get checkpoint() {
      const { TONGDUI_CHECKPOINT_KEY: given, TONGDUI_CHECKPOINT_NAME: name } = config;
      const fresh = () =>
        kept(dataFile(config, 'development-checkpoint-key.json'), { checkpoint: secret() });
      const key = given ?? (isProduction ? demand('TONGDUI_CHECKPOINT_KEY') : fresh().checkpoint);
      return { secret: key, name, folder: checkpointFolder(config) };
    },
    ...certificatesOf(config),
  };
}

/** The signed list of a certification platform. The file without its key, or the key without its file, is refused. */
function certificatesOf(config: Config): Pick<Keys, 'certificates'> {
  const { TONGDUI_CERTIFICATE_LIST: file, TONGDUI_CERTIFICATE_LIST_KEY: publicKey } = config;
  if (file !== undefined && publicKey !== undefined) return { certificates: { file, publicKey } };
  if (file === undefined && publicKey === undefined) return {};
  throw new Error('TONGDUI_CERTIFICATE_LIST and TONGDUI_CERTIFICATE_LIST_KEY go together.');
}

/** Where the checkpoints of the books are kept: one folder for each set of databases. */
export function checkpointFolder(config: Config): string {
  const { TONGDUI_CHECKPOINT_FOLDER: given, TONGDUI_DATABASE_URL: url } = config;
  if (given !== undefined) return given;
  const folder = dataFile(config, 'checkpoints');
  return url.startsWith('sqlite:') ? folder : join(folder, new URL(url).pathname.slice(1));
}

/** What signs calls between processes. Kept and demanded like the other secrets. */
export function internalKeysOf(config: Config): InternalKeys {
  const { TONGDUI_INTERNAL_KEY: given, NODE_ENV } = config;
  if (given === undefined && NODE_ENV === 'production') {
    throw new Error(
      'Several processes need TONGDUI_INTERNAL_KEY in production: 32 or more random characters.',
    );
  }
  const file = dataFile(config, 'development-internal-key.json');
  return internalKeysFrom(given ?? kept(file, { internal: secret() }).internal);
}

function dataFile({ TONGDUI_DATABASE_URL: url }: Config, name: string): string {
  return join(url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '.data', name);
}

const secret = (): string => randomBytes(32).toString('base64url');

/** What the file has, or is given now. Of several processes that start at once, one makes the file. */
function kept<Secrets extends object>(file: string, fresh: Secrets): Secrets {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      // Another process was faster: its secrets are the ones.
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
