import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { commandsOn, fund, type Rig, type WalletOf, walletsOf } from './rig.ts';

const WALLETS = 400;

/** So many copies of the books are made in one statement. */
const COPIES_AT_ONCE = 20;

type Size = Readonly<{ seqs: number; blocks: number; versions: number; rows: number }>;

/** What is there more of: entries of the same members, or members with entries. */
export type Growth = 'HISTORY' | 'MEMBERS';

async function sizeOf(manager: EntityManager): Promise<Size> {
  const one = async (sql: string) => {
    const [row] = await manager.query<{ n: unknown }[]>(sql);
    return toSafeInteger(row?.n ?? 0);
  };
  const entries = await one('SELECT COUNT(*) AS n FROM points_journal_entry');
  return {
    seqs: await one('SELECT MAX(seq) AS n FROM points_journal_entry'),
    blocks: await one('SELECT MAX(height) AS n FROM points_block'),
    versions: await one('SELECT MAX(wallet_ver) AS n FROM points_journal_entry'),
    rows: entries + (await one('SELECT COUNT(*) AS n FROM points_posting')),
  };
}

/** Ten thousand rows of the journal, as the ledger writes them. */
export async function sow(rig: Rig): Promise<void> {
  const { accrue, accrueEven, burnOfThree } = commandsOn(walletsOf(WALLETS));
  await fund(rig, [accrue, accrueEven], WALLETS * 3);
  await fund(rig, [burnOfThree], WALLETS);
}

type Shifts = Readonly<Record<string, 'seqs' | 'blocks' | 'versions' | 'name'>>;

/** What of a column makes a copy a row of its own: numbers move on, names get the number of the copy. */
const numbersAndCauses: Shifts = {
  seq: 'seqs',
  block: 'blocks',
  height: 'blocks',
  first_seq: 'seqs',
  last_seq: 'seqs',
  id: 'name',
  entry_id: 'name',
  cause_id: 'name',
  command_key: 'name',
};

const shifts: Readonly<Record<Growth, Shifts>> = {
  HISTORY: { ...numbersAndCauses, wallet_ver: 'versions', account_ver: 'versions' },
  MEMBERS: { ...numbersAndCauses, wallet_id: 'name' },
};

const journal = [
  ...['points_block', 'points_journal_entry', 'points_posting', 'points_accrual', 'points_burn'],
  'points_command',
];

const tables: Readonly<Record<Growth, readonly string[]>> = {
  HISTORY: journal,
  MEMBERS: ['points_wallet', 'points_wallet_unit', 'points_lot', ...journal],
};

/**
 * Makes books as large as they are after years, from what the ledger itself wrote: copies of all its rows
 * under other names, as later entries of the same wallets or with wallets, lots and balances of their own.
 * Blocks of copies are not sealed over them, so these books are for measuring only. Answers how many rows
 * the journal has, and the wallets that are active: as many as in books that were not grown, so that the same
 * load is compared; with more members they lie all over the tables.
 */
export async function grow(
  { database }: Rig,
  rows: number,
  growth: Growth,
): Promise<Readonly<{ rows: number; wallet: WalletOf }>> {
  const base = await sizeOf(database.reader);
  const copies = Math.max(0, Math.ceil(rows / base.rows) - 1);
  const restore = await takeIndexes(database);
  for (let from = 1; from <= copies; from += COPIES_AT_ONCE) {
    const numbers = Array.from({ length: COPIES_AT_ONCE }, (_, step) => from + step);
    const upTo = numbers.filter((number) => number <= copies);
    await database.transaction(async (manager) => {
      for (const table of tables[growth])
        await copy(manager, table, { base, growth, numbers: upTo });
    });
  }
  await restore();
  // What was just written still lies in the log.
  if (database.dialect.engine === 'sqlite') {
    await database.reader.query('PRAGMA wal_checkpoint(TRUNCATE)');
  }
  await database.transaction(async (manager) => {
    await manager.query('UPDATE points_chain_head SET height = ?, next_seq = ? WHERE shard = 0', [
      (copies + 1) * base.blocks,
      (copies + 1) * base.seqs + 1,
    ]);
    if (growth === 'HISTORY') {
      await manager.query('UPDATE points_wallet SET version = version + ?', [
        copies * base.versions,
      ]);
    }
  });
  const wallet = growth === 'HISTORY' ? walletsOf(WALLETS) : allOver(copies);
  return { rows: (copies + 1) * base.rows, wallet };
}

