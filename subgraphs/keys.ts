import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../shared/config.ts';
import type { Keys } from '../shared/graphql/context.ts';

/**
 * The secrets of the subgraphs. In development missing ones are made and kept, with SQLite beside the
 * data, with MySQL under `.data/`, so that the data can be read after a restart. In production they
 * must be given: throws an Error that says so.
 */
export function keysOf(config: Config): Keys {
  const { TONGDUI_CURSOR_KEY: cursor, TONGDUI_PERSONAL_KEY: personal } = config;
  if (cursor !== undefined && personal !== undefined) return { cursor, personal };
  if (config.NODE_ENV === 'production') {
    throw new Error(
      'Production needs TONGDUI_CURSOR_KEY and TONGDUI_PERSONAL_KEY: 32 or more random characters each.',
    );
  }
  const made = developmentKeys(config.TONGDUI_DATABASE_URL);
  return { cursor: cursor ?? made.cursor, personal: personal ?? made.personal };
}

function developmentKeys(databaseUrl: string): Keys {
  const folder = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : '.data';
  const file = join(folder, 'development-keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const made = {
    cursor: randomBytes(32).toString('base64url'),
    personal: randomBytes(32).toString('base64url'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}
