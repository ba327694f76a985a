import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alone, Asked } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMember, asMerchant, freshKey, operator } from '../../support/people.ts';
import { openGreen, record } from '../acts/acts-world.ts';
import { certify, gramsOf, line, purchase } from '../green-world.ts';

const secondOperator = { ...operator, subject: 'operator:second' };

const REFUSED = '__typename ... on Refusal { code message } ... on InvalidInput { field }';

/** A version of OWN_CUP for the first of December, unless said otherwise. */
const proposed = (input: Record<string, unknown> = {}) => ({
  idempotencyKey: freshKey(),
  code: 'OWN_CUP',
  version: freshKey(),
  grams: 41,
  unit: 'cup',
  basis: 'CO2E',
  boundary: 'LIFE_CYCLE',
  region: 'CN',
  dataYear: 2025,
  publishedOn: '2026-09-01',
  source: 'A study of 2026, https://example.org/cups',
  licence: 'CC BY 4.0',
  method: 'Mean of three chains.',
  confidence: 'B',
  since: '2026-12-01',
  ...input,
});

describe.each(engines)('factors on $name', (engine) => {
  let alone: Alone;

  beforeAll(async () => {
    alone = await openGreen(engine);
  });
  afterAll(() => alone?.[Symbol.asyncDispose]());

  const propose = async (input: Record<string, unknown> = {}, asked: Asked = {}) =>
    (
      await alone.data(
        `mutation ($input: ProposeEmissionFactorInput!) { proposeEmissionFactor(input: $input) {
          ${REFUSED} ... on EmissionFactorProposed { proposal {
            id proposedBy factor { code version name counted supersedes since } } } } }`,
        { input: proposed(input) },
        asked,
      )
    ).proposeEmissionFactor;
  const decide = async (verb: string, proposalId: string, asked: Asked = { as: secondOperator }) =>
    (
      await alone.data(
        `mutation ($input: ConfirmEmissionFactorInput!) { answer: ${verb}EmissionFactor(input: $input) {
          ${verb === 'confirm' ? `${REFUSED} ... on EmissionFactorConfirmed { factor { code version } }` : '__typename ... on Refusal { code }'} } }`,
        { input: { idempotencyKey: freshKey(), proposalId } },
        asked,
      )
    ).answer;
  const factors = async (filter: object) =>
    (
      await alone.data(
        `query ($filter: EmissionFactorFilter) { emissionFactors(filter: $filter) {
          code version grams perUnits basis region province isEnabled } }`,
        { filter },
        { as: anonymous },
      )
    ).emissionFactors;

  test('everybody sees the factors in force, with source, boundary, licence and inputs', async () => {
    const { emissionFactor } = await alone.data(
      `{ emissionFactor(code: "EV_KWH", version: "2024-1") {
        name grams perUnits unit counted basis boundary region province dataYear licence since isEnabled
        inputs { code version value unit basis publishedOn licence } } }`,
      {},
      { as: anonymous, locale: 'zh-CN' },
    );
    const codes = (await factors({})).map(({ code }: { code: string }) => code);

    expect(emissionFactor).toMatchObject({
      ...{
        name: '电动汽车充电替代燃油',
        grams: 336,
        perUnits: 1,
        unit: 'kWh',
        counted: 'CERTIFIED',
      },
      ...{ basis: 'CO2E', boundary: 'NOT_STATED', province: null, since: null, isEnabled: true },
    });
    expect(emissionFactor.inputs).toHaveLength(3);
    expect(emissionFactor.inputs[0]).toMatchObject({
      ...{ code: 'GRID_CN_FOOTPRINT', value: '0.5777', unit: 'kg/kWh', basis: 'CO2E' },
      publishedOn: '2025-10-23',
    });
    expect(codes.filter((code: string) => code === 'GREEN_KWH')).toHaveLength(31);
    expect(codes).not.toContain('PAPER_KG');
  });

  test('factors are found by code, region and basis, and the weak ones on demand', async () => {
    expect(await factors({ code: 'GREEN_KWH', region: '310000' })).toEqual([
      {
        ...{ code: 'GREEN_KWH', version: '2022-310000', grams: 5849, perUnits: 10, basis: 'CO2' },
        ...{ region: '310000', province: '310000', isEnabled: true },
      },
    ]);
    expect(await factors({ code: 'OWN_CUP', basis: 'CO2' })).toEqual([]);
    expect(await factors({ code: 'PAPER_KG', includeNotClaimed: true })).toMatchObject([
      { isEnabled: false, grams: 1500 },
    ]);
    const { emissionFigures } = await alone.data(
      '{ emissionFigures(filter: { code: "GRID_CN", basis: CO2 }) { version value supersedes name } }',
    );
    expect(emissionFigures).toEqual([
      { version: '2021', value: '0.5568', supersedes: null, name: 'Power, national average' },
      { version: '2022', value: '0.5366', supersedes: '2021', name: 'Power, national average' },
      { version: '2023', value: '0.5306', supersedes: '2022', name: 'Power, national average' },
    ]);
  });

  test('a version counts once another person has confirmed it, and from its first day on', async () => {
    const version = 'four-eyes';
    const { proposal } = await propose({ version });
    const asked = '{ proposedEmissionFactors { id factor { code version source } } }';
    const { proposedEmissionFactors } = await alone.data(asked);

    expect(proposal).toMatchObject({
      proposedBy: 'operator:test',
      factor: { name: 'A drink in one’s own cup', counted: 'PIECE', supersedes: '2016-1' },
    });
    expect(proposedEmissionFactors).toContainEqual({
      id: proposal.id,
      factor: { code: 'OWN_CUP', version, source: 'A study of 2026, https://example.org/cups' },
    });
    expect(await factors({ code: 'OWN_CUP', includeSuperseded: true })).toHaveLength(1);

    expect(await decide('confirm', proposal.id, {})).toMatchObject({
      __typename: 'SecondPersonNeeded',
      message: expect.stringContaining('another person'),
    });
    expect(await decide('confirm', proposal.id)).toMatchObject({
      __typename: 'EmissionFactorConfirmed',
      factor: { code: 'OWN_CUP', version },
    });
    expect(await decide('confirm', proposal.id)).toMatchObject({ code: 'FACTOR_NOT_PROPOSED' });
    expect(await decide('withdraw', proposal.id)).toMatchObject({ code: 'FACTOR_NOT_PROPOSED' });
    expect(await factors({ code: 'OWN_CUP' })).toMatchObject([{ version: '2016-1' }]);
    expect(await factors({ code: 'OWN_CUP', includeSuperseded: true })).toHaveLength(2);
  });

  test('S51: a published factor changes what is new, never what has been', async () => {
    const boxes = (day: string, purchaseId: string) => ({
      ...purchase({ purchaseId, memberId: purchaseId, purchasedAt: `${day}T02:00:00.000Z` }),
      lines: [line({ certificateNumber: null, behaviour: 'NO_CUTLERY', quantity: 1 })],
    });
    const assessed = async (day: string) => {
      const { merchantId, lines, ...told } = boxes(day, 'p');
      const reference = { __typename: 'Purchase', id: 'p', merchant: { id: merchantId } };
      const [{ green }] = await alone.entities(
        '... on Purchase { green { carbonGrams lines { factorVersion } } }',
        [{ ...reference, ...told, lines }],
      );
      return green;
    };
    const { proposal } = await propose({
      code: 'NO_CUTLERY',
      unit: 'order',
      version: 's51',
      since: '2026-12-10',
      grams: 55,
    });
    await decide('confirm', proposal.id);
    await alone.happens('merchants', 'purchase.recorded', boxes('2026-11-20', 'before'));
    const old = await assessed('2026-11-20');

    const start = alone.clock.now().toISOString();
    alone.clock.set('2026-12-11T02:00:00Z');
    await alone.happens('merchants', 'purchase.recorded', boxes('2026-12-11', 'after'));
    await alone.happens('merchants', 'purchase.recorded', boxes('2026-12-09', 'late'));
    const [oldNow, newNow] = [await assessed('2026-11-20'), await assessed('2026-12-10')];
    alone.clock.set(start);

    expect(oldNow).toEqual(old);
    expect(old).toEqual({ carbonGrams: 38, lines: [{ factorVersion: 'NO_CUTLERY/2024-1' }] });
    expect(newNow).toEqual({ carbonGrams: 55, lines: [{ factorVersion: 'NO_CUTLERY/s51' }] });
    expect(await gramsOf(alone, 'before')).toBe(38);
    expect(await gramsOf(alone, 'after')).toBe(55);
    expect(await gramsOf(alone, 'late')).toBe(38);
  });

  test('an act with green electricity counts by the grid of its province, or the national one', async () => {
    const act = { behaviour: 'GREEN_KWH', activityMilli: 10_000, unit: 'kWh' };
    const evidence = { kind: 'RETIRED_CERTIFICATE', issuer: 'GEC' };
    const versions = [];
    for (const [memberId, region] of Object.entries({ x: '310115', y: 'CN', z: '540000' })) {
      versions.push((await record(alone, { ...act, memberId, region, evidence })).act);
    }

    expect(versions.map(({ factorVersion, grams }) => [factorVersion, grams])).toEqual([
      ['GREEN_KWH/2022-310000', 5_849],
      ['GREEN_KWH/2023-1', 5_306],
      ['GREEN_KWH/2023-1', 5_306],
    ]);
  });

  test('what is proposed is complete, fits its behaviour and lies ahead', async () => {
    const cases: [Record<string, unknown>, string, string][] = [
      [{ source: ' ' }, 'SOURCE_MISSING', 'source'],
      [{ licence: '' }, 'TEXT_NOT_USABLE', 'licence'],
      [{ code: 'own cup' }, 'FACTOR_CODE_NOT_USABLE', 'code'],
      [{ version: ' 1' }, 'KEY_NOT_USABLE', 'version'],
      [{ confidence: 'D' }, 'CONFIDENCE_UNKNOWN', 'confidence'],
      [{ unit: 'kWh' }, 'FACTOR_UNIT_DIFFERS', 'unit'],
      [{ counted: 'ORDER' }, 'FACTOR_COUNTED_DIFFERS', 'counted'],
      [{ code: 'TRAIN_KM' }, 'FACTOR_NEEDS_NAME', 'nameEn'],
      [{ code: 'TRAIN_KM', nameEn: 'Train', nameZh: '火车' }, 'FACTOR_NEEDS_COUNTED', 'counted'],
      [{ grams: 0 }, 'FACTOR_GRAMS_NOT_USABLE', 'grams'],
      [{ grams: 10_000_001 }, 'FACTOR_GRAMS_NOT_USABLE', 'grams'],
      [{ perUnits: 0 }, 'FACTOR_UNITS_NOT_USABLE', 'perUnits'],
      [{ province: '310115' }, 'PROVINCE_NOT_USABLE', 'province'],
      [{ province: '990000' }, 'PROVINCE_NOT_USABLE', 'province'],
      [{ dataYear: 25 }, 'DATA_YEAR_NOT_USABLE', 'dataYear'],
      [{ dataYear: 2027 }, 'DATA_YEAR_NOT_USABLE', 'dataYear'],
      [{ publishedOn: '2026-11-23' }, 'FACTOR_PUBLISHED_LATER', 'publishedOn'],
      [{ region: 'Atlantis' }, 'FACTOR_REGION_NOT_USABLE', 'region'],
      [{ inputs: ['CUP_REUSED/2016', 'CUP/1'] }, 'FIGURE_UNKNOWN', 'inputs.1'],
      [{ since: '2026-11-22' }, 'FACTOR_NOT_AHEAD', 'since'],
      [{ since: '2026-01-01' }, 'FACTOR_NOT_AHEAD', 'since'],
    ];
    for (const [input, code, field] of cases) {
      const refusal = await propose(input, { locale: 'zh-CN' });
      expect(refusal, code).toMatchObject({ __typename: 'InvalidInput', code, field });
      expect(refusal.message, code).toMatch(/\p{Script=Han}/u);
    }
    expect(await propose({ inputs: ['CUP_REUSED/2016', 'GRID_CN/2023'] })).toMatchObject({
      __typename: 'BasesMixed',
      message: expect.stringContaining('figures of one basis'),
    });
    const ofItsOwn = { code: 'TRAIN_KM', nameEn: 'Train', nameZh: '火车', counted: 'CERTIFIED' };
    const mixed = { ...ofItsOwn, basis: 'CO2', inputs: ['GRID_CN_FOOTPRINT/2024'] };
    expect(await propose(mixed)).toMatchObject({ code: 'BASES_MIXED' });
    expect(await propose({ basis: 'CO2', inputs: [] })).toMatchObject({
      ...{ code: 'FACTOR_BASIS_DIFFERS', field: 'basis' },
    });
  });

  test('a name of a version, and a day in a place, are taken once, also by ten at once', async () => {
    expect(await propose({ version: '2016-1' })).toMatchObject({ code: 'FACTOR_VERSION_TAKEN' });
    const one = { version: 'once', since: '2027-01-01' };

    const answers = await Promise.all(Array.from({ length: 10 }, () => propose(one)));
    const [first] = answers.filter(({ proposal }) => proposal !== undefined);
    const sameDay = await propose({ version: 'other', since: '2027-01-01' });
    const elsewhere = await propose({ ...one, version: 'there', province: '310000' });
    await decide('withdraw', first.proposal.id, {});
    const again = await propose(one);
    const gone = await decide('confirm', first.proposal.id);

    expect(answers.filter(({ code }) => code === 'FACTOR_VERSION_TAKEN')).toHaveLength(9);
    expect(sameDay).toMatchObject({ __typename: 'FactorVersionTaken' });
    expect([elsewhere.__typename, again.__typename]).toEqual(
      Array(2).fill('EmissionFactorProposed'),
    );
    expect(gone).toMatchObject({ __typename: 'NotFound' });
  });

  test('a version supersedes what was confirmed before its day, whenever either was proposed', async () => {
    const on = { code: 'BOX_REUSE', unit: 'box' };
    const { proposal: later } = await propose({ ...on, version: 'b', since: '2026-12-05' });
    const { proposal: sooner } = await propose({ ...on, version: 'a', since: '2026-12-01' });
    await decide('confirm', later.id);
    await decide('confirm', sooner.id);
    const { emissionFactors } = await alone.data(
      '{ emissionFactors(filter: { code: "BOX_REUSE", includeSuperseded: true }) { version supersedes } }',
    );

    expect(later.factor.supersedes).toBe('2019-1');
    expect(emissionFactors).toEqual([
      { version: '2019-1', supersedes: null },
      { version: 'a', supersedes: '2019-1' },
      { version: 'b', supersedes: 'a' },
    ]);
  });

  test('of two first versions of a new behaviour the one that is confirmed decides what it is', async () => {
    const first = { code: 'NEW_DEED', nameEn: 'New', nameZh: '新行为', counted: 'PIECE' };
    const { proposal: one } = await propose({ ...first, version: '1', since: '2026-12-01' });
    const { proposal: other } = await propose({
      ...{ ...first, version: '2', since: '2026-12-02', unit: 'kg', basis: 'CO2' },
    });
    await decide('confirm', one.id);

    expect(await decide('confirm', other.id)).toMatchObject({
      ...{ __typename: 'InvalidInput', code: 'FACTOR_DIFFERS_BY_NOW' },
    });
    expect(await factors({ code: 'NEW_DEED', includeSuperseded: true })).toMatchObject([
      { version: '1', basis: 'CO2E' },
    ]);
  });

  test('who confirms too late confirms nothing', async () => {
    const { proposal } = await propose({ version: 'late', since: '2026-11-23' });
    const start = alone.clock.now().toISOString();
    alone.clock.set('2026-11-22T16:00:00Z');
    const refusal = await decide('confirm', proposal.id);
    alone.clock.set(start);

    expect(refusal).toMatchObject({ code: 'FACTOR_TOO_LATE', field: 'proposalId' });
  });

  test('a new behaviour may be claimed by certificate once its factor is published', async () => {
    const behaviour = { code: 'PAPER_KG', version: '2026-1', unit: 'kg', grams: 1_200 };
    const certified = { number: 'PAPER-1', behaviour: 'PAPER_KG', activityMilli: 1_000 };
    expect(await certify(alone, certified)).toMatchObject({ code: 'BEHAVIOUR_UNKNOWN' });

    const { proposal } = await propose(behaviour);
    await decide('confirm', proposal.id);

    expect(await certify(alone, certified)).toMatchObject({
      __typename: 'GreenCertificateRegistered',
    });
  });

  test('only operators propose, confirm and see what is proposed', async () => {
    for (const as of [asMerchant('shop'), asMember('ann')]) {
      await expect(propose({}, { as })).rejects.toThrow('FORBIDDEN');
      await expect(decide('confirm', 'x', { as })).rejects.toThrow('FORBIDDEN');
      await expect(alone.data('{ proposedEmissionFactors { id } }', {}, { as })).rejects.toThrow(
        'FORBIDDEN',
      );
    }
  });
});
