import { describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { freshKey, openAlliance, type World } from '../../support/world.ts';
import { bringBack } from '../purchasing.ts';
import { awardsOf, buy, quote } from './buying.ts';
import { inMerchantsDatabase, rule, times } from './publishing.ts';

type Award = { rule: { id: string }; points: number; reversedPoints: number };

const of = (id: string, awards: readonly Award[]): number =>
  awards
    .filter((award) => award.rule.id === id)
    .reduce((all, { points, reversedPoints }) => all + points - reversedPoints, 0);

/** What is counted under the budget of a rule. */
const used = (world: World, ruleKey: string): Promise<number> =>
  inMerchantsDatabase(world, async ({ reader }) => {
    const [row] = await reader.query(
      "SELECT used FROM merchants_cap_use WHERE rule_key = ? AND member_id = ''",
      [ruleKey],
    );
    return Number(row?.used ?? 0);
  });

describe.each(engines)('caps of rules on $name', (engine) => {
  test('fifty purchases at once never give more than the budget, and give all of it', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const members = [await world.member(), await world.member(), await world.member()];
    const id = await rule(world, merchantId, { award: times(2), caps: { budget: 1_234 } });

    const bought = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        buy(world, { merchantId, memberId: members[index % members.length] }),
      ),
    );

    const given = bought.map(({ awards }) => of(id, awards));
    expect(given.reduce((all, points) => all + points, 0)).toBe(1_234);
    expect(given.toSorted((a, b) => b - a).slice(0, 13)).toEqual([...Array(12).fill(100), 34]);
    expect(await used(world, id)).toBe(1_234);
  });

  test('a cap for a member on a day is hers and of that day, and a quote knows what is left', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    const [ann, ben] = [await world.member('Ann'), await world.member('Ben')];
    const caps = { perMemberPerDay: 150, perMember: 220 };
    const id = await rule(world, merchantId, { award: times(2), caps });
    const buying = async (memberId: string, purchasedAt: string) =>
      of(id, (await buy(world, { merchantId, memberId, purchasedAt })).awards);

    // 16:00 UTC is midnight in Beijing.
    expect(await buying(ann, '2026-11-20T15:00:00Z')).toBe(100);
    expect(await buying(ann, '2026-11-20T15:59:59Z')).toBe(50);
    expect(await buying(ann, '2026-11-20T16:00:00Z')).toBe(70);
    expect(await buying(ben, '2026-11-20T15:00:00Z')).toBe(100);
    const asked = await quote(world, { merchantId, memberId: ann });
    expect(asked.awards).toContainEqual(
      expect.objectContaining({
        rule: { id },
        points: 0,
        reasons: [
          {
            code: 'RULE_CAP',
            message: '100 points less: the limit for a member is reached.',
          },
        ],
      }),
    );
  });

  test('what comes back leaves room again, and takes no more than was given', async () => {
    await using world = await openAlliance(engine);
    const [merchantId, memberId] = [await world.merchant(), await world.member()];
    const id = await rule(world, merchantId, { award: times(2), caps: { budget: 130 } });
    const lines = [{ sku: 'A', quantity: 4, amountMinor: 20_000 }];
    const first = await buy(world, { merchantId, memberId, lines });
    const second = await buy(world, { merchantId, memberId, lines });

    // 150 of 200 would be earned with what is left: more than there was room for, so nothing is taken.
    await bringBack(world, first.id, [{ number: 1, quantity: 1 }]);
    const afterOne = of(id, await awardsOf(world, first.id));
    await bringBack(world, first.id, [{ number: 1, quantity: 2 }]);
    const afterThree = of(id, await awardsOf(world, first.id));
    const third = await buy(world, { merchantId, memberId, lines });

    expect([of(id, first.awards), of(id, second.awards)]).toEqual([130, 0]);
    expect([afterOne, afterThree]).toEqual([130, 50]);
    expect(of(id, third.awards)).toBe(80);
    expect(await used(world, id)).toBe(130);
  });

  test('an import counts under the same caps, order by order, and a dry run says the same', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    await rule(world, merchantId, { award: times(2), caps: { budget: 250, perMember: 150 } });
    const order = (index: number, customer: string) => ({
      row: index,
      customer,
      orderNumber: `A-${index}`,
      purchasedAt: '2026-11-20T02:00:00Z',
      lines: [{ sku: 'A', amountMinor: 10_000 }],
    });
    const purchases = [order(1, 'ann'), order(2, 'ann'), order(3, 'ben'), order(4, 'ben')];
    const importing = async (dryRun: boolean) =>
      (
        await world.data(
          `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
            ... on PurchasesImported { recorded points rejected { code } } } }`,
          { input: { idempotencyKey: freshKey(), merchantId, purchases, dryRun } },
        )
      ).importPurchases;

    const foreseen = await importing(true);
    const done = await importing(false);

    // 400 by the basic rule, and of 400 more 150 for Ann and 100, what is left of the budget, for Ben.
    expect(done).toEqual({ recorded: 4, points: 650, rejected: [] });
    expect(foreseen).toEqual(done);
  });

  test('capped rules cost as many statements for fifty orders as for two', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant();
    await rule(world, merchantId, { award: times(2), caps: { budget: 9_999, perMember: 150 } });
    await rule(world, merchantId, { award: times(3), condition: { tiers: ['GOLD'] } });
    await rule(world, merchantId, { award: times(3), condition: { isGreen: true } });
    const importing = async (count: number, name: string) => {
      world.statements.length = 0;
      await world.data(
        `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) { __typename } }`,
        {
          input: {
            idempotencyKey: freshKey(),
            merchantId,
            purchases: Array.from({ length: count }, (_, index) => ({
              row: index,
              customer: `${name}-${index}`,
              orderNumber: `${name}-${index}`,
              purchasedAt: '2026-11-20T02:00:00Z',
              lines: [{ sku: 'A', amountMinor: 10_000, certificateNumber: 'C' }],
            })),
          },
        },
      );
      return world.statements.filter(({ name: subgraph }) => subgraph !== 'points-ledger').length;
    };

    expect(await importing(50, 'many')).toBe(await importing(2, 'two'));
  });
});
