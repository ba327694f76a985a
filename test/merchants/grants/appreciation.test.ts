import { describe, expect, test } from 'vitest';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { problemsOfBooks } from '../../rewards-catalog/stocks.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, freshKey, openAlliance, type World } from '../../support/world.ts';
import { bringBack, suspend } from '../purchasing.ts';
import { draft, PLAIN, publish, review, secondOperator } from '../rules/life-cycle.ts';
import { deed, feedOf } from '../standing.ts';
import {
  addRule,
  appreciationAs,
  approve,
  buyThen,
  drop,
  grantsAs,
  openRule,
  preview,
  propose,
  sharing,
} from './granting.ts';

/** Members who have each bought for 100.00 yuan in the period. */
async function buyers(world: World, merchantId: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < many; index += 1) {
    const memberId = await world.member();
    await buyThen(world, { merchantId, memberId });
    ids.push(memberId);
  }
  return ids;
}

/** An appreciation whose shares are worked out. */
async function ready(world: World, ruleId: string, input = {}) {
  const { appreciation, ...refusal } = await propose(world, ruleId, input);
  if (appreciation === undefined) throw new Error(JSON.stringify(refusal));
  await world.settle();
  return appreciationAs(world, appreciation.id);
}

const asSecond = { as: secondOperator };

