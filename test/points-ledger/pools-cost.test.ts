import { describe, expect, test } from 'vitest';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, refund, resolve } from './books-world.ts';
import { contribute, openSharing, withdraw } from './sharing-world.ts';

const FAMILIES = 100;

const poolOf = (family: number) => ({ walletId: `pool:f${family}` });
const memberOf = (family: number) => `of-${family}`;

/** Every kind of command on the pool of a family; each finds what it needs by the ones before it. */
const kinds: readonly (readonly [kind: string, make: (family: number) => PointsCommandInput])[] = [
  [
    'contribute',
    (f) => contribute({ walletId: memberOf(f), counterWalletId: `pool:f${f}`, points: 90 }),
  ],
  ['burn', (f) => burn({ ...spent(f), points: 10, causeId: `r ${f}` })],
  ['hold', (f) => hold({ ...spent(f), points: 10, holdId: `c ${f}` })],
  ['hold again', (f) => hold({ ...spent(f), points: 10, holdId: `r ${f}` })],
  ['capture', (f) => resolve('CAPTURE', { ...poolOf(f), holdId: `c ${f}` })],
  ['release', (f) => resolve('RELEASE', { ...poolOf(f), holdId: `r ${f}` })],
  ['refund', (f) => refund({ ...poolOf(f), points: 5, refundsId: `r ${f}` })],
  ['withdraw', (f) => withdraw({ ...poolOf(f), counterWalletId: memberOf(f) })],
];

const spent = (family: number) => ({ ...poolOf(family), actorId: memberOf(family) });

describe.each(engines)('on $name', (engine) => {
  test('D6: a batch on pools costs the same statements for one family and for 100', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    // The first command of a kind may cost more than any later one, so it is not counted.
    const families = Array.from({ length: FAMILIES + 2 }, (_, family) => family);
    books.queue(
      'members',
      families.map((f) => ['family.joined', { familyId: `f${f}`, memberId: memberOf(f) }]),
    );
    await books.settle();
    await books.post(families.map((f) => accrue({ walletId: memberOf(f) })));
    const cost = async (make: (typeof kinds)[number][1], some: readonly number[]) => {
      books.statements.length = 0;
      const outcomes = await books.post(some.map(make));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['ACCEPTED']));
      return books.statements.length;
    };

    for (const [kind, make] of kinds) {
      const [, one, many] = [
        await cost(make, families.slice(0, 1)),
        await cost(make, families.slice(1, 2)),
        await cost(make, families.slice(2)),
      ];
      expect([kind, many]).toEqual([kind, one]);
      expect(one).toBeLessThanOrEqual(33);
    }
    expect(await books.problems()).toEqual([]);
  });
});
