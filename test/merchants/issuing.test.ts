import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../shared/calendar.ts';
import {
  beginOf,
  type IssuerDocument,
} from '../../subgraphs/merchants/standing/domain/document.ts';
import {
  fateOf,
  issuingAt,
  mayKeepPromise,
  type Standing,
} from '../../subgraphs/merchants/standing/domain/issuing.ts';
import { earliestLeave } from '../../subgraphs/merchants/standing/domain/leaving.ts';

const JOINED = new Date('2026-01-01T00:00:00Z');

const document = (given: Partial<IssuerDocument> = {}): IssuerDocument => ({
  kind: 'FILING',
  state: 'VERIFIED',
  issuedOn: 20260101,
  expiresOn: 20261130,
  verifiedAt: JOINED,
  revokedAt: null,
  ...given,
});

const others: readonly IssuerDocument[] = [
  document({ kind: 'CREDIT_CERTIFICATE', expiresOn: 20271231 }),
  document({ kind: 'THIRD_PARTY_ASSESSMENT', expiresOn: 20271231 }),
];

const standing = (
  filings: readonly IssuerDocument[] = [document()],
  given: Partial<Standing> = {},
): Standing => ({
  merchantId: 'm',
  industry: 'RETAIL',
  joinedAt: JOINED,
  suspensions: [],
  leaving: null,
  contracts: [{ from: JOINED, priceMinor: 80, pricePoints: 100, currency: 'CNY' }],
  documents: [...others, ...filings],
  ...given,
});

const at = (instant: string): Date => new Date(instant);

describe('S54: who may issue', () => {
  test.each([
    ['2026-11-30T15:59:59.999Z', true, []],
    // The day after the filing's last one begins in China at 16:00 UTC.
    ['2026-11-30T16:00:00.000Z', false, ['DOCUMENT_EXPIRED']],
  ])('at %s with a filing until 30 November: %s', (instant, isIssuing, codes) => {
    const now = issuingAt(standing(), at(instant));

    expect(now.isIssuing).toBe(isIssuing);
    expect(now.obstacles.map(({ code }) => code)).toEqual(codes);
  });

  test.each<[string, readonly IssuerDocument[], Partial<Standing>, string]>([
    ['nothing was handed in', [], {}, 'DOCUMENT_MISSING'],
    [
      'nobody has verified it',
      [document({ state: 'SUBMITTED', verifiedAt: null })],
      {},
      'DOCUMENT_UNVERIFIED',
    ],
    [
      'it was rejected',
      [document({ state: 'REJECTED', verifiedAt: null })],
      {},
      'DOCUMENT_MISSING',
    ],
    [
      'it is for later',
      [document({ issuedOn: 20261220, expiresOn: 20271231 })],
      {},
      'DOCUMENT_NOT_YET_VALID',
    ],
    [
      'it was revoked',
      [document({ state: 'REVOKED', revokedAt: at('2026-11-01T00:00:00Z') })],
      {},
      'DOCUMENT_REVOKED',
    ],
    [
      'it is suspended',
      [document()],
      { suspensions: [{ from: at('2026-11-02T00:00:00Z'), until: null, reason: '' }] },
      'ISSUER_SUSPENDED',
    ],
    [
      'it has left',
      [document()],
      { leaving: { announcedAt: JOINED, leavesOn: 20261122, reason: '' } },
      'ISSUER_LEFT',
    ],
    ['no contract is in force', [document()], { contracts: [] }, 'ISSUER_WITHOUT_CONTRACT'],
    ['a bank without a licence', [document()], { industry: 'BANK' }, 'DOCUMENT_MISSING'],
  ])('none, when %s', (_, filings, given, code) => {
    const now = issuingAt(standing(filings, given), at('2026-11-22T02:00:00Z'));

    expect(now.isIssuing).toBe(false);
    expect(now.obstacles.map((obstacle) => obstacle.code)).toEqual([code]);
  });

  test('it says since when and until when, over documents that follow each other', () => {
    const follower = document({
      issuedOn: 20261210,
      expiresOn: 20270630,
      verifiedAt: at('2026-12-01T00:00:00Z'),
    });
    const two = standing([document(), follower]);

    expect(issuingAt(two, at('2026-11-22T00:00:00Z'))).toMatchObject({
      isIssuing: true,
      since: JOINED,
      until: beginOf(20261201),
    });
    expect(issuingAt(two, at('2026-12-05T00:00:00Z'))).toMatchObject({
      isIssuing: false,
      since: beginOf(20261201),
      until: beginOf(20261210),
    });
  });
});