describe.each(engines)('an appreciation on $name', (engine) => {
  test('S41, S42: in place of a dividend a fixed budget is shared out after the period, exactly', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId, grantRuleId } = await openRule(world, sharing({}));
    const members = await buyers(world, merchantId, 3);
    const outsider = await world.member();
    await buyThen(world, {
      merchantId,
      memberId: outsider,
      purchasedAt: '2026-11-21T00:00:00Z',
    });
    const dividend = await draft(world, {
      programmeId,
      terms: {
        ...PLAIN,
        title: { zh: '分配', en: 'Share' },
        ...sharing({ appreciation: 'PROFIT', award: { points: 50, group: 'other' } }),
      },
    });
    await review(world, dividend.rule.id);
    const unlawful = await publish(world, dividend.rule.id);

    const { accrualRule } = await world.data(
      `query ($id: ID!) { accrualRule(id: $id) { en: disclosure(language: "en") { text }
        zh: disclosure(language: "zh-CN") { text } } }`,
      { id: grantRuleId },
    );
    const seen = await preview(world, grantRuleId);
    const shares = await ready(world, grantRuleId);
    const before = await grantsAs(world);
    await approve(world, shares.id, asSecond);
    await world.settle();

    expect(unlawful.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ check: 'PROHIBITED_BENEFIT' })]),
    );
    expect(accrualRule.en.text).toContain('at most 50 points each');
    expect(accrualRule.zh.text).toContain('每人最多 50 分');
    expect(seen).toEqual({
      members: 3,
      budget: 100,
      share: 33,
      points: 100,
      cost: { amountMinor: 80 },
      paid: { amountMinor: 30_000 },
      // 30 % of 300.00 yuan at 0.80 yuan for 100 points.
      ceilingPoints: 11_250,
      coverLeft: null,
    });
    expect(shares).toMatchObject({
      state: 'READY',
      members: 3,
      points: 100,
      lowestPoints: 33,
      highestPoints: 34,
      cost: { amountMinor: 80 },
      paid: { amountMinor: 30_000 },
    });
    expect(before).toEqual([]);
    expect(await appreciationAs(world, shares.id)).toMatchObject({
      state: 'GRANTED',
      grantedMembers: 3,
      grantedPoints: 100,
    });
    const wallets = await Promise.all(members.toSorted().map((id) => world.wallet(id)));
    expect(wallets.map(({ available }) => available)).toEqual([134, 133, 133]);
    expect((await world.wallet(outsider)).available).toBe(100);
    expect(await grantsAs(world)).toHaveLength(3);
    expect(await feedOf(world, 'grant.recorded')).toMatchObject(
      Array(3).fill({ causeKind: 'APPRECIATION', causeId: shares.id, qualifyingPoints: 0 }),
    );
    expect(await problemsOfBooks(world)).toEqual([]);
  });

  test('nobody gets more than the cap, and weights of published tiers decide', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId, grantRuleId } = await openRule(
      world,
      sharing({ budget: 1_000, most: 50 }),
    );
    await buyers(world, merchantId, 2);
    const capped = await ready(world, grantRuleId);
    const tiered = await addRule(
      world,
      programmeId,
      sharing({
        weights: { STANDARD: 1, SILVER: 2 },
        award: { points: 50, group: 'other' },
      }),
    );
    const rich = await world.member();
    await buyThen(world, { merchantId, memberId: rich, lines: [{ amountMinor: 1_500_000 }] });
    await world.settle();
    const { member } = await world.data('query ($id: ID!) { member(id: $id) { tier { code } } }', {
      id: rich,
    });
    const shares = await ready(world, tiered.grantRuleId);

    expect(capped).toMatchObject({ points: 100, lowestPoints: 50, highestPoints: 50 });
    expect(member.tier.code).toBe('SILVER');
    expect(shares).toMatchObject({
      ...{ members: 3, points: 100, lowestPoints: 25, highestPoints: 50 },
      tiers: [
        { tier: 'STANDARD', weight: 1 },
        { tier: 'SILVER', weight: 2 },
      ],
    });
  });

  test('two people decide, before that nothing is granted, and it can be dropped', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, grantRuleId } = await openRule(world, sharing({}));
    const [memberId = ''] = await buyers(world, merchantId, 1);
    const proposed = await propose(world, grantRuleId);
    const { id } = proposed.appreciation;

    const early = await approve(world, id, asSecond);
    await world.settle();
    const alone = await approve(world, id);
    const twice = await propose(world, grantRuleId);
    const dropped = await drop(world, id);
    const late = await approve(world, id, asSecond);

    expect(proposed.appreciation).toMatchObject({ state: 'LISTING', members: 0 });
    expect(early).toMatchObject({ code: 'APPRECIATION_IN_OTHER_STATE' });
    expect(alone).toMatchObject({ __typename: 'SecondPersonNeeded' });
    expect(twice).toMatchObject({ code: 'APPRECIATION_UNDER_WAY' });
    expect(dropped.appreciation.state).toBe('DROPPED');
    expect(late).toMatchObject({ __typename: 'AppreciationNotReady' });
    expect(await propose(world, grantRuleId, {}, { as: asMerchant('other') })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await approve(world, id, { as: asMerchant('other') })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await appreciationAs(world, id, asMerchant('other'))).toBeNull();
    expect(await propose(world, grantRuleId, {}, { as: asMember(memberId) })).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await grantsAs(world)).toEqual([]);
  });

  test('a period that is not over, too much for what was paid, and nobody are refused with the figures', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, programmeId, grantRuleId } = await openRule(
      world,
      sharing({ budget: 20_000, most: 20_000 }),
    );
    const next = await draft(world, {
      programmeId,
      terms: {
        ...PLAIN,
        title: { zh: '答谢', en: 'Thanks' },
        ...sharing({ until: '2026-12-20T00:00:00Z', award: { points: 50, group: 'other' } }),
      },
    });
    await review(world, next.rule.id);
    const promised = await publish(world, next.rule.id);
    const early = await propose(world, next.rule.id);
    const nobody = await propose(world, grantRuleId);
    await buyers(world, merchantId, 1);
    const over = await propose(world, grantRuleId);
    const basic = await propose(world, programmeId);

    expect(promised.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ check: 'APPRECIATION_PROMISED' })]),
    );
    expect(early).toMatchObject({ __typename: 'PeriodNotOver', until: '2026-12-20T00:00:00.000Z' });
    expect(nobody).toMatchObject({ code: 'APPRECIATION_NOBODY' });
    expect(over).toMatchObject({
      __typename: 'AboveRebateCeiling',
      points: 20_000,
      ceilingPoints: 3_750,
      paidMinor: 10_000,
    });
    expect(over.message).toContain('3,750');
    expect(basic.__typename).not.toBe('AppreciationChanged');
  });

  test('what came back since it was proposed counts at the approval, and so does the cover', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, grantRuleId } = await openRule(world, sharing({ budget: 50, most: 50 }));
    const memberId = await world.member();
    const { purchase } = await buyThen(world, {
      merchantId,
      memberId,
      lines: [{ sku: 'A', quantity: 100, amountMinor: 10_000 }],
    });
    const { id } = await ready(world, grantRuleId);
    await world.data(
      `mutation ($input: SetIssuerCoverInput!) { setIssuerCover(input: $input) { __typename } }`,
      {
        input: { idempotencyKey: freshKey(), issuerId: merchantId, unit: 'ALLIANCE', points: 140 },
      },
    );
    const uncovered = await approve(world, id, asSecond);
    await bringBack(world, purchase.id, [{ number: 1, quantity: 99 }], { grounds: 'DEFECT' });
    const returned = await approve(world, id, asSecond);

    expect(uncovered).toMatchObject({ __typename: 'AboveCover', points: 50, coverLeft: 40 });
    expect(returned).toMatchObject({ __typename: 'AboveRebateCeiling', paidMinor: 100 });
    expect(await grantsAs(world)).toEqual([]);
  });

  test('what was approved is owed while its issuer may not issue, and given after that', async () => {
    await using world = await openAlliance(engine);
    const { merchantId, grantRuleId } = await openRule(world, sharing({ budget: 50 }));
    const [memberId = ''] = await buyers(world, merchantId, 1);
    const { id } = await ready(world, grantRuleId);

    await approve(world, id, asSecond);
    await suspend(world, merchantId);
    await world.settle();
    const meanwhile = [await grantsAs(world), (await world.wallet(memberId)).available];
    await deed(world, 'resumeMerchant', '', { merchantId });
    await world.settle();

    expect(meanwhile).toMatchObject([[{ points: 50, isPosted: false }], 100]);
    expect((await world.wallet(memberId)).available).toBe(150);
    expect(await grantsAs(world)).toMatchObject([{ isPosted: true }]);
  });

  test('many members are granted page by page, each once, though the ledger was away', async () => {
    const ledger = interruption(pointsLedger, 'Mutation', 'postPoints');
    await using world = await openAlliance(engine, { definitions: catalogWith(ledger.definition) });
    const { merchantId, grantRuleId } = await openRule(
      world,
      sharing({ budget: 10_000, most: 10_000 }),
    );
    await world.data(
      `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) { __typename } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          merchantId,
          purchases: Array.from({ length: 450 }, (_, row) => ({
            row,
            customer: `c${row}`,
            orderNumber: `o${row}`,
            purchasedAt: '2026-11-10T00:00:00Z',
            lines: [{ sku: 'A', amountMinor: 10_000 }],
          })),
        },
      },
    );
    const { id } = await ready(world, grantRuleId);

    ledger.isOut = true;
    await approve(world, id, asSecond);
    const worker = world.embedded.workers.find(({ name }) => name.includes('appreciations'));
    await worker?.step();
    const underWay = await appreciationAs(world, id);
    await Promise.all([worker?.step(), worker?.step(), worker?.step()]);
    const before = await world.data('{ conservation { issued } }');
    ledger.isOut = false;
    await world.settle();
    const after = await world.data('{ conservation { issued } }');

    expect(underWay).toMatchObject({ state: 'GRANTING', members: 450, grantedMembers: 200 });
    expect(await appreciationAs(world, id)).toMatchObject({
      state: 'GRANTED',
      grantedMembers: 450,
      grantedPoints: 10_000,
      lowestPoints: 22,
      highestPoints: 23,
    });
    expect(after.conservation[0].issued - before.conservation[0].issued).toBe(10_000);
    expect(await problemsOfBooks(world)).toEqual([]);
  });
});
