import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import type { Engine } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, refund, resolve, reverse } from './books-world.ts';
import { deduct, freeze, lift, postOwn } from './cases-world.ts';
import { programmesOf } from './convert-world.ts';
import { mergeNow } from './merges-world.ts';
import { contribute, transfer, withdraw } from './sharing-world.ts';
import { openSigned, verifier } from './signed-books.ts';

/** Books with an entry of each kind, an open hold, a debt, a claim, breakage and a refusal. */
export async function openFullBooks(engine: Engine) {
  const books = await openSigned(engine);
  await books.post([
    accrue({ causeId: 'p1', expiresOn: '2027-01-01' }),
    burn({ points: 90 }),
    reverse({ reversesId: 'p1', points: 60 }),
    burn({ points: 1 }),
  ]);
  await books.post([
    accrue({ walletId: 'bob', issuerId: 'J', causeId: 'p2', points: 250 }),
    hold({ walletId: 'bob', holdId: 'h1', points: 30, holdMinutes: 24 * 60 }),
    hold({ walletId: 'bob', holdId: 'h2', points: 30 }),
    resolve('CAPTURE', { walletId: 'bob', holdId: 'h2' }),
    hold({ walletId: 'bob', holdId: 'h3', points: 30 }),
    resolve('RELEASE', { walletId: 'bob', holdId: 'h3' }),
    accrue({ issuerId: 'J', causeId: 'p3', points: 20 }),
    accrue({ walletId: 'eve', causeId: 'p4', expiresOn: '2026-11-23' }),
    accrue({ walletId: 'dan', causeId: 'p5', causeLine: '1', vestsOn: '2026-12-24' }),
    accrue({ walletId: 'dan', causeId: 'p6' }),
    burn({ walletId: 'dan', points: 40, causeId: 'r1' }),
    refund({ walletId: 'dan', points: 30, refundsId: 'r1' }),
  ]);
  const { entryId: accrualId } = await books.postOne(accrue({ walletId: 'gil', causeId: 'p7' }));
  await postOwn(books, [
    freeze({ walletId: 'gil', caseId: 'c1' }),
    freeze({ walletId: 'gil', caseId: 'c2' }),
    deduct({
      walletId: 'gil',
      caseId: 'c1',
      parts: [{ accrualId: String(accrualId), points: 30 }],
    }),
  ]);
  await share(books);
  const programmes = programmesOf(books);
  await programmes.setRate({ numerator: 1, denominator: 3 });
  await books.postOne(accrue({ walletId: 'fay' }));
  await programmes.convert({ memberId: 'fay', points: 50 });
  await programmes.setCover({ points: 1000 });
  await mergeTwo(books);
  books.clock.set('2026-11-22T16:00:00Z');
  await postOwn(books, [lift({ walletId: 'gil', caseId: 'c1', outcome: 'PROVEN' })]);
  await books.settle();
  await books.postOne(reverse({ walletId: 'eve', reversesId: 'p4', points: 30 }));
  await books.make();
  return Object.assign(books, {
    problems: () => verifyBooks(books.database.reader, { verifier, clock: books.clock }),
  });
}

/** Ian's account becomes hal's, with all that an account may have, and gets something afterwards. */
async function mergeTwo(books: OpenBooks): Promise<void> {
  await books.post([
    accrue({ walletId: 'hal', causeId: 'p8', points: 40 }),
    accrue({ walletId: 'ian', causeId: 'p9', unit: 'MILES' }),
    burn({ walletId: 'ian', unit: 'MILES' }),
    accrue({ walletId: 'ian', causeId: 'p10', vestsOn: '2027-01-01' }),
    reverse({ walletId: 'ian', unit: 'MILES', reversesId: 'p9', points: 60 }),
  ]);
  await mergeNow(books, 'ian', 'hal');
  await books.postOne(accrue({ walletId: 'ian', causeId: 'p12', points: 3 }));
}

/** Bob and Dan have a pool, and give each other points. */
async function share(books: Awaited<ReturnType<typeof openSigned>>): Promise<void> {
  await books.data(
    `mutation ($input: SetPointsProgrammeInput!) { setPointsProgramme(input: $input) { __typename } }`,
    {
      input: {
        ...{ idempotencyKey: freshKey(), issuerId: 'J', unit: 'ALLIANCE', transfer: 'FAMILY' },
      },
    },
  );
  for (const memberId of ['bob', 'dan']) {
    await books.happens('members', 'family.joined', { familyId: 'f1', memberId });
  }
  const pool = { walletId: 'pool:f1', actorId: 'dan' };
  await books.post([
    transfer({ walletId: 'bob', counterWalletId: 'dan', points: 50 }),
    contribute({ walletId: 'bob', points: 60 }),
    burn({ ...pool, points: 10 }),
    hold({ ...pool, holdId: 'h4', points: 10, holdMinutes: 24 * 60 }),
    withdraw({ counterWalletId: 'bob', points: 20 }),
  ]);
}

export type Row = Record<string, unknown>;

/** What finds a row of a table again. */
export function whereOf(row: Row) {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return {
    sql: known.map(([column]) => `${column} = ?`).join(' AND '),
    parameters: known.map(([, value]) => value),
  };
}
