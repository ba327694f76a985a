import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../shared/identifiers.ts';
import { importFile, type Summary } from '../../subgraphs/merchants/import/import-file.ts';
import { type Mapping, shippedMappings } from '../../subgraphs/merchants/import/mapping.ts';
import type { World } from '../support/world.ts';

/** A folder for the files of one test. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'tongdui-import-'));
  return {
    path,
    /** Writes a file and answers its path. */
    file: (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

export function shipped(name: string): Mapping {
  const mapping = shippedMappings.get(name);
  if (mapping === undefined) throw new Error(`no mapping ${name}`);
  return mapping;
}

/** Imports a file into a world as an operator. */
export const importInto = (
  world: World,
  file: string,
  mapping: Mapping,
  { isDryRun = false, report = `${file}.report` }: { isDryRun?: boolean; report?: string } = {},
): Promise<Summary> =>
  importFile({
    file,
    mapping,
    report,
    isDryRun,
    locale: 'en',
    ask: (query, variables) => world.data(query, { ...variables }),
    newId,
    now: world.clock.now,
  });
