import DataLoader from 'dataloader';

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
