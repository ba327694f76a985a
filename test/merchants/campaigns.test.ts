import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMerchant, openAlliance, operator, type World } from '../support/world.ts';
import { PLAIN, publish, review, staff } from './rules/life-cycle.ts';
import { deed, feedOf } from './standing.ts';

const propose = (
  world: World,
  merchantIds: readonly string[],
  given: Record<string, unknown> = {},
) =>
  deed(
    world,
    'proposeCampaign',
    '... on CampaignProposed { campaign { id title } } ... on InvalidInput { field }',
    {
      title: { zh: '绿色周双倍积分', en: 'Double points in the green week' },
      terms: { ...PLAIN, award: { multiplier: { numerator: 2, denominator: 1 } } },
      merchantIds,
      answerBy: '2026-11-30T00:00:00Z',
      ...given,
    },
  );

const answer = (
  world: World,
  campaignId: string,
  merchantId: string,
  given: Record<string, unknown>,
  as = asMerchant(merchantId),
) =>
  deed(
    world,
    'answerCampaign',
    `... on CampaignAnswered { offer { state rule { id state } } } ... on InvalidInput { field }`,
    { campaignId, merchantId, ...given },
    { as },
  );

const programmeOf = async (world: World, id: string): Promise<string> =>
  (await world.data('query ($id: ID!) { merchant(id: $id) { programmes { id } } }', { id }))
    .merchant.programmes[0].id;

const pointsAt = async (world: World, merchantId: string) => {
  const { quoteAccrual } = await world.data(
    'query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) { awards { points } } }',
    { input: { merchantId, lines: [{ amountMinor: 10_000 }] } },
  );
  return quoteAccrual.awards.map(({ points }: { points: number }) => points);
};

describe.each(engines)('campaigns of the alliance on $name', (engine) => {
  test('S71: nothing happens at a merchant that declines or does not answer; who accepts takes part', async () => {
    await using world = await openAlliance(engine);
    const [yes, no, silent] = [
      await world.merchant({ name: 'Yes' }),
      await world.merchant({ name: 'No' }),
      await world.merchant({ name: 'Silent' }),
    ];
    const { campaign } = await propose(world, [yes, no, silent]);

    const accepted = await answer(world, campaign.id, yes, {
      isAccepted: true,
      programmeId: await programmeOf(world, yes),
    });
    const declined = await answer(world, campaign.id, no, { isAccepted: false });

    expect(declined.offer).toEqual({ state: 'DECLINED', rule: null });
    expect(accepted.offer).toMatchObject({ state: 'ACCEPTED', rule: { state: 'DRAFT' } });
    // It goes the way of every rule: its own people stand for it, and publish it.
    const { id } = accepted.offer.rule;
    await review(world, id, { as: staff(yes, 'reviewer') });
    const published = await publish(world, id, {}, { as: staff(yes, 'publisher') });
    expect(published.__typename).toBe('AccrualRulePublished');
    world.clock.set(published.rule.effectiveAt);
    expect(await pointsAt(world, yes)).toEqual([100, 100]);
    expect(await pointsAt(world, no)).toEqual([100]);
    expect(await pointsAt(world, silent)).toEqual([100]);
    expect(await feedOf(world, 'campaign.accepted')).toEqual([
      { campaignId: campaign.id, merchantId: yes },
    ]);
  });

  test('S71: an operator does not answer for a merchant, nor does another merchant', async () => {
    await using world = await openAlliance(engine);
    const [shop, other] = [await world.merchant(), await world.merchant()];
    const programmeId = await programmeOf(world, shop);
    const { campaign } = await propose(world, [shop]);
    const accept = { isAccepted: true, programmeId };

    expect(await answer(world, campaign.id, shop, accept, operator)).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await answer(world, campaign.id, shop, accept, asMerchant(other))).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await answer(world, campaign.id, other, accept)).toMatchObject({
      __typename: 'NotFound',
      code: 'CAMPAIGN_NOT_FOUND',
    });
    const seen = async (as: typeof operator) =>
      (
        await world.data(
          `query ($id: ID!) { merchant(id: $id) { campaignOffers { state campaign { title } } } }`,
          { id: shop },
          { as },
        )
      ).merchant.campaignOffers;
    expect(await seen(asMerchant(shop))).toEqual([
      { state: 'OFFERED', campaign: { title: 'Double points in the green week' } },
    ]);
    expect(await seen(asMerchant(other))).toBeNull();
  });

  test('a campaign is answered once, in time, with a programme of the merchant’s own', async () => {
    await using world = await openAlliance(engine);
    const [shop, late] = [await world.merchant(), await world.merchant()];
    const { campaign } = await propose(world, [shop, late]);
    const [own, others] = [await programmeOf(world, shop), await programmeOf(world, late)];

    expect(await answer(world, campaign.id, shop, { isAccepted: true })).toMatchObject({
      code: 'FIELD_NEEDED',
      field: 'programmeId',
    });
    expect(
      await answer(world, campaign.id, shop, { isAccepted: true, programmeId: others }),
    ).toMatchObject({ __typename: 'NotFound' });
    const answers = await Promise.all(
      [true, false, true, false].map((isAccepted) =>
        answer(world, campaign.id, shop, { isAccepted, programmeId: own }),
      ),
    );
    world.clock.set('2026-11-30T00:00:00Z');

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CampaignAnswered',
      ...Array(3).fill('CampaignClosed'),
    ]);
    expect(await answer(world, campaign.id, late, { isAccepted: false })).toMatchObject({
      code: 'CAMPAIGN_OVER',
    });
  });

  test('what cannot be proposed is refused', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant();

    expect(await propose(world, [])).toMatchObject({ code: 'MERCHANTS_NOT_USABLE' });
    expect(await propose(world, [shop, 'nobody'])).toMatchObject({ __typename: 'NotFound' });
    expect(await propose(world, [shop], { answerBy: '2026-11-22T02:00:00Z' })).toMatchObject({
      code: 'ANSWER_BY_PAST',
    });
    expect(await propose(world, [shop], { terms: { ...PLAIN, award: {} } })).toMatchObject({
      field: 'terms.award',
    });
    expect(
      await deed(
        world,
        'proposeCampaign',
        '',
        {
          title: { zh: '活动', en: 'Campaign' },
          terms: PLAIN,
          merchantIds: [shop],
          answerBy: '2026-12-01T00:00:00Z',
        },
        { as: asMerchant(shop) },
      ),
    ).toEqual({ fault: 'FORBIDDEN' });
  });
});
