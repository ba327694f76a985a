import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SubgraphFailure } from '../../shared/graphql/request.ts';
import { greenConsumption } from '../../subgraphs/green-consumption/subgraph.ts';
import { openAlone } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance, type World } from '../support/world.ts';
import { project } from './acts/acts-world.ts';
import { certify as certifyAlone } from './green-world.ts';

const REFUSED = `__typename ... on Refusal { code message } ... on InvalidInput { field }
  ... on NotLawful { findings { check severity field message alternative } }`;

describe.each(engines)('what is said of green things, and of whom, on $name', (engine) => {
  let world: World;
  let day = 10;
  beforeAll(async () => {
    world = await openAlliance(engine);
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  const register = async (input: object, locale: 'en' | 'zh-CN' = 'en') =>
    (
      await world.data(
        `mutation ($input: RegisterGreenProjectInput!) { registerGreenProject(input: $input) { ${REFUSED} } }`,
        {
          input: {
            ...{ idempotencyKey: freshKey(), code: freshKey(), titleZh: '植树', titleEn: 'Trees' },
            ...{ organiser: 'City forestry', source: 'https://trees.example', region: '310000' },
            ...{ startsOn: '2026-11-01', endsOn: '2026-11-30', ...input },
          },
        },
        { locale },
      )
    ).registerGreenProject;
  const propose = async (input: object) =>
    (
      await world.data(
        `mutation ($input: ProposeEmissionFactorInput!) { proposeEmissionFactor(input: $input) { ${REFUSED} } }`,
        {
          input: {
            ...{ idempotencyKey: freshKey(), code: 'TRAIN_KM', version: freshKey(), grams: 40 },
            ...{ unit: 'km', basis: 'CO2E', boundary: 'LIFE_CYCLE', region: 'CN', dataYear: 2025 },
            ...{ source: 'A study of 2026', licence: 'CC BY 4.0', method: 'Measured.' },
            ...{ confidence: 'B', since: '2027-01-01', counted: 'CERTIFIED' },
            ...{ nameEn: 'By train', nameZh: '乘坐火车', ...input },
          },
        },
      )
    ).proposeEmissionFactor;
  const certify = async (input: object) =>
    (
      await world.data(
        `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
          __typename ... on Refusal { code message } ... on InvalidInput { field } } }`,
        {
          input: {
            ...{ idempotencyKey: freshKey(), number: freshKey(), label: 'ORGANIC', body: 'A body' },
            ...{ validFrom: '2026-01-01', validUntil: '2026-12-31', skus: ['RICE'], ...input },
          },
        },
      )
    ).registerGreenCertificate;

  test.each<[string, object]>([
    ['titleZh', { titleZh: '碳中和出行周' }],
    ['titleEn', { titleEn: 'Carbon neutral week' }],
    ['titleEn', { titleEn: 'A day of zero CO2' }],
    ['titleZh', { titleZh: '0碳日' }],
    ['source', { source: '本活动零碳排放' }],
  ])('S52: the %s of a project claims nothing without proof', async (field, words) => {
    const refusal = await register(words);
    const chinese = await register(words, 'zh-CN');

    expect(refusal).toMatchObject({
      ...{ __typename: 'NotLawful', code: 'NOT_LAWFUL' },
      findings: [{ check: 'GREEN_CLAIM', severity: 'BLOCKS', field }],
    });
    expect(chinese.findings[0].alternative).toMatch(/\p{Script=Han}/u);
    expect(await register({})).toEqual({ __typename: 'GreenProjectRegistered' });
  });

  test('titles that are quoted, addresses and the names of organisers claim nothing', async () => {
    const source =
      '《碳中和与交通》, "Towards carbon neutral cities", https://example.org/carbon-neutral';

    expect(await register({ source, organiser: '碳中和研究院' })).toEqual({
      __typename: 'GreenProjectRegistered',
    });
    expect(await register({ source: `${source}: we are carbon neutral` })).toMatchObject({
      findings: [{ field: 'source' }],
    });
    expect(await register({ source: 'x'.repeat(20_000) })).toMatchObject({
      ...{ __typename: 'InvalidInput', code: 'TEXT_NOT_USABLE', field: 'source' },
    });
    for (const titleEn of ['\u3164', '\u200B', '\u2800 ']) {
      expect(await register({ titleEn })).toMatchObject({ code: 'TEXT_NOT_USABLE' });
    }
  });

  test.each<[string, object]>([
    ['nameZh', { nameZh: '零碳出行' }],
    ['nameEn', { nameEn: 'Zero carbon travel' }],
    ['source', { source: 'Certainly carbon neutral, says its maker' }],
  ])('S52: the %s of a factor, which stands in reports, neither', async (field, words) => {
    expect(await propose(words)).toMatchObject({
      __typename: 'NotLawful',
      findings: [{ check: 'GREEN_CLAIM', field }],
    });
    day += 1;
    expect(await propose({ since: `2027-01-${day}` })).toEqual({
      __typename: 'EmissionFactorProposed',
    });
  });

  test('a repeated key is answered as before, and a refusal leaves nothing', async () => {
    const key = { idempotencyKey: freshKey(), code: 'ONCE' };

    expect(await register({ ...key, titleEn: 'Net zero day' })).toMatchObject({
      code: 'NOT_LAWFUL',
    });
    expect(await register({ ...key, titleEn: 'Net zero day' })).toMatchObject({
      code: 'NOT_LAWFUL',
    });
    expect(await register({ code: 'ONCE' })).toEqual({ __typename: 'GreenProjectRegistered' });
    expect(await project(world, { code: 'ONCE' })).toMatchObject({ __typename: 'ProjectTaken' });
  });

  test('a certificate covers the rewards of its own merchant, and both are there', async () => {
    const [merchantId, other] = [await world.merchant(), await world.merchant()];
    const [own, foreign] = [
      await world.reward({ merchantId }),
      await world.reward({ merchantId: other }),
    ];

    expect(await certify({ merchantId: 'nobody' })).toMatchObject({
      ...{ __typename: 'InvalidInput', code: 'MERCHANT_NOT_FOUND', field: 'merchantId' },
    });
    for (const rewardId of [foreign, 'nothing']) {
      expect(await certify({ merchantId, rewardIds: [own, rewardId] })).toMatchObject({
        ...{ code: 'REWARD_NOT_OF_MERCHANT', field: 'rewardIds.1' },
      });
    }
    expect(await certify({ merchantId, rewardIds: [own] })).toEqual({
      __typename: 'GreenCertificateRegistered',
    });
    expect(await register({ merchantId: 'nobody' })).toMatchObject({
      ...{ code: 'MERCHANT_NOT_FOUND', field: 'merchantId' },
    });
    expect(await register({ merchantId })).toEqual({ __typename: 'GreenProjectRegistered' });
  });

  test('while merchants does not answer nothing is registered, and the same key registers it later', async () => {
    let isOut = true;
    await using alone = await openAlone(engine, greenConsumption, {
      peer: () => {
        if (isOut) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'does not answer');
        return null;
      },
    });
    const certificate = { idempotencyKey: freshKey(), number: 'LATER' };
    const attempts = [
      () => project(alone, { idempotencyKey: 'later-project' }),
      () => certifyAlone(alone, certificate),
    ];
    for (const attempt of attempts) await expect(codeOf(attempt)).resolves.toMatch(/UNAVAILABLE/);
    // What is wrong by itself is said all the same.
    expect(await project(alone, { region: 'nowhere' })).toMatchObject({ field: 'region' });
    expect(await certifyAlone(alone, { body: ' ' })).toMatchObject({ field: 'body' });
    isOut = false;

    expect(await project(alone, { idempotencyKey: 'later-project' })).toMatchObject({
      __typename: 'GreenProjectRegistered',
    });
    expect(await certifyAlone(alone, certificate)).toMatchObject({
      __typename: 'GreenCertificateRegistered',
    });
    // What was answered is answered again without asking anybody.
    isOut = true;
    expect(await project(alone, { idempotencyKey: 'later-project' })).toMatchObject({
      __typename: 'GreenProjectRegistered',
    });
    expect(await certifyAlone(alone, certificate)).toMatchObject({
      __typename: 'GreenCertificateRegistered',
    });
  });
});

/** The code of what goes wrong, as it is answered or thrown. */
const codeOf = async (attempt: () => Promise<unknown>): Promise<string> => {
  try {
    return JSON.stringify(await attempt());
  } catch (error) {
    return String(error);
  }
};
