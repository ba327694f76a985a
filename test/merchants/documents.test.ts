import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, openAlliance, operator, type World } from '../support/world.ts';
import { aDocument, feedOf, issuing, KINDS, reject, show, submit, verify } from './standing.ts';

const anotherOperator = { ...operator, subject: 'operator:second' };

const unusable: readonly (readonly [Record<string, unknown>, string, string])[] = [
  [{ number: ' ' }, 'KEY_NOT_USABLE', 'document.number'],
  [{ issuingBody: '' }, 'TEXT_NOT_USABLE', 'document.issuingBody'],
  [{ expiresOn: '2025-12-31' }, 'DOCUMENT_DAYS_NOT_USABLE', 'document.expiresOn'],
  [{ expiresOn: '2026-11-21' }, 'DOCUMENT_OF_NO_USE', 'document.expiresOn'],
];

const documentsOf = async (world: World, id: string, as: typeof operator) => {
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { documents { kind number state reason } } }',
    { id },
    { as },
  );
  return merchant.documents;
};

describe.each(engines)('documents of issuers on $name', (engine) => {
  test('S54: without all three a merchant issues nothing and says so; with them it does', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [] });

    expect(await issuing(world, shop, { as: anonymous })).toMatchObject({
      issuing: { isIssuing: false, code: 'DOCUMENT_MISSING', since: null, until: null },
      notice: { kind: 'NOT_ISSUING' },
      status: 'ACTIVE',
    });
    for (const kind of KINDS) await show(world, shop, { kind });

    const now = await issuing(world, shop, { as: anonymous });
    expect(now.issuing).toEqual({
      isIssuing: true,
      code: null,
      reason: null,
      since: '2026-11-22T02:00:00.000Z',
      until: '2027-01-01T16:00:00.000Z',
    });
    expect(now.notice).toBeNull();
    world.clock.set('2027-01-01T16:00:00Z');
    const then = await issuing(world, shop, { as: anonymous, locale: 'zh-CN' });
    expect(then.issuing).toMatchObject({ isIssuing: false, code: 'DOCUMENT_EXPIRED' });
    expect(then.issuing.reason).toBe(
      '该商家的信用认证已于 2027-01-01 到期，目前不发放积分，兑换不受影响。',
    );
  });

  test('who hands a document in does not verify it; nobody decides it twice', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [] });
    const { document } = await submit(world, shop, {}, { as: operator });

    expect(await verify(world, document.id)).toMatchObject({ __typename: 'VerifierIsSubmitter' });
    expect(await verify(world, document.id, { as: asMerchant(shop) })).toEqual({
      fault: 'FORBIDDEN',
    });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => verify(world, document.id, { as: anotherOperator })),
    );

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      ...Array(4).fill('DocumentDecided'),
      'IssuerDocumentDecided',
    ]);
    expect(await feedOf(world, 'merchant.documentVerified')).toHaveLength(1);
    expect(await verify(world, 'nobody')).toMatchObject({ __typename: 'NotFound' });
  });

  test('what cannot be used is refused; another merchant’s staff hands nothing in', async () => {
    await using world = await openAlliance(engine);
    const [shop, other] = [await world.merchant({ documents: [] }), await world.merchant()];

    for (const [given, code, field] of unusable) {
      expect(await submit(world, shop, given)).toMatchObject({ code, field });
    }
    expect(await submit(world, shop, {}, { as: asMerchant(other) })).toEqual({
      fault: 'FORBIDDEN',
    });
    expect(await submit(world, 'nobody', {}, { as: operator })).toMatchObject({
      __typename: 'NotFound',
    });
    for (let count = 0; count < 20; count += 1) await submit(world, shop);
    expect(await submit(world, shop)).toMatchObject({ code: 'TOO_MANY_DOCUMENTS' });
  });

  test('a rejected document never counts; one that is revoked stops issuing at once', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [] });
    for (const kind of ['CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT'])
      await show(world, shop, { kind });
    const { document: bad } = await submit(world, shop, { number: 'BAD' });
    await reject(world, bad.id);
    const filing = await show(world, shop, { number: 'GOOD' });
    const before = await issuing(world, shop);
    world.clock.advanceDays(1);

    expect(await reject(world, filing)).toMatchObject({
      document: { state: 'REVOKED', reason: 'Not its own' },
    });

    const after = await issuing(world, shop);
    expect(before.issuing.isIssuing).toBe(true);
    expect(after.issuing).toMatchObject({
      code: 'DOCUMENT_REVOKED',
      since: '2026-11-23T02:00:00.000Z',
    });
    const filings = (seen: { kind: string }[]) => seen.filter(({ kind }) => kind === 'FILING');
    expect(filings(await documentsOf(world, shop, anonymous))).toEqual([]);
    expect(filings(await documentsOf(world, shop, asMerchant(shop)))).toHaveLength(2);
  });

  test('a merchant is told 30, 7 and 1 days before a document expires, once each', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [aDocument({ expiresOn: '2026-12-31' })] });
    const told = async () =>
      (await feedOf(world, 'merchant.documentExpiring')).map(({ daysLeft }) => daysLeft);
    await world.settle();
    expect(await told()).toEqual([]);

    for (const day of [
      '2026-12-01',
      '2026-12-02',
      '2026-12-24',
      '2026-12-28',
      '2026-12-30',
      '2026-12-31',
    ]) {
      world.clock.set(`${day}T02:00:00Z`);
      await world.settle();
    }

    expect(await told()).toEqual([30, 7, 1]);
    expect((await feedOf(world, 'merchant.documentExpiring'))[0]).toMatchObject({
      merchantId: shop,
      document: 'FILING',
      expiresOn: '2026-12-31',
    });
  });

  test('nothing is said of a document that another one follows', async () => {
    await using world = await openAlliance(engine);
    const shop = await world.merchant({ documents: [aDocument({ expiresOn: '2026-12-01' })] });
    await show(world, shop, { expiresOn: '2028-01-01' });

    await world.settle();

    expect(await feedOf(world, 'merchant.documentExpiring')).toEqual([]);
  });

  test('documents are read with a constant number of statements', async () => {
    await using world = await openAlliance(engine);
    const count = async (): Promise<number> => {
      world.statements.length = 0;
      await world.data(
        `{ merchants(first: 10) { nodes { status issuing { isIssuing } notice { kind }
          documents { number } contract { version } } } }`,
      );
      return world.statements.length;
    };
    await world.merchant();
    const one = await count();
    for (let index = 0; index < 5; index += 1) await world.merchant();

    expect(await count()).toBe(one);
  });
});
