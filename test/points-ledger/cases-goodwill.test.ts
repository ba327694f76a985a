import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import { asMember, freshKey, operator, regulator } from '../support/people.ts';
import { type OpenBooks, openBooks } from './books-world.ts';

const second: Caller = { ...operator, subject: 'operator:second' };
const ADJUSTMENT = `id state points unit reason budget ruleVersion expiresOn pricePoints proposedBy
  approvedBy refusal issuer { id } price { amountMinor currency } entry { kind causeKind ruleVersion }`;

async function ask(books: OpenBooks, name: string, input: object, as: Caller = operator) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await books.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
      ... on PointsAdjustmentChanged { adjustment { ${ADJUSTMENT} } } ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  return data[name];
}

const propose = (books: OpenBooks, given: object = {}) =>
  ask(books, 'proposeAdjustment', {
    memberId: 'ann',
    issuerId: 'I',
    points: 50,
    price: { amountMinor: 80, currency: 'CNY' },
    pricePoints: 100,
    reason: 'Her parcel came a week late.',
    budget: 'service 2026',
    ruleVersion: 'goodwill-1',
    ...given,
  });

describe.each(engines)('on $name', (engine) => {
  test('goodwill is proposed by one person and granted by another, with issuer, budget and rule', async () => {
    await using books = await openBooks(engine);
    const { adjustment: proposed } = await propose(books, { expiresOn: '2027-06-30' });
    expect(proposed).toMatchObject({ state: 'PROPOSED', unit: 'ALLIANCE', entry: null });
    expect(await books.wallet()).toMatchObject({ available: 0 });
    const adjustmentId = proposed.id;

    const alone = await ask(books, 'approveAdjustment', { adjustmentId });
    expect(alone).toMatchObject({ __typename: 'SecondPersonNeeded', code: 'SECOND_PERSON_NEEDED' });
    const { adjustment } = await ask(books, 'approveAdjustment', { adjustmentId }, second);

    expect(adjustment).toMatchObject({
      state: 'BOOKED',
      budget: 'service 2026',
      issuer: { id: 'I' },
      price: { amountMinor: 80, currency: 'CNY' },
      pricePoints: 100,
      approvedBy: 'operator:second',
      entry: { kind: 'ACCRUE', causeKind: 'GOODWILL', ruleVersion: 'goodwill-1' },
    });
    expect(await books.wallet()).toMatchObject({
      available: 50,
      lots: [{ points: 50, expiresOn: '2027-06-30', issuer: { id: 'I' } }],
    });
    const again = await ask(books, 'approveAdjustment', { adjustmentId }, second);
    expect(again).toMatchObject({ __typename: 'AdjustmentNotReady' });
    expect(await books.problems()).toEqual([]);
  });

  test('goodwill is bounded, and says what it is for', async () => {
    await using books = await openBooks(engine);

    expect(await propose(books, { points: 10_001 })).toMatchObject({
      __typename: 'AdjustmentTooLarge',
      message: expect.stringContaining('10,000'),
    });
    for (const wrong of [
      { points: 0 },
      { points: -5 },
      { reason: '' },
      { budget: ' ' },
      { ruleVersion: '' },
      { expiresOn: '2026-11-22' },
      { pricePoints: 0 },
      { price: { amountMinor: -1, currency: 'CNY' } },
      { price: { amountMinor: 1, currency: 'yuan' } },
    ]) {
      expect((await propose(books, wrong)).__typename).toBe('InvalidInput');
    }
    const nothing = await ask(books, 'approveAdjustment', { adjustmentId: 'none' }, second);
    expect(nothing.__typename).toBe('NotFound');
  });

  test('what a crash left between approval and books is granted once', async () => {
    await using books = await openBooks(engine);
    const { adjustment } = await propose(books);
    await books.tamper(
      "UPDATE points_adjustment SET state = 'APPROVED', approved_by = 'operator:second' WHERE id = ?",
      [adjustment.id],
    );
    await books.settle();
    // Killed after the books had it, before that was written down.
    await books.tamper("UPDATE points_adjustment SET state = 'APPROVED' WHERE id = ?", [
      adjustment.id,
    ]);
    await books.settle();

    expect(await books.wallet()).toMatchObject({ available: 50 });
    const { pointsAdjustments } = await books.data(
      '{ pointsAdjustments(first: 5, filter: { state: { eq: BOOKED } }) { nodes { id entry { kind } } } }',
      {},
      { as: regulator },
    );
    expect(pointsAdjustments.nodes).toEqual([{ id: adjustment.id, entry: { kind: 'ACCRUE' } }]);
  });

  test('only those who run the alliance grant goodwill or see who did', async () => {
    await using books = await openBooks(engine);
    const { adjustment } = await propose(books);
    for (const as of [asMember('ann'), regulator]) {
      const { errors } = await books.ask(
        'mutation ($input: ApproveAdjustmentInput!) { approveAdjustment(input: $input) { __typename } }',
        { input: { idempotencyKey: freshKey(), adjustmentId: adjustment.id } },
        { as },
      );
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await books.ask(
      'query ($id: ID!) { pointsAdjustment(id: $id) { id } }',
      { id: adjustment.id },
      { as: asMember('ann') },
    );
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
