import type { Mutant } from './mutant.ts';

type Part = Omit<Mutant, 'file' | 'test'>;

const of = (file: string, test: string, parts: readonly Part[]): Mutant[] =>
  parts.map((part) => ({ file: `subgraphs/points-ledger/${file}`, test: `test/${test}`, ...part }));

/** How a batch reaches the database: locks, guards, keys, and what is answered when. */
export const batches: readonly Mutant[] = [
  ...of('ledger/read-books.ts', 'points-ledger/ledger.test.ts', [
    {
      line: 'the lock on the wallets',
      find: `ORDER BY id \${dialect.forUpdate}\``,
      replace: 'ORDER BY id`',
      name: 'on MariaDB … of twenty burns at once through two processes',
    },
    {
      line: 'the lock comes before everything that is read',
      find: `  const { wallets, added } = await lockWallets(transaction, walletIds);
  for (const wallet of wallets) books.wallets.set(wallet.id, wallet);`,
      replace: `  await readMemory(manager, requests);
  const { wallets, added } = await lockWallets(transaction, walletIds);
  for (const wallet of wallets) books.wallets.set(wallet.id, wallet);`,
      name: 'nothing of a wallet is read before it is locked',
    },
    {
      line: 'the memory of what was answered is read',
      find: '    rows.map((row) => [\n      requestText(',
      replace: '    rows.slice(0, 0).map((row) => [\n      requestText(',
      name: 'a repeated key gets the first answer',
    },
  ]),
  ...of('ledger/read-books.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'wallets are made and locked in the order of their ids',
      find: 'unique([...named, ...further]).toSorted()',
      replace: 'unique([...named, ...further])',
      name: 'wallets are made and locked in the order of their ids',
    },
    {
      line: 'the lock goes in the order of ids',
      find: ` ORDER BY id \${dialect.forUpdate}\``,
      replace: ` \${dialect.forUpdate}\``,
      name: 'wallets are made and locked in the order of their ids',
    },
  ]),
  ...of('ledger/write-wallets.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'the guard on the version of a wallet',
      find: ` AND CONCAT(id, ' ', version) IN (`,
      replace: ` AND '' NOT IN (`,
      name: 'a wallet that is not as it was read undoes the whole batch',
    },
    {
      line: 'a guard that does not match undoes the batch',
      find: "  assert(matched === ids.length, 'no wallet changes while it is locked');\n",
      replace: '  void matched;\n',
      name: 'a wallet that is not as it was read undoes the whole batch',
    },
  ]),
  ...of('ledger/write-holds.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'the guard on the state of a hold',
      find: " AND state = 'PLACED'`",
      replace: '`',
      name: 'a hold that is resolved already undoes the whole batch',
    },
  ]),
  ...of('ledger/write-books.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'the guard on the head of the chain (fencing)',
      find: "  assert(matched === 1, 'another writer moved the head of the chain');\n",
      replace: '  void matched;\n',
      name: 'a head of the chain that somebody else moved undoes the whole batch',
    },
  ]),
  ...of('ledger/run-batch.ts', 'points-ledger/ledger.test.ts', [
    {
      line: 'the lock on the head of the chain',
      find: 'readHead(manager, dialect.forUpdate)',
      replace: 'readHead(manager)',
      name: 'on MariaDB … processes that post for different members keep one order',
    },
  ]),
  ...of('ledger/run-batch.ts', 'points-ledger/order.test.ts', [
    {
      line: 'the time of the books only grows',
      find: 'Math.max(clock.now().getTime(), lastMs + 1)',
      replace: 'clock.now().getTime() + 0 * lastMs',
      name: 'D8: the time of the books never goes back',
    },
  ]),
  ...of('ledger/create-ledger.ts', 'points-ledger/fault-points.test.ts', [
    {
      line: 'a batch whose connection was lost is run again',
      find: 'const mayPass = isConnectionLost(error) || isDuplicateKey(error);',
      replace: 'const mayPass = isDuplicateKey(error);',
      name: 'D7: the connection lost before',
    },
  ]),
  ...of('ledger/create-ledger.ts', 'points-ledger/ledger.test.ts', [
    {
      line: 'a command that breaks its transaction is found and fails alone',
      find: '    await settleBatch(frame, batch.slice(0, half));\n    await settleBatch(frame, batch.slice(half));',
      replace: '    for (const { answer } of batch) answer(failure);\n    void half;',
      name: 'a command that breaks its transaction fails alone',
    },
    {
      line: 'the queue is bounded',
      find: 'if (queue.length + requests.length > QUEUE_MAX)',
      replace: 'if (queue.length + requests.length > 9 * QUEUE_MAX)',
      name: 'too many waiting commands are turned away',
    },
  ]),
  ...of('ledger/create-ledger.ts', 'points-ledger/belts.test.ts', [
    {
      line: 'a batch that met a key of another process is run again',
      find: 'const mayPass = isConnectionLost(error) || isDuplicateKey(error);',
      replace: 'const mayPass = isConnectionLost(error);',
      name: 'on MariaDB … a key that two processes take for two members',
    },
  ]),
  {
    line: 'nobody is answered before the commit',
    file: 'shared/database/database.ts',
    find: "      await run.query('COMMIT');",
    replace: "      void run.query('COMMIT').catch(() => undefined);",
    test: 'test/points-ledger/fault-points.test.ts',
    name: 'on MariaDB … D7: the connection lost before',
  },
  {
    line: 'transactions read what is committed, not what was when they began',
    file: 'shared/database/dialect.ts',
    find: "begin: ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],",
    replace: "begin: ['START TRANSACTION'],",
    test: 'test/points-ledger/belts.test.ts',
    name: 'a transaction sees what others committed since it began',
  },
  {
    line: 'what the database gave way to is tried again',
    file: 'shared/database/database.ts',
    find: 'if (!isRetryable(error) || attempt === ATTEMPTS_MAX) throw error;',
    replace: 'throw error;',
    test: 'test/points-ledger/fault-points.test.ts',
    name: 'D7: a deadlock before',
  },
];
