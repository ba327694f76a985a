import { createHash, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SubgraphSdl } from '../compose.ts';
import type { Candidate } from './compose-alliance.ts';

const root = join(import.meta.dirname, '../..');

const KEPT_MAX = 8;

type Composition = Readonly<{
  platform: readonly SubgraphSdl[];
  candidates: readonly Candidate[];
  /** The supergraph without any merchant. */
  alone: string;
}>;

/**
 * Keeps supergraphs that were proven, for a developer who starts the same alliance many times: to compose and
 * prove one takes longer than all the rest of a start. A supergraph is found again only for the same contracts,
 * judged by the same program. Whatever cannot be read or kept is as if it were not there.
 */
export class Remembered {
  readonly #folder: string;

  /** A folder of this user alone, in that for temporary files unless told otherwise. */
  constructor(folder = join(tmpdir(), `tongdui-supergraphs-${userInfo().uid}`)) {
    this.#folder = folder;
  }

  find(composition: Composition): string | null {
    try {
      const file = this.#fileOf(composition);
      const { uid } = userInfo();
      const isOurs = [this.#folder, file].every((path) => uid === -1 || statSync(path).uid === uid);
      return isOurs ? readFileSync(file, 'utf8') : null;
    } catch {
      return null;
    }
  }

  keep(composition: Composition, supergraphSdl: string): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const file = this.#fileOf(composition);
      const draft = `${file}.${randomUUID()}`;
      writeFileSync(draft, supergraphSdl, { mode: 0o600 });
      renameSync(draft, file);
      this.#forget();
    } catch {
      // The next start composes it again.
    }
  }

  /** Each is about a megabyte: of those that were kept longest ago nothing is left. */
  #forget(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
    const age = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
    const oldestLast = files.toSorted((a, b) => (age.get(b) ?? 0) - (age.get(a) ?? 0));
    for (const file of oldestLast.slice(KEPT_MAX)) rmSync(file, { force: true });
  }

  #fileOf({ platform, candidates, alone }: Composition): string {
    const asked = candidates.map(({ prefix, sdl }) => ({ prefix, sdl }));
    const hash = createHash('sha256').update(JSON.stringify([platform, asked, alone]));
    for (const file of programFiles()) hash.update(readFileSync(file));
    return join(this.#folder, `${hash.digest('hex')}.graphql`);
  }
}

/** What decides over a composition: our own part, and the versions of the libraries. */
const programFiles = (): string[] => [
  join(root, 'package.json'),
  join(root, 'gateway/compose.ts'),
  ...readdirSync(import.meta.dirname)
    .toSorted()
    .map((file) => join(import.meta.dirname, file)),
];
