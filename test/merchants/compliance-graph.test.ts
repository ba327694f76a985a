import { describe, expect, test } from 'vitest';
import { serviceCaller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import { asMember, openAlliance } from '../support/world.ts';

const CHECK_TEXTS = `query ($input: CheckTextsInput!) { checkTexts(input: $input) {
  check severity field message source alternative } }`;

describe.each(engines)('the guard through the graph on $name', (engine) => {
  test('S41: a text is answered with the article and the lawful way, in the language of the caller', async () => {
    await using world = await openAlliance(engine);
    const input = {
      texts: [{ field: 'page', text: '让消费者通过积分持有企业部分权益' }],
    };

    const { checkTexts: english } = await world.data(CHECK_TEXTS, { input });
    const { checkTexts: chinese } = await world.data(CHECK_TEXTS, { input }, { locale: 'zh-CN' });

    expect(english).toEqual([
      {
        check: 'PROHIBITED_BENEFIT',
        severity: 'BLOCKS',
        field: 'page',
        message:
          'Points must not be a share, a dividend, interest or any other return: “企业部分权益”.',
        source: 'Regulations on Preventing and Handling Illegal Fund-Raising, article 19 (3)',
        alternative: expect.stringContaining('Grant an appreciation instead'),
      },
    ]);
    expect(chinese[0]).toMatchObject({
      source: '《防范和处置非法集资条例》第十九条第三项',
      alternative: expect.stringContaining('会员答谢'),
    });
  });

  test('on a page of its own a merchant may speak of its shareholders', async () => {
    await using world = await openAlliance(engine);
    const texts = [{ field: 'page', text: '本公司去年完成股权融资，股东年底分红。' }];

    const own = await world.data(CHECK_TEXTS, { input: { texts, about: 'MERCHANT' } });
    const ofPoints = await world.data(CHECK_TEXTS, { input: { texts, about: 'POINTS' } });

    expect(own.checkTexts).toEqual([]);
    expect(ofPoints.checkTexts.length).toBeGreaterThan(0);
  });

  test('too many texts and texts that are too long are refused by name', async () => {
    await using world = await openAlliance(engine);
    const asked = async (texts: unknown[]) =>
      (await world.ask(CHECK_TEXTS, { input: { texts } })).errors?.[0];

    expect(await asked(Array(51).fill({ field: 'a', text: 'b' }))).toMatchObject({
      message: 'texts: at most 50 texts at once.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect((await asked([{ field: 'a', text: 'b'.repeat(10_001) }]))?.message).toContain(
      'texts.0.text',
    );
  });

  test('everybody may read what the guard looks at, and members may ask it nothing', async () => {
    await using world = await openAlliance(engine);
    const { complianceChecks } = await world.data(
      '{ complianceChecks { id rows looksAt source alternative mayBeOverridden } }',
    );
    const { errors } = await world.ask(
      CHECK_TEXTS,
      { input: { texts: [] } },
      { as: asMember('m') },
    );

    expect(complianceChecks.length).toBeGreaterThan(30);
    expect(
      complianceChecks.filter((check: { mayBeOverridden: boolean }) => check.mayBeOverridden),
    ).toMatchObject([{ id: 'PROHIBITED_CLAIM', rows: ['L12'] }]);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('S27, S67: the catalogue is told what stands against a reward', async () => {
    await using world = await openAlliance(engine);
    const query = `query ($input: ComplianceRewardInput!) {
      complianceOfReward(input: $input) { check severity field messageZh messageEn sourceEn } }`;
    const input = {
      title: { zh: '景区门票', en: 'Ticket' },
      kind: 'TICKET',
      seller: 'Park',
      points: 100,
      cashMinor: 10_000,
    };
    const asked = async (given: object) => {
      const answer = await world.embedded.transport('merchants', {
        query,
        variables: { input: { ...input, ...given } },
        call: {
          caller: serviceCaller('rewards-catalog'),
          locale: 'en',
          requestId: 'r',
          deadline: null,
        },
      });
      return answer.data?.complianceOfReward;
    };

    expect(await asked({})).toEqual([]);
    expect(await asked({ restrictions: { weekdays: [1, 2, 3, 4] } })).toEqual([
      {
        check: 'PARITY_VIOLATION',
        severity: 'BLOCKS',
        field: 'restrictions.weekdays',
        messageZh: '积分兑换的条件低于现金购买：可用星期。',
        messageEn: 'For points it is worse than for money: days of the week.',
        sourceEn: null,
      },
    ]);
    expect(await asked({ category: 'lottery', seller: null })).toMatchObject([
      { check: 'PROHIBITED_CATEGORY' },
      { check: 'SELLER_MISSING' },
    ]);
  });
});
