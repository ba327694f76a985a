import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { asMember, freshKey } from '../support/people.ts';
import { accrue, burn, reverse } from './books-world.ts';
import { converting, openProgrammes } from './convert-world.ts';

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('S33 points become points of another unit of their issuer, exactly, and the change stays', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([
      accrue({ points: 50, expiresOn: '2027-01-01' }),
      accrue({ points: 100, expiresOn: '2027-06-01' }),
    ]);

    const answer = await books.convert({ points: 120 });

    // Of 50 a rate of 2 for 3 takes 48; of the 72 that are wanted still, all.
    expect(answer).toMatchObject({
      conversion: { unit: 'ALLIANCE', toUnit: 'MILES', taken: 120, got: 80, left: 0, paidDebt: 0 },
      member: { id: 'ann' },
    });
    expect(await books.lots()).toEqual([
      { unit: 'ALLIANCE', points: 2, expiresOn: '2027-01-01', issuer: { id: 'I' } },
      { unit: 'ALLIANCE', points: 28, expiresOn: '2027-06-01', issuer: { id: 'I' } },
      { unit: 'MILES', points: 32, expiresOn: '2027-01-01', issuer: { id: 'I' } },
      { unit: 'MILES', points: 48, expiresOn: '2027-06-01', issuer: { id: 'I' } },
    ]);
    const { conservation } = await books.data('{ conservation { unit issued available balance } }');
    expect(conservation).toEqual([
      { unit: 'ALLIANCE', issued: 30, available: 30, balance: 0 },
      { unit: 'MILES', issued: 80, available: 80, balance: 0 },
    ]);
    expect(await books.convert({ points: 31 })).toMatchObject({
      code: 'CONVERSION_INSUFFICIENT_POINTS',
    });
    expect(await books.convert({ points: 30 })).toMatchObject({
      conversion: { taken: 27, got: 18, left: 3 },
    });
    expect(await books.problems()).toEqual([]);
  });

  test("S33 points earned in a merchant's own unit pay elsewhere once converted, and it owes for them", async () => {
    await using books = await openProgrammes(engine);
    await books.setRate({
      unit: 'MILES',
      toUnit: 'ALLIANCE',
      numerator: 1,
      denominator: 1,
      priceMinor: 80,
    });
    await books.postOne(accrue({ unit: 'MILES', priceMinor: 90 }));
    await books.convert({ unit: 'MILES', toUnit: 'ALLIANCE' });

    await books.postOne(burn());

    const { clearingPositions } = await books.data(
      '{ clearingPositions { merchant { id } net { amountMinor } } }',
    );
    expect(clearingPositions).toEqual([
      { merchant: { id: 'B' }, net: { amountMinor: 80 } },
      { merchant: { id: 'I' }, net: { amountMinor: -80 } },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('only issuers with a rate convert, and nothing that is good for one thing only', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([
      accrue({ points: 30, expiresOn: '2027-01-01', issuerId: 'J' }),
      accrue({ points: 30, expiresOn: '2027-01-02', useScope: 'reward:cake' }),
      accrue({ points: 30, expiresOn: '2027-01-03' }),
      accrue({ points: 30, expiresOn: '2027-01-04', vestsOn: '2026-12-24' }),
      accrue({ walletId: 'bob', issuerId: 'J' }),
    ]);

    expect(await books.convert({ points: 31 })).toMatchObject({
      __typename: 'ConversionRefused',
      code: 'CONVERSION_INSUFFICIENT_POINTS',
      available: 30,
      missing: 1,
    });
    expect(await books.convert({ points: 2 })).toMatchObject({
      code: 'CONVERSION_NOTHING_TO_CONVERT',
    });
    expect(await books.convert({ points: 30 })).toMatchObject({
      conversion: { taken: 30, got: 20 },
    });
    expect(await books.convert({ memberId: 'bob' })).toMatchObject({
      code: 'CONVERSION_NO_CONVERSION_RATE',
    });
    expect(await books.convert({ memberId: 'eve' })).toMatchObject({
      code: 'CONVERSION_INSUFFICIENT_POINTS',
      available: 0,
    });
    expect(await books.problems()).toEqual([]);
  });

  test('points that come in by a conversion pay debts first', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([
      accrue({ unit: 'MILES', causeId: 'p1', points: 30 }),
      accrue({ unit: 'MILES', causeId: 'p2', points: 20, issuerId: 'J' }),
      burn({ unit: 'MILES', points: 50 }),
      reverse({ unit: 'MILES', reversesId: 'p1', points: 30 }),
      reverse({ unit: 'MILES', reversesId: 'p2', points: 20, issuerId: 'J' }),
      accrue({ points: 90 }),
    ]);

    const { conversion } = await books.convert({ points: 90 });

    expect(conversion).toMatchObject({ taken: 90, got: 60, paidDebt: 50 });
    const { byUnit } = await books.wallet();
    expect(byUnit).toEqual([
      { unit: 'ALLIANCE', available: 0, held: 0, debt: 0 },
      { unit: 'MILES', available: 10, held: 0, debt: 0 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('what was converted can be returned: other points of the issuer, then debt', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([
      accrue({ causeId: 'p1', points: 90, expiresOn: '2027-01-01' }),
      accrue({ causeId: 'p2', points: 40 }),
    ]);
    await books.convert({ points: 90 });

    expect(await books.postOne(reverse({ reversesId: 'p1', points: 90 }))).toMatchObject({
      status: 'ACCEPTED',
      debt: 50,
      available: 0,
    });
    expect(await books.problems()).toEqual([]);
  });

  test('one key converts once; with other input it is refused; nobody converts what is not hers', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.postOne(accrue({ points: 300 }));
    const idempotencyKey = freshKey();

    const answers = await Promise.all(
      [1, 2, 3].map(() => books.convert({ idempotencyKey, points: 99 })),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await books.wallet()).available).toBe(201);
    const reused = await books.tryConvert({ idempotencyKey, points: 98 }, asMember('ann'));
    expect(reused.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const stranger = await books.tryConvert({}, asMember('bob'));
    expect(stranger.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    for (const points of [0, -1]) {
      expect(await books.convert({ points })).toMatchObject({ code: 'AMOUNT_NOT_POSITIVE' });
    }
    expect(await books.convert({ toUnit: 'ALLIANCE' })).toMatchObject({ code: 'SAME_UNIT' });
    expect(await books.convert({ toUnit: 'MILES ' })).toMatchObject({ code: 'KEY_NOT_USABLE' });
    expect((await books.wallet()).available).toBe(201);
  });

  test('a quote says what the conversion then does', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([accrue({ points: 50, expiresOn: '2027-01-01' }), accrue({ points: 60 })]);
    const quote = `query ($memberId: ID!) { quoteConversion(memberId: $memberId, unit: "ALLIANCE",
      toUnit: "MILES", points: 100) { taken got left available missing
        lots { points got expiresOn issuer { id } rate { version } } } }`;

    const { quoteConversion } = await books.data(
      quote,
      { memberId: 'ann' },
      { as: asMember('ann') },
    );

    expect(quoteConversion).toEqual({
      taken: 99,
      got: 66,
      left: 1,
      available: 110,
      missing: 0,
      lots: [
        { points: 48, got: 32, expiresOn: '2027-01-01', issuer: { id: 'I' }, rate: { version: 1 } },
        { points: 51, got: 34, expiresOn: null, issuer: { id: 'I' }, rate: { version: 1 } },
      ],
    });
    expect(await books.convert()).toMatchObject({ conversion: { taken: 99, got: 66, left: 1 } });
    const stranger = await books.ask(quote, { memberId: 'ann' }, { as: asMember('bob') });
    expect(stranger.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    for (const points of [0, -3]) {
      const none = quote.replace('points: 100', `points: ${points}`);
      const { errors } = await books.ask(none, { memberId: 'ann' }, { as: asMember('ann') });
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });

  test('a slip in a rate is refused: too far ahead, no currency, or a price that nobody could pay', async () => {
    await using books = await openProgrammes(engine);

    for (const [given, code, field] of [
      [{ effectiveOn: '9999-12-31' }, 'RATE_TOO_FAR', 'effectiveOn'],
      [{ effectiveOn: '2027-11-24' }, 'RATE_TOO_FAR', 'effectiveOn'],
      [{ priceCurrency: 'XYZ' }, 'CURRENCY_NOT_USABLE', 'priceCurrency'],
      [{ priceMinor: 0 }, 'PART_OUT_OF_RANGE', 'priceMinor'],
      [{ priceMinor: 1_000_001, pricePoints: 1 }, 'PRICE_TOO_HIGH', 'priceMinor'],
    ] as const) {
      expect(await books.setRate(given)).toEqual({ __typename: 'InvalidInput', code, field });
    }
    expect(await books.setRate({ effectiveOn: '2027-11-23' })).toMatchObject({
      rate: { version: 1 },
    });
  });

  test('a rate is never changed: a later version follows it, from its day on', async () => {
    await using books = await openProgrammes(engine);
    const idempotencyKey = freshKey();
    const first = await books.setRate({ idempotencyKey });
    expect(await books.setRate({ idempotencyKey })).toEqual(first);
    expect(first).toMatchObject({ rate: { version: 1, effectiveOn: '2026-11-22' } });
    expect(
      await books.setRate({ numerator: 1, denominator: 2, effectiveOn: '2026-11-24' }),
    ).toMatchObject({ rate: { version: 2 } });
    expect(await books.setRate({ effectiveOn: '2026-11-23' })).toMatchObject({
      code: 'RATE_BEFORE_LAST',
    });
    expect(await books.setRate({ effectiveOn: '2026-11-21', toUnit: 'STARS' })).toMatchObject({
      code: 'RATE_IN_THE_PAST',
    });
    for (const given of [
      { numerator: 0 },
      { denominator: -3 },
      { priceMinor: -1 },
      { pricePoints: 0 },
    ]) {
      expect(await books.setRate(given)).toMatchObject({ code: 'PART_OUT_OF_RANGE' });
    }
    await books.postOne(accrue({ points: 24 }));

    expect(await books.convert({ points: 12 })).toMatchObject({ conversion: { got: 8 } });
    books.clock.set('2026-11-23T16:00:00Z');
    expect(await books.convert({ points: 12 })).toMatchObject({ conversion: { got: 6 } });
    const { conversionRates } = await books.data(
      '{ conversionRates(issuerId: "I") { version numerator denominator } }',
    );
    expect(conversionRates).toEqual([
      { version: 2, numerator: 1, denominator: 2 },
      { version: 1, numerator: 2, denominator: 3 },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('a rate by which a round trip gains is refused, also through a third unit and at old rates', async () => {
    await using books = await openProgrammes(engine);
    const way = (unit: string, toUnit: string, numerator: number, denominator: number) =>
      books.setRate({ unit, toUnit, numerator, denominator });
    const refused = { __typename: 'RateAllowsGain', code: 'RATE_ALLOWS_GAIN' };

    expect(await way('ALLIANCE', 'MILES', 2, 3)).toMatchObject({ rate: { version: 1 } });
    expect(await way('MILES', 'ALLIANCE', 151, 100)).toMatchObject(refused);
    expect(await way('MILES', 'ALLIANCE', 3, 2)).toMatchObject({ rate: { version: 1 } });
    expect(await way('ALLIANCE', 'MILES', 1, 3)).toMatchObject({ rate: { version: 2 } });
    // Whoever converted at 2 for 3 would gain.
    expect(await way('MILES', 'ALLIANCE', 2, 1)).toMatchObject(refused);
    expect(await way('MILES', 'STARS', 1, 1)).toMatchObject({ rate: { version: 1 } });
    expect(await way('STARS', 'ALLIANCE', 1501, 1000)).toMatchObject(refused);
    expect(await way('STARS', 'ALLIANCE', 3, 2)).toMatchObject({ rate: { version: 1 } });
    // Another issuer's points are another matter.
    expect(
      await books.setRate({ issuerId: 'J', unit: 'MILES', toUnit: 'ALLIANCE', numerator: 9 }),
    ).toMatchObject({ rate: { version: 1 } });
  });

  test('of two rates set at once that together allow a gain only one is set', async () => {
    await using books = await openProgrammes(engine);
    for (const unit of ['U1', 'U2', 'U3', 'U4', 'U5']) {
      const answers = await Promise.all([
        books.setRate({ unit, toUnit: 'V', numerator: 3, denominator: 2 }),
        books.setRate({ unit: 'V', toUnit: unit, numerator: 1, denominator: 1 }),
      ]);
      const kinds = answers.map(({ __typename }) => __typename).toSorted();
      expect(kinds).toEqual(['ConversionRateSet', 'RateAllowsGain']);
    }
  });

  test('conversions cost the same statements for one and for 200 in a batch', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    const ids = Array.from({ length: 200 }, (_, index) => `member-${index}`);
    await books.post(ids.map((walletId) => accrue({ walletId })));
    const ledger = createLedger(books.frame);
    const post = async (walletIds: readonly string[]) => {
      books.statements.length = 0;
      const outcomes = await ledger.post(
        walletIds.map((walletId) => {
          const command = converting({ walletId, points: 50 });
          return {
            scope: 'test',
            key: freshKey(),
            requestHash: sha256(canonicalJson(command)),
            command,
          };
        }),
      );
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['ACCEPTED']));
      return books.statements.length;
    };

    const one = await post(ids.slice(0, 1));
    expect(await post(ids)).toBe(one);
    expect(await books.problems()).toEqual([]);
  });
});
