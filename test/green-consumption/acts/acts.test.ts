import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceCaller } from '../../../shared/graphql/caller.ts';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { asMember, asMerchant, freshKey, operator } from '../../support/people.ts';
import { gramsOf } from '../green-world.ts';
import {
  feedOf,
  freshNumber,
  openGreen,
  outage,
  project,
  record,
  revoke,
  takePart,
} from './acts-world.ts';

const service = serviceCaller('merchants');

// One world for all: each test has members and evidence of its own.
describe.each(engines)('green acts on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openGreen(engine);
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  test('an act saves by the factor of its day, and says what it was computed with', async () => {
    const { act } = await record(alone, { memberId: 'ann' });

    expect(act).toMatchObject({
      behaviour: 'METRO_TRIP',
      activityMilli: 1_000,
      countedMilli: 1_000,
      grams: 515,
      basis: 'CO2E',
      factorVersion: 'METRO_TRIP/2015-1',
      region: '310000',
      revokedAt: null,
    });
    expect(await gramsOf(alone, 'ann')).toBe(515);
    expect(
      (await feedOf(alone, service)).filter((one: { actId: string }) => one.actId === act.id),
    ).toEqual([
      expect.objectContaining({ kind: 'act.recorded', memberId: 'ann', behaviour: 'METRO_TRIP' }),
    ]);
  });

  test('while members does not answer nothing is recorded, and with the same key it is afterwards', async () => {
    const given = { memberId: 'far', idempotencyKey: freshKey(), evidence: { number: 'far-1' } };
    outage.isOn = true;
    const during = await record(alone, given);
    outage.isOn = false;

    expect(during).toEqual({ fault: 'SUBGRAPH_UNAVAILABLE' });
    expect(await gramsOf(alone, 'far')).toBe(0);
    expect((await record(alone, given)).act.grams).toBe(515);
    expect(await gramsOf(alone, 'far')).toBe(515);
  });

  test.each([
    ['an impossible number of trips', { activityMilli: 9_000 }, 'ACT_TOO_MUCH'],
    ['a unit that does not fit', { unit: 'km' }, 'UNIT_DOES_NOT_FIT'],
    ['half a trip', { activityMilli: 500 }, 'ACTIVITY_NOT_WHOLE'],
    ['nothing', { activityMilli: 0 }, 'AMOUNT_NOT_POSITIVE'],
    ['the future', { occurredAt: '2026-11-22T02:00:01Z' }, 'ACT_IN_FUTURE'],
    ['what is too old', { occurredAt: '2026-10-21T02:00:00Z' }, 'ACT_TOO_OLD'],
    ['a behaviour that nobody knows', { behaviour: 'FLYING' }, 'ACT_UNKNOWN'],
    ['evidence of another kind', { evidence: { kind: 'ORDER' } }, 'EVIDENCE_DOES_NOT_FIT'],
    ['a region that is a place', { region: 'Nanjing Road 1' }, 'REGION_NOT_USABLE'],
    ['a division that is none', { region: '990000' }, 'REGION_NOT_USABLE'],
    ['a number on two lines', { evidence: { number: 'a\nb' } }, 'KEY_NOT_USABLE'],
    ['a number that nobody sees', { evidence: { number: '\u200b' } }, 'KEY_NOT_USABLE'],
    ['a track in the evidence', { evidence: { number: '31.2304,121.4737' } }, 'TRACK_NOT_ACCEPTED'],
    ['a track as issuer', { evidence: { issuer: 'LINESTRING(1 2,3 4)' } }, 'TRACK_NOT_ACCEPTED'],
    ['a track as region', { region: '１２１．４７３７０１' }, 'TRACK_NOT_ACCEPTED'],
    ['a member who is not there', { memberId: 'nobody' }, 'MEMBER_NOT_FOUND'],
    ['an empty number', { evidence: { number: '' } }, 'KEY_NOT_USABLE'],
  ])(
    'R20: %s is refused with its reason in both languages, and nothing is kept',
    async (_, given, code) => {
      const before = (await feedOf(alone, service)).length;

      const en = await record(alone, given);
      const zh = await record(alone, given, { locale: 'zh-CN' });

      expect([en.code, zh.code]).toEqual([code, code]);
      expect(en.message).not.toBe(code);
      expect(zh.message).toMatch(/[\u4e00-\u9fff]/);
      expect(await feedOf(alone, service)).toHaveLength(before);
    },
  );

  test('a factor that is too weak to be enabled claims nothing', async () => {
    const paper = { behaviour: 'PAPER_KG', unit: 'kg', evidence: { kind: 'RECEIPT' } };

    const [en, zh] = [await record(alone, paper), await record(alone, paper, { locale: 'zh-CN' })];

    expect(en).toMatchObject({ __typename: 'FactorNotInForce', code: 'FACTOR_NOT_IN_FORCE' });
    expect(zh.message).toContain('排放因子');
  });

  test('an impossible distance is refused for a trip and for a day', async () => {
    const ride = (activityMilli: number) =>
      record(alone, { memberId: 'nina', behaviour: 'BIKE_KM', unit: 'km', activityMilli });

    expect(await ride(100_001)).toMatchObject({
      __typename: 'ActNotPlausible',
      code: 'ACT_TOO_MUCH',
    });
    expect((await ride(90_000)).act).toMatchObject({ countedMilli: 20_000, grams: 1_000 });
    expect(await ride(90_000)).toMatchObject({ code: 'CAP_OF_ACTIVITY_REACHED' });
    const metro = (activityMilli: number) =>
      record(alone, { memberId: 'nell', behaviour: 'METRO_KM', unit: 'km', activityMilli });
    expect((await metro(200_000)).act.grams).toBe(20_600);
    expect((await metro(200_000)).act.grams).toBe(20_600);
    expect(await metro(1_000)).toMatchObject({
      __typename: 'ActNotPlausible',
      code: 'DAY_TOO_MUCH',
    });
    expect(await gramsOf(alone, 'nina')).toBe(1_000);
  });

  test('a walk is claimed once a day, whatever measured it, and no more of it than the cap', async () => {
    const walk = (issuer: string, day = '21') =>
      record(alone, {
        memberId: 'omar',
        behaviour: 'WALK_KM',
        unit: 'km',
        activityMilli: 9_000,
        occurredAt: `2026-11-${day}T10:00:00Z`,
        evidence: { kind: 'DAY_TOTAL', issuer },
      });

    expect((await walk('watch')).act).toMatchObject({ countedMilli: 5_920, grams: 296 });
    expect(await walk('phone')).toMatchObject({ __typename: 'ActClaimed' });
    expect((await walk('phone', '20')).act.grams).toBe(296);
  });

  test('green electricity needs a certificate of its own, counts by the province, and is in no total of CO2e', async () => {
    const kwh = (memberId: string, number: string, region: string) =>
      record(alone, {
        memberId,
        behaviour: 'GREEN_KWH',
        unit: 'kWh',
        activityMilli: 100_000,
        region,
        evidence: { kind: 'RETIRED_CERTIFICATE', issuer: 'registry', number },
      });

    const sichuan = await kwh('pia', 'GEC-1', '510100');
    const shanghai = await kwh('quin', 'GEC-2', '310000');
    const twice = await kwh('quin', 'gec-1', '310000');

    expect(sichuan.act).toMatchObject({ basis: 'CO2', factorVersion: expect.any(String) });
    expect(sichuan.act.grams).toBeLessThan(shanghai.act.grams);
    expect(sichuan.act.factorVersion).not.toBe(shanghai.act.factorVersion);
    expect(twice.__typename).toBe('ActClaimed');
    expect(await gramsOf(alone, 'pia')).toBe(0);
  });

  test('what is above a cap is refused when acts are counted, and cut when it is measured', async () => {
    const cups = (activityMilli: number, day = '21') => ({
      memberId: 'dora',
      behaviour: 'OWN_CUP',
      unit: 'cup',
      activityMilli,
      occurredAt: `2026-11-${day}T02:00:00Z`,
      evidence: { kind: 'ORDER', issuer: 'cafe' },
    });
    const trips = await Promise.all(
      Array.from({ length: 8 }, () => record(alone, { memberId: 'dora' })),
    );

    const four = await record(alone, cups(4_000));
    const cut = await record(alone, cups(3_000));
    const none = await record(alone, cups(1_000));
    const nextDay = await record(alone, cups(1_000, '22'));

    expect(trips.filter(({ act }) => act)).toHaveLength(5);
    expect(trips.find(({ code }) => code)).toMatchObject({
      __typename: 'ActCapReached',
      code: 'CAP_OF_ACTS_REACHED',
      resetsOn: '2026-11-22',
    });
    expect(four.act).toMatchObject({ countedMilli: 4_000, grams: 148 });
    expect(cut.act).toMatchObject({ activityMilli: 3_000, countedMilli: 1_000, grams: 37 });
    expect(none).toMatchObject({ code: 'CAP_OF_ACTIVITY_REACHED', resetsOn: '2026-11-22' });
    expect(nextDay.act.grams).toBe(37);
    expect(await gramsOf(alone, 'dora')).toBe(5 * 515 + 6 * 37);
  });

  test('forty at once keep to the cap, and the same evidence is claimed by one of them', async () => {
    const number = freshNumber();

    const capped = await Promise.all(
      Array.from({ length: 40 }, () => record(alone, { memberId: 'eve' })),
    );
    const same = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        record(alone, { memberId: `eve-${index}`, evidence: { number } }),
      ),
    );

    expect(capped.filter(({ act }) => act)).toHaveLength(5);
    expect(same.filter(({ act }) => act)).toHaveLength(1);
    expect(same.filter(({ __typename }) => __typename === 'ActClaimed')).toHaveLength(19);
    expect(await gramsOf(alone, 'eve')).toBe(5 * 515);
  });

  test('a merchant records by its own evidence under its own name, and revokes no act of others', async () => {
    const own = { memberId: 'ivy', merchantId: 'metro', evidence: { issuer: 'metro' } };
    const { act } = await record(alone, own, { as: asMerchant('metro') });

    const foreign = await record(
      alone,
      { ...own, evidence: { issuer: 'bus' } },
      { as: asMerchant('metro') },
    );
    const asOther = await record(alone, own, { as: asMerchant('bus') });
    const nameless = await record(alone, { memberId: 'ivy' }, { as: asMerchant('metro') });
    const byHerself = await record(alone, { memberId: 'ivy' }, { as: asMember('ivy') });
    const byOther = await revoke(alone, act.id, {}, { as: asMerchant('bus') });

    expect(act.grams).toBe(515);
    const retired = await record(
      alone,
      {
        ...{ ...own, behaviour: 'GREEN_KWH', unit: 'kWh', activityMilli: 10_000 },
        evidence: { issuer: 'metro', kind: 'RETIRED_CERTIFICATE' },
      },
      { as: asMerchant('metro') },
    );

    expect([foreign.code, retired.code]).toEqual(['EVIDENCE_NOT_OWN', 'EVIDENCE_NOT_OWN']);
    expect([asOther, nameless, byHerself]).toEqual(Array(3).fill({ fault: 'FORBIDDEN' }));
    expect(byOther).toMatchObject({ code: 'ACT_NOT_FOUND' });
  });

  test('a member lists her own acts, a merchant those under its name, nobody else any', async () => {
    const { act } = await record(alone, {
      memberId: 'jo',
      merchantId: 'tram',
      evidence: { issuer: 'tram' },
    });
    await record(alone, { memberId: 'jo' });
    const listed = async (as = operator) =>
      (
        await alone.data(
          '{ greenActs(first: 10, filter: { memberId: { eq: "jo" } }) { nodes { id } totalCount } }',
          {},
          { as },
        )
      ).greenActs;
    const one = async (as = operator) =>
      (await alone.data(`{ greenAct(id: "${act.id}") { id evidenceNumber } }`, {}, { as }))
        .greenAct;

    expect((await listed()).totalCount).toBe(2);
    expect((await listed(asMember('jo'))).totalCount).toBe(2);
    expect((await listed(asMerchant('tram'))).nodes).toEqual([{ id: act.id }]);
    expect((await listed(asMember('bo'))).totalCount).toBe(0);
    expect([await one(asMember('bo')), await one(asMerchant('metro'))]).toEqual([null, null]);
    expect((await one(asMember('jo'))).id).toBe(act.id);
  });

  test('S48: taking part in a project is recorded once for each member, while it runs', async () => {
    const registered = await project(alone);
    const twice = await project(alone);
    const tracked = await project(alone, { code: 'P-2', organiser: 'at 31.23045, 121.47372' });

    const { act } = await takePart(alone, { memberId: 'kay' });
    const again = await takePart(alone, { memberId: 'kay' });
    const other = await takePart(alone, { memberId: 'lou' });
    const before = await takePart(alone, { memberId: 'mia', occurredAt: '2026-10-31T02:00:00Z' });
    const unknown = await takePart(alone, { memberId: 'mia', projectCode: 'NONE' });

    expect(registered.project).toMatchObject({ code: 'TREES-2026', title: 'Planting trees' });
    expect([twice.code, tracked.code]).toEqual(['PROJECT_TAKEN', 'TRACK_NOT_ACCEPTED']);
    expect(act).toMatchObject({ behaviour: 'PROJECT', grams: 0, factorVersion: null });
    expect([again.__typename, before.code, unknown.code]).toEqual([
      'ActClaimed',
      'PROJECT_NOT_RUNNING',
      'PROJECT_NOT_FOUND',
    ]);
    expect(other.act.behaviour).toBe('PROJECT');
    // The evidence is of one member, until it turns out to be written down wrongly.
    const evidenceNumber = 'LIST-7';
    const listed = await takePart(alone, { memberId: 'nia', evidenceNumber });
    const copied = { memberId: 'oda', evidenceNumber: 'list-7' };
    expect(await takePart(alone, copied)).toMatchObject({ __typename: 'ActClaimed' });
    await revoke(alone, listed.act.id);
    expect((await takePart(alone, copied)).act.behaviour).toBe('PROJECT');
    expect((await revoke(alone, act.id)).act.revocationReason).toBe('RECORDED_WRONGLY');
    expect((await takePart(alone, { memberId: 'kay' })).act.grams).toBe(0);
  });
});