describe('what becomes of the points of a purchase', () => {
  const lapsed = at('2026-12-02T00:00:00Z');

  test.each<[string, string, string, Partial<Standing>]>([
    ['ISSUED', '2026-11-30T12:00:00Z', '2026-11-30T13:00:00Z', {}],
    ['OWED', '2026-11-30T12:00:00Z', '2026-12-02T00:00:00Z', {}],
    ['NONE', '2026-12-01T12:00:00Z', '2026-12-02T00:00:00Z', {}],
    // Nothing was said before it joined: it is decided by how it stands now.
    ['ISSUED', '1997-01-01T12:00:00Z', '2026-11-02T00:00:00Z', {}],
    ['NONE', '1997-01-01T12:00:00Z', '2026-12-02T00:00:00Z', {}],
    // What was sold before the day of leaving is kept after it.
    [
      'ISSUED',
      '2026-11-20T12:00:00Z',
      '2026-11-25T00:00:00Z',
      { leaving: { announcedAt: JOINED, leavesOn: 20261122, reason: '' } },
    ],
    [
      'NONE',
      '2026-11-23T12:00:00Z',
      '2026-11-25T00:00:00Z',
      { leaving: { announcedAt: JOINED, leavesOn: 20261122, reason: '' } },
    ],
  ])('%s when sold at %s and recorded at %s', (kind, purchasedAt, recordedAt, given) => {
    const fate = fateOf(standing(undefined, given), {
      purchasedAt: at(purchasedAt),
      at: at(recordedAt),
    });

    expect(fate.kind).toBe(kind);
  });

  test('a renewal that is verified later makes good what was owed, not what was never promised', () => {
    const renewal = document({
      issuedOn: 20261201,
      expiresOn: 20271201,
      verifiedAt: at('2026-12-05T00:00:00Z'),
    });
    const renewed = standing([document(), renewal]);
    const later = at('2026-12-06T00:00:00Z');

    expect(mayKeepPromise(renewed, lapsed)).toBe(false);
    expect(fateOf(renewed, { purchasedAt: at('2026-11-30T12:00:00Z'), at: later }).kind).toBe(
      'ISSUED',
    );
    expect(fateOf(renewed, { purchasedAt: lapsed, at: later }).kind).toBe('NONE');
  });

  test('property: who is told "no points" gets none, who is told otherwise gets or is owed them', () => {
    const days = fc.integer({ min: 0, max: 400 });
    const dayAfter = (days: number) => addDays(20260101, days);
    const anyDocument = fc
      .record({
        kind: fc.constantFrom('FILING', 'CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT'),
        from: days,
        length: days,
        verified: days,
        revoked: fc.option(days),
      })
      .map(
        ({ kind, from, length, verified, revoked }): IssuerDocument => ({
          kind: kind as IssuerDocument['kind'],
          state: revoked === null ? 'VERIFIED' : 'REVOKED',
          issuedOn: dayAfter(from),
          expiresOn: dayAfter(from + length),
          verifiedAt: beginOf(dayAfter(verified)),
          revokedAt: revoked === null ? null : beginOf(dayAfter(verified + revoked)),
        }),
      );
    fc.assert(
      fc.property(fc.array(anyDocument, { maxLength: 9 }), days, days, (documents, sold, wait) => {
        const shop = standing([], { documents });
        const purchasedAt = beginOf(dayAfter(sold));
        const now = beginOf(dayAfter(sold + wait));
        const told = issuingAt(shop, purchasedAt);
        const fate = fateOf(shop, { purchasedAt, at: now }).kind;

        // Said in another way: each kind has a document that covers the instant.
        const covered = (instant: Date) =>
          ['FILING', 'CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT'].every((kind) =>
            documents.some(
              (one) =>
                one.kind === kind &&
                one.issuedOn <= dayOf(instant) &&
                dayOf(instant) <= one.expiresOn &&
                one.verifiedAt !== null &&
                one.verifiedAt <= instant &&
                (one.revokedAt === null || instant < one.revokedAt),
            ),
          );
        expect(told.isIssuing).toBe(purchasedAt >= JOINED && covered(purchasedAt));
        const isPromised = purchasedAt < JOINED ? covered(now) : covered(purchasedAt);
        expect(fate).toBe(isPromised ? (covered(now) ? 'ISSUED' : 'OWED') : 'NONE');
        expect(told.isIssuing).toBe(told.obstacles.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  // 10:00 in China: the 30 days are whole ones.
  ['2026-11-22T02:00:00Z', 0, 20261223],
  ['2026-11-21T16:00:00Z', 0, 20261222],
  ['2026-11-21T16:00:00Z', 60, 20270121],
])(
  'R11: who says at %s that it leaves, with %i days agreed, leaves on %i at the earliest',
  (now, days, day) => {
    expect(earliestLeave(at(now), days).day).toBe(day);
  },
);
