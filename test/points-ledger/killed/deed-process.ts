/**
 * A process of the ledger for `killed.test.ts`. It does what another one that was killed left undone, asks again
 * what that was asked, and then does a deed, in which it stops before a statement that writes and says so, so
 * that it can be killed there. Words: `{"databaseUrl", "again", "deed", "stopAt"}`.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { openAlone } from '../../support/alone.ts';
import { operator } from '../../support/people.ts';
import { interposed } from '../interposed.ts';
import { documentOf, everybody, second, type Task } from './deeds.ts';

const { databaseUrl, again, deed, stopAt, isSettledFirst } = JSON.parse(process.argv[2] ?? '');
const engine = {
  name: databaseUrl.startsWith('sqlite:') ? ('SQLite' as const) : ('MariaDB' as const),
  freshUrl: () => databaseUrl,
  remove: () => Promise.resolve(),
};
const ledger = await openAlone(engine, pointsLedger, { databaseUrl, peer: everybody });
flushCompileCache();

async function ask({ field, input, isSecond }: Task): Promise<void> {
  const as = isSecond ? second : operator;
  const { __typename: name } = (await ledger.data(documentOf(field), { input }, { as }))[field];
  say({ answered: name });
}

/** Said before it goes on, whatever happens to it then. */
const say = (what: object): number => writeSync(1, `${JSON.stringify(what)}\n`);

let [writes, commits] = [0, 0];
/** Either the number of a statement that writes, or of a COMMIT that is kept back. */
function meet(sql: string): void {
  if (/^\s*COMMIT/.test(sql)) commits += 1;
  else if (!/^\s*(INSERT|UPDATE|DELETE)/.test(sql)) return;
  writes += 1;
  if (writes !== stopAt.write && !(/^\s*COMMIT/.test(sql) && commits === stopAt.commit)) return;
  say({ stopped: writes });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// The worker goes on by itself, and the client asks again: whoever comes first.
if (isSettledFirst) await ledger.settle();
if (again !== null) await ask(again);
await ledger.settle();
if (deed !== null) {
  await interposed(
    ({ sql, send }) => {
      meet(sql);
      return send();
    },
    async () => {
      await ask(deed);
      await ledger.settle();
    },
  );
}
await ledger[Symbol.asyncDispose]();
say({ done: writes });
