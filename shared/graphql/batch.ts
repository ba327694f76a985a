import DataLoader from 'dataloader';
import { gathering } from '../commands/gathering.ts';

/** How many keys go into one statement. SQLite takes 32,766 parameters; more is asked in parts. */
const BATCH_MAX = 5_000;

/** A loader of at most one row for each key. A missing row is `null`. */
export function batchByKey<Row>(
  keyOf: (row: Row) => string,
  load: (keys: string[]) => Promise<Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await load([...keys])).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: BATCH_MAX },
  );
}

/** A loader of all rows for each key, in the order in which `load` answers them. */
export function batchManyByKey<Row>(
  keyOf: (row: Row) => string,
  load: (keys: string[]) => Promise<Row[]>,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const rows = Map.groupBy(await load([...keys]), keyOf);
      return keys.map((key) => rows.get(key) ?? []);
    },
    { maxBatchSize: BATCH_MAX },
  );
}

type Load<Row> = (keys: string[]) => Promise<Row[]>;

/** A request that asks for more has a statement of its own. */
const SHARED_KEYS_MAX = 50;
const REQUESTS_MAX = 100;

const shared = new WeakMap<object, Map<string, Load<unknown>>>();

/**
 * A reading that requests share which ask at the same time: while one is under way those who ask gather, and get the
 * rows of all of them. It begins after the last of them asked, so nobody is answered with what was before.
 */
export function acrossRequests<Row>(reader: object, name: string, load: Load<Row>): Load<Row> {
  const byName = shared.get(reader) ?? new Map<string, Load<unknown>>();
  shared.set(reader, byName);
  // Under one name stands one reading.
  const known = byName.get(name) as Load<Row> | undefined;
  if (known !== undefined) return known;
  const gather = gathering<string[], Row[]>(async (round) => {
    const rows = await load([...new Set(round.flat())]);
    return round.map(async () => rows);
  }, REQUESTS_MAX);
  const made: Load<Row> = (keys) => (keys.length > SHARED_KEYS_MAX ? load(keys) : gather(keys));
  byName.set(name, made);
  return made;
}
