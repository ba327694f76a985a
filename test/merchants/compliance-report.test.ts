import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import {
  asMerchant,
  freshKey,
  openAlliance,
  operator,
  regulator,
  type World,
} from '../support/world.ts';
import { programmeOf, publishedRule, putRules } from './compliance-rules.ts';
import { drawTerms, lawfulTerms } from './compliance-subjects.ts';

const second: Caller = { ...operator, subject: 'operator:second' };

const REPORT = `query ($filter: ComplianceReportFilter!, $first: Int, $after: ID) {
  complianceReport(filter: $filter, first: $first, after: $after) {
    next csv largeOrders { id }
    rules { ruleId ruleVersion title trigger merchant { id } programme { id }
      draftedBy reviewedBy publishedBy effectiveAt checksPassed complaints flags
      findings { check severity field source }
      overrides { check reason proposedBy confirmedBy } } } }`;

const report = async (world: World, filter: object, more: object = {}) =>
  (await world.data(REPORT, { filter, ...more }, { as: regulator })).complianceReport;

const deed = async (
  world: World,
  name: string,
  fields: string,
  input: object,
  as: Caller = operator,
) => {
  const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
      ... on Refusal { code message } ${fields} } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  return errors === undefined ? data[name] : { fault: errors[0]?.extensions.code };
};

const propose = (world: World, input: object, as?: Caller) =>
  deed(
    world,
    'overrideFinding',
    '... on OverrideProposed { override { id confirmedBy } }',
    { check: 'PROHIBITED_CLAIM', reason: '“增值”指服务内容', ...input },
    as,
  );

const confirm = (world: World, overrideId: string, as?: Caller) =>
  deed(
    world,
    'confirmOverride',
    '... on OverrideConfirmed { override { id confirmedBy } }',
    { overrideId },
    as,
  );

const says = (zh: string) => ({
  ...lawfulTerms,
  notice: { ...lawfulTerms.notice, advertisement: { zh, en: 'See the rules.' } },
});

async function shop(engine: Parameters<typeof openAlliance>[0], industry = 'RETAIL') {
  const world = await openAlliance(engine);
  const merchantId = await world.merchant({ industry });
  const programmeId = await programmeOf(world, merchantId);
  return { world, merchantId, programmeId };
}