type Index = Readonly<{ name: string; table: string; make: string }>;

/** Removes the indexes, and answers how they are made again: in one go they are built many times faster. */
async function takeIndexes(database: Rig['database']): Promise<() => Promise<void>> {
  const isSqlite = database.dialect.engine === 'sqlite';
  const indexes = await (isSqlite ? sqliteIndexes : mysqlIndexes)(database.reader);
  const run = (statements: readonly string[]) =>
    database.transaction(async (manager) => {
      for (const statement of statements) await manager.query(statement);
    });
  await run(
    indexes.map(({ name, table }) => `DROP INDEX ${name}${isSqlite ? '' : ` ON ${table}`}`),
  );
  return () => run(indexes.map(({ make }) => make));
}

async function sqliteIndexes(manager: EntityManager): Promise<Index[]> {
  const rows = await manager.query<{ name: string; tbl_name: string; sql: string }[]>(
    "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
  );
  return rows
    .map((row) => ({ name: row.name, table: row.tbl_name, make: row.sql }))
    .filter(({ table }) => tables.MEMBERS.includes(table));
}

async function mysqlIndexes(manager: EntityManager): Promise<Index[]> {
  const rows = await manager.query<{ name: string; tab: string; sole: unknown; cols: string }[]>(
    `SELECT index_name AS name, table_name AS tab, MIN(non_unique) = 0 AS sole,
       GROUP_CONCAT(column_name ORDER BY seq_in_index) AS cols
     FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY' GROUP BY table_name, index_name`,
  );
  return rows
    .filter(({ tab }) => tables.MEMBERS.includes(tab))
    .map(({ name, tab, sole, cols }) => ({
      ...{ name, table: tab },
      make: `CREATE ${Number(sole) === 1 ? 'UNIQUE ' : ''}INDEX ${name} ON ${tab} (${cols})`,
    }));
}

async function copy(
  manager: EntityManager,
  table: string,
  { base, growth, numbers }: Readonly<{ base: Size; growth: Growth; numbers: readonly number[] }>,
): Promise<void> {
  const [row] = await manager.query<Record<string, unknown>[]>(`SELECT * FROM ${table} LIMIT 1`);
  if (row === undefined) return;
  const columns = Object.keys(row);
  const original = columns.includes('seq')
    ? `seq <= ${base.seqs}`
    : columns.some((name) => name === 'block' || name === 'height')
      ? `${columns.includes('height') ? 'height' : 'block'} <= ${base.blocks}`
      : `${columns.includes('wallet_id') ? 'wallet_id' : 'id'} NOT LIKE '%~%'`;
  const values = columns.map((name) => {
    // A posting of a merchant keeps its owner; those of members follow their wallet.
    if (growth === 'MEMBERS' && table === 'points_posting' && name === 'owner_id') {
      return "CASE WHEN account_ver IS NULL THEN owner_id ELSE CONCAT(owner_id, '~', n) END";
    }
    const how = shifts[growth][name];
    if (how === undefined) return name;
    return how === 'name' ? `CONCAT(${name}, '~', n)` : `${name} + n * ${base[how]}`;
  });
  const list = numbers.map((number) => `SELECT ${number} AS n`).join(' UNION ALL ');
  await manager.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${values.join(', ')} FROM ${table} CROSS JOIN (${list}) AS numbers WHERE ${original}
     ORDER BY n, ${columns[0]}`,
  );
}

const allOver =
  (copies: number): WalletOf =>
  (index) => {
    const active = index % WALLETS;
    const copy = Math.floor((active * (copies + 1)) / WALLETS);
    return copy === 0 ? `wallet-${active}` : `wallet-${active}~${copy}`;
  };
