import { describe, expect, test } from 'vitest';
import { members } from '../../subgraphs/members/subgraph.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../rewards-catalog/stocks.ts';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance } from '../support/world.ts';
import { generateSales } from './generated-sales.ts';
import { importInto, shipped, temporaryFolder } from './importing.ts';
import { bringBack, countPurchases, purchaseAs, record } from './purchasing.ts';

type Command = Readonly<{ key: string; causeId: string }>;

/** A ledger that fails over the commands of some causes (`*`: of all): the whole call, or them alone. */
function failingOver(scope: 'call' | 'command') {
  const guilty = new Set<string>();
  const asked: number[] = [];
  const resolvers = pointsLedger.resolvers as {
    Mutation: {
      postPoints: (_: unknown, input: { commands: Command[] }, ...rest: unknown[]) => unknown;
    };
  };
  const isGuilty = ({ causeId }: Command) => guilty.has('*') || guilty.has(causeId);
  const definition = {
    ...pointsLedger,
    resolvers: {
      ...resolvers,
      Mutation: {
        ...resolvers.Mutation,
        postPoints: async (
          _: unknown,
          { commands }: { commands: Command[] },
          ...rest: unknown[]
        ) => {
          asked.push(commands.length);
          if (!commands.some(isGuilty))
            return resolvers.Mutation.postPoints(_, { commands }, ...rest);
          if (scope === 'call') throw new Error('a defect');
          return commands.map(({ key }) => ({ key, status: 'FAILED', code: 'INTERNAL' }));
        },
      },
    },
  };
  return { definition, asked, guilty };
}

describe.each(engines)('awards and the ledger on $name', (engine) => {
  test('while the ledger is out of reach the purchase stands, and is posted later, once', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    await using world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    ledger.isOut = true;
    const { purchase } = await record(world, { merchantId, memberId });
    ledger.isOut = false;
    const before = await world.wallet(memberId);
    await world.settle();
    await world.settle();

    expect(purchase.awards).toMatchObject([{ points: 100, isPosted: false }]);
    expect(before.available).toBe(0);
    expect((await purchaseAs(world, purchase.id)).awards).toMatchObject([{ isPosted: true }]);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('points are never taken back before they were given, whatever waits', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    await using world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 4, amountMinor: 40_000 }];

    ledger.isOut = true;
    const { purchase } = await record(world, { merchantId, memberId, lines });
    await bringBack(world, purchase.id, [{ number: 1, quantity: 1 }]);
    await bringBack(world, purchase.id, [{ number: 1, quantity: 2 }]);
    ledger.isOut = false;
    await world.settle();

    expect(await world.wallet(memberId)).toEqual({ available: 100, held: 0, debt: 0 });
    expect((await purchaseAs(world, purchase.id)).awards).toMatchObject([
      { points: 400, reversedPoints: 300, isPosted: true },
    ]);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('an answer of the ledger that is lost on the way gives the points once', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    const { resolvers } = ledger.definition;
    const { Mutation } = resolvers as {
      Mutation: { postPoints: (...given: unknown[]) => unknown };
    };
    let isLost = true;
    const losing = {
      ...ledger.definition,
      resolvers: {
        ...resolvers,
        Mutation: {
          postPoints: async (...given: unknown[]) => {
            const answer = await Mutation.postPoints(...given);
            if (isLost) throw new Error('lost');
            return answer;
          },
        },
      },
    };
    await using world = await openAlliance(engine, { definitions: catalogWith(losing) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];

    const { purchase } = await record(world, { merchantId, memberId });
    isLost = false;
    await world.settle();

    expect(purchase.awards).toMatchObject([{ isPosted: false }]);
    expect((await purchaseAs(world, purchase.id)).awards).toMatchObject([{ isPosted: true }]);
    expect((await world.wallet(memberId)).available).toBe(100);
  });

  test('an import that is repeated posts what the one before could not', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    await using world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    using folder = temporaryFolder();
    const sales = generateSales(100);
    const file = folder.file('sales.txt', sales.text);

    ledger.isOut = true;
    await importInto(world, file, shipped('cdnow'));
    ledger.isOut = false;
    const again = await importInto(world, file, shipped('cdnow'));

    const points = sales.amounts.reduce((all, amount) => all + Math.floor((amount * 7) / 100), 0);
    const { conservation } = await world.data('{ conservation { issued } }');
    expect(again).toMatchObject({ recorded: 0, unchanged: sales.amounts.length });
    expect(conservation).toEqual([{ issued: points }]);
  });

  test('a purchase that the ledger fails over keeps no others waiting, and is tried ever less', async () => {
    const { definition, asked, guilty } = failingOver('call');
    await using world = await openAlliance(engine, { definitions: catalogWith(definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const ids: string[] = [];
    guilty.add('*');
    for (let index = 0; index < 9; index += 1) {
      ids.push((await record(world, { merchantId, memberId })).purchase.id);
    }
    const bad = ids[0] ?? '';

    guilty.clear();
    guilty.add(bad);
    await world.settle();
    const others = (await world.wallet(memberId)).available;
    asked.length = 0;
    await world.settle();
    const atOnce = asked.length;
    world.clock.advanceDays(1);
    await world.settle();
    const afterADay = asked.length;
    guilty.clear();
    world.clock.advanceDays(1);
    await world.settle();

    expect(others).toBe(800);
    expect([atOnce, afterADay]).toEqual([0, 1]);
    expect((await world.wallet(memberId)).available).toBe(900);
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('a command that failed alone waits, and what takes its points back waits for it', async () => {
    const { definition, guilty } = failingOver('command');
    await using world = await openAlliance(engine, { definitions: catalogWith(definition) });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const lines = [{ sku: 'A', quantity: 4, amountMinor: 40_000 }];

    guilty.add('*');
    const { purchase } = await record(world, { merchantId, memberId, lines });
    await bringBack(world, purchase.id, [{ number: 1, quantity: 1 }]);
    guilty.clear();
    await world.settle();
    const before = await world.wallet(memberId);
    world.clock.advanceDays(1);
    await world.settle();

    expect(before).toEqual({ available: 0, held: 0, debt: 0 });
    expect(await world.wallet(memberId)).toEqual({ available: 300, held: 0, debt: 0 });
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('while members is out of reach nothing is recorded, and the same key works later', async () => {
    const directory = interruption(members, 'Member', '__resolveReference');
    const definitions = catalogWith(directory.definition);
    await using world = await openAlliance(engine, { definitions });
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const input = { merchantId, memberId, idempotencyKey: freshKey(), orderNumber: 'A-1' };

    directory.isOut = true;
    const outage = await record(world, input);
    const count = await countPurchases(world);
    directory.isOut = false;
    const later = await record(world, input);

    expect(outage).toEqual({ fault: 'SUBGRAPH_UNAVAILABLE' });
    expect(count).toBe(0);
    expect(later.__typename).toBe('PurchaseRecorded');
  });
});
