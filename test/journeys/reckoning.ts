import { setTimeout as sleep } from 'node:timers/promises';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { catalog } from '../../subgraphs/catalog.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { type Deed, type KindName, kindNames, kinds } from './deeds.ts';

type Row = Readonly<Record<string, string>>;

/** What became of a deed, as the database tells it. */
export type Effect = Readonly<{ deed: Deed; id: string }>;

export type Effects = Readonly<Record<KindName, readonly Effect[]>>;

/** The databases behind an alliance, read past all of its programs. */
export class Reckoning {
  readonly #databases: ReadonlyMap<SubgraphName, Database>;

  private constructor(databases: ReadonlyMap<SubgraphName, Database>) {
    this.#databases = databases;
  }

  static async open(databaseUrl: string): Promise<Reckoning & AsyncDisposable> {
    const databases = new Map<SubgraphName, Database>();
    for (const { name, entities, migrations } of catalog) {
      const address = addressUnder(databaseUrl, name);
      databases.set(name, await Database.open({ address, entities, migrations }));
    }
    return Object.assign(new Reckoning(databases), {
      async [Symbol.asyncDispose]() {
        for (const database of databases.values()) await database.close();
      },
    });
  }

  rows(name: SubgraphName, sql: string): Promise<Row[]> {
    const database = this.#databases.get(name);
    if (database === undefined) throw new Error(`no database of ${name}`);
    return database.reader.query(sql);
  }

  /** The rows of a first column and a number. */
  async counts(name: SubgraphName, sql: string): Promise<Map<string, number>> {
    const rows = await this.rows(name, sql);
    return new Map(rows.map(({ what, n }) => [String(what), Number(n)]));
  }

  async one(name: SubgraphName, sql: string): Promise<number> {
    const [row] = await this.rows(name, sql);
    return Number(row?.n);
  }

  problemsOfBooks(): Promise<string[]> {
    const database = this.#databases.get('points-ledger');
    if (database === undefined) throw new Error('no database of the books');
    return verifyBooks(database.reader);
  }

  /** What the programs still have to do in the background; waits for it so long at most. */
  async unfinished(patienceMs: number): Promise<object> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const left = await this.#left();
      const isDone = Object.values(left).every((count) => count === 0);
      if (isDone || performance.now() > until) return left;
      await sleep(250);
    }
  }

  async #left(): Promise<Record<string, number>> {
    const left: Record<string, number> = {
      redemptions: await this.one(
        'rewards-catalog',
        "SELECT COUNT(*) AS n FROM rewards_redemption WHERE status = 'PENDING'",
      ),
      postings: await this.one(
        'merchants',
        "SELECT COUNT(*) AS n FROM merchants_posting WHERE state = 'WAITING'",
      ),
    };
    const heads = new Map<string, number>();
    for (const name of subgraphNames) {
      heads.set(name, await this.one(name, 'SELECT position AS n FROM frame_feed_head'));
    }
    for (const [name, consumer, feed] of [
      ['members', 'members-qualifying', 'merchants'],
      ['green-consumption', 'green-purchases', 'merchants'],
      ['green-consumption', 'green-redemptions', 'rewards-catalog'],
    ] as const) {
      const cursors = await this.counts(
        name,
        'SELECT consumer AS what, position AS n FROM frame_feed_cursor',
      );
      left[consumer] = (heads.get(feed) ?? 0) - (cursors.get(consumer) ?? 0);
    }
    return left;
  }

  /** The effects of the deeds of a kind: what the subgraph remembers of each key. */
  async #effectsOf(kind: KindName, deeds: readonly Deed[]): Promise<Effect[]> {
    const { subgraph, command = kind, effect, success, made } = kinds[kind];
    const remembered = await this.rows(
      subgraph,
      `SELECT idempotency_key, outcome FROM frame_command WHERE name = '${command}'`,
    );
    const outcomes = new Map(
      remembered.map(({ idempotency_key: key, outcome }) => [key, JSON.parse(String(outcome))]),
    );
    return deeds.flatMap((deed) => {
      const outcome = deed.kind === kind ? outcomes.get(deed.key) : undefined;
      const took = outcome?.kind === (effect ?? success);
      return took ? [{ deed, id: String(outcome[`${made}Id`]) }] : [];
    });
  }

  /** The effects of all deeds, by kind. */
  async effects(deeds: readonly Deed[]): Promise<Effects> {
    const all = kindNames.map(async (kind) => [kind, await this.#effectsOf(kind, deeds)] as const);
    return Object.fromEntries(await Promise.all(all)) as Record<KindName, Effect[]>;
  }
}