describe.each(engines)('the report of the guard on $name', (engine) => {
  test('S63, R34: each published rule is there with its checks, its findings and its people', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    const rule = { merchantId, programmeId };
    await putRules(world, [
      publishedRule({ ...rule, id: 'a-lawful' }),
      publishedRule({ ...rule, id: 'b-not', terms: says('积分随时提现') }),
      publishedRule({
        ...rule,
        id: 'c-draft',
        state: 'REVIEWED' as never,
        effectiveAt: null,
        publishedAt: null,
      }),
      publishedRule({ ...rule, id: 'd-draw', terms: drawTerms }),
    ]);

    const { rules, next } = await report(world, { merchantId });

    const own = rules.filter(({ ruleId }: { ruleId: string }) => /^[abcd]-/.test(ruleId));
    expect(next).toBeNull();
    expect(own).toMatchObject([
      {
        ruleId: 'a-lawful',
        ruleVersion: 'a-lawful@v1',
        draftedBy: 'staff:ann',
        reviewedBy: 'operator:ben',
        publishedBy: 'operator:ben',
        complaints: '400-000-0000',
        findings: [],
        flags: [],
      },
      {
        ruleId: 'b-not',
        findings: [
          {
            check: 'CASH_OUT',
            severity: 'BLOCKS',
            field: 'notice.advertisement.zh',
            source: 'Regulations on Non-Bank Payment Institutions, article 2',
          },
        ],
      },
      { ruleId: 'd-draw', flags: ['TAX_REVIEW'] },
    ]);
    expect(own[0].checksPassed).toContain('CASH_OUT');
    expect(own[1].checksPassed).not.toContain('CASH_OUT');
  });

  test('S26, S60: a programme of a merchant that states nothing itself tells members all they need', async () => {
    await using world = await openAlliance(engine);
    for (const industry of ['RETAIL', 'AIRLINE', 'HOTEL', 'BANK', 'TELECOM', 'SCENIC_SPOT']) {
      const merchantId = await world.merchant({ industry, programmes: [{}, { unit: industry }] });

      const { rules } = await report(world, { merchantId });

      expect(rules).toMatchObject([{ findings: [] }, { findings: [] }]);
    }
  });

  test('S63: pages follow each other, and each is a CSV as well', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    const ids = ['0-a', '0-b', '0-c'];
    await putRules(
      world,
      ids.map((id) =>
        publishedRule({
          id,
          merchantId,
          programmeId,
          terms: says(id === '0-b' ? '=分红' : '双倍积分'),
        }),
      ),
    );

    const first = await report(world, { merchantId }, { first: 2 });
    const rest = await report(world, { merchantId }, { first: 100, after: first.next });

    expect(first.rules.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['0-a', '0-b']);
    expect(rest.rules[0].ruleId).toBe('0-c');
    const lines = first.csv.split('\r\n');
    expect(lines[0]).toContain('merchant_id,merchant,industry');
    expect(lines[2]).toContain('PROHIBITED_CLAIM notice.advertisement.zh');
    expect(lines[2]).toContain('operator:ben');
  });

  test('S72, R31: large orders of jewellers are marked for a look, those of others are not', async () => {
    // It has stated that it looks at orders from 50,000 yuan on; one that states nothing: from 100,000.
    const { world, merchantId } = await shop(engine, 'JEWELLERY');
    const silent = await world.merchant({ industry: 'JEWELLERY', facts: {} });
    await using _ = world;
    const memberId = await world.member();
    const other = await world.merchant();
    const large = await world.purchase({ merchantId, memberId, amountMinor: 5_000_000 });
    await world.purchase({ merchantId, memberId, amountMinor: 4_999_999 });
    const larger = await world.purchase({
      ...{ merchantId: silent, memberId, amountMinor: 10_000_000 },
    });
    await world.purchase({ merchantId: silent, memberId, amountMinor: 9_999_999 });
    await world.purchase({ merchantId: other, memberId, amountMinor: 20_000_000 });

    const { largeOrders } = await report(world, {});

    expect(largeOrders.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [large, larger].toSorted(),
    );
  });

  test('the report is for regulator and operator alone', async () => {
    const { world, merchantId } = await shop(engine);
    await using _ = world;

    const { errors } = await world.ask(REPORT, { filter: {} }, { as: asMerchant(merchantId) });
    const tooMany = await world.ask(REPORT, { filter: {}, first: 101 });

    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(tooMany.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('L12: two persons set a claim aside, with a reason that the report shows', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    await putRules(world, [
      publishedRule({ id: '0-claim', merchantId, programmeId, terms: says('让您的生活增值') }),
    ]);

    const proposed = await propose(world, { ruleId: '0-claim' });
    const again = await propose(world, { ruleId: '0-claim', reason: 'Another one' });
    const alone = await confirm(world, proposed.override.id);
    const confirmed = await confirm(world, proposed.override.id, second);

    expect(proposed.override.confirmedBy).toBeNull();
    expect(again.override.id).toBe(proposed.override.id);
    expect(alone).toMatchObject({ __typename: 'SecondPersonNeeded' });
    expect(confirmed.override.confirmedBy).toBe('operator:second');
    const { rules } = await report(world, { merchantId });
    expect(rules[0]).toMatchObject({
      findings: [{ check: 'PROHIBITED_CLAIM', severity: 'ADVISES' }],
      overrides: [
        {
          check: 'PROHIBITED_CLAIM',
          reason: '“增值”指服务内容',
          proposedBy: 'operator:test',
          confirmedBy: 'operator:second',
        },
      ],
    });
  });

  test('what the law leaves to nobody, what is not found and what is not there is not set aside', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    await putRules(world, [
      publishedRule({ id: '0-dividend', merchantId, programmeId, terms: says('会员按积分分红') }),
      publishedRule({ id: '0-lawful', merchantId, programmeId }),
      publishedRule({
        id: '0-own',
        merchantId,
        programmeId,
        terms: says('生活增值'),
        draftedBy: second.subject,
      }),
    ]);
    const ruleId = '0-dividend';

    expect(await propose(world, { ruleId, check: 'PROHIBITED_BENEFIT' })).toMatchObject({
      __typename: 'OverrideNotAllowed',
      code: 'OVERRIDE_NOT_ALLOWED',
    });
    expect(await propose(world, { ruleId, check: 'NO_SUCH' })).toMatchObject({
      code: 'CHECK_UNKNOWN',
    });
    expect(await propose(world, { ruleId, reason: ' ' })).toMatchObject({
      code: 'TEXT_NOT_USABLE',
    });
    expect(await propose(world, { ruleId: '0-lawful' })).toMatchObject({
      code: 'NOTHING_TO_OVERRIDE',
    });
    expect(await propose(world, { ruleId: 'none' })).toMatchObject({ __typename: 'NotFound' });
    expect(await confirm(world, 'none', second)).toMatchObject({ __typename: 'NotFound' });
    expect(await propose(world, { ruleId }, asMerchant(merchantId))).toEqual({
      fault: 'FORBIDDEN',
    });
    // Who drafted a rule confirms nothing for it.
    const { override } = await propose(world, { ruleId: '0-own' });
    expect(await confirm(world, override.id, second)).toMatchObject({
      __typename: 'SecondPersonNeeded',
    });
    // A promise of dividends stays refused, though the word alone could be set aside.
    const claim = await propose(world, { ruleId });
    await confirm(world, claim.override.id, second);
    const { rules } = await report(world, { merchantId });
    const { findings } = rules.find((row: { ruleId: string }) => row.ruleId === ruleId);
    expect(findings).toMatchObject([
      { check: 'PROHIBITED_BENEFIT', severity: 'BLOCKS' },
      { check: 'PROHIBITED_CLAIM', severity: 'ADVISES' },
    ]);
  });

  test('L9, S71: the rebate counts what two other merchants give, and never what one gives away', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    const reward = (merchant: string, amountMinor: number) =>
      world.reward({
        ...{ merchantId: merchant, points: 100, cashPrice: { amountMinor, currency: 'CNY' } },
      });
    await reward(merchantId, 100);
    const rate = { points: 10, minor: 100, currency: 'CNY' };
    await putRules(world, [
      publishedRule({
        id: '0-rate',
        merchantId,
        programmeId,
        ruleKey: programmeId,
        version: 2,
        effectiveAt: new Date('2026-11-08T00:00:00Z'),
        terms: { ...lawfulTerms, award: { kind: 'RATE', rate, priority: 0 } },
      }),
    ]);
    const checks = async () => {
      const { rules } = await report(world, { merchantId });
      return rules[0].findings.map(({ check }: { check: string }) => check);
    };

    // 10 points of 0.01 yuan for a yuan are 10 %; of 0.04 yuan, which one merchant gives, they would be 40 %.
    expect(await checks()).toEqual([]);
    const other = await world.merchant();
    await reward(other, 400);
    await reward(other, 500);
    expect(await checks()).toEqual(['REBATE_HIGH_AT_ONE']);
    // A second merchant gives as much: it is what points are worth.
    await reward(await world.merchant(), 400);
    expect(await checks()).toEqual(['REBATE_TOO_HIGH', 'REBATE_HIGH_AT_ONE']);
  });

  test('a page of the report costs a constant number of statements', async () => {
    const { world, merchantId, programmeId } = await shop(engine);
    await using _ = world;
    const count = async (first: number) => {
      world.statements.length = 0;
      await world.data(REPORT, { filter: { merchantId }, first }, { as: regulator });
      return world.statements.filter(({ name }) => name === 'merchants').length;
    };
    await putRules(
      world,
      Array.from({ length: 20 }, (_none, index) =>
        publishedRule({ id: `0-${index}`, merchantId, programmeId }),
      ),
    );

    expect(await count(20)).toBe(await count(2));
  });
});
