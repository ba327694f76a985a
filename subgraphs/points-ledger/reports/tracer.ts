import type { EntityManager } from 'typeorm';
import { Mutex } from '../../../shared/mutex.ts';
import { Attribution, type Strand } from './attribute.ts';
import { connectedTo, entriesOf, type WalletEntry } from './read-trace.ts';

/** How many entries are gone through for a member or a merchant, and for those who see all. */
export const ENTRIES_MAX = { own: 10_000, all: 100_000 } as const;

/** Wallets that are connected, with all their entries and where the points of them went. */
export type Connected = Readonly<{
  walletIds: ReadonlySet<string>;
  entries: readonly WalletEntry[];
  strands: readonly Strand[];
}>;

/** One at a time in a process: the entries of a large trace take much memory. */
const oneAtATime = new Mutex();

/** Reads what is connected once for a request, however many traces of it are asked for. */
export class Tracer {
  readonly #reader: EntityManager;
  readonly #known: Connected[] = [];

  constructor(reader: EntityManager) {
    this.#reader = reader;
  }

  /** All that is connected with some wallets. Throws BAD_USER_INPUT (TRACE_TOO_LARGE) for more than `most` entries. */
  connected(walletIds: readonly string[], most: number): Promise<Connected> {
    return oneAtATime.run(async () => {
      const known = this.#known.find((one) => walletIds.every((id) => one.walletIds.has(id)));
      if (known !== undefined) return known;
      const all = await connectedTo(this.#reader, walletIds, most);
      const attribution = new Attribution();
      const entries: WalletEntry[] = [];
      for await (const some of entriesOf(this.#reader, all)) {
        for (const entry of some) attribution.add(entry);
        entries.push(...some);
      }
      const made = { walletIds: new Set(all), entries, strands: attribution.strands() };
      this.#known.push(made);
      return made;
    });
  }
}
