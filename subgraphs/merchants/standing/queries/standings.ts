import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { DocumentKind, IssuerDocument } from '../domain/document.ts';
import type { AgreedPrice, Standing } from '../domain/issuing.ts';

type Found = Readonly<{
  part: 'MERCHANT' | 'DOCUMENT' | 'SUSPENSION' | 'LEAVING' | 'CONTRACT';
  merchant_id: string;
  code: string;
  state: string;
  first_day: unknown;
  last_day: unknown;
  from_ms: unknown;
  until_ms: unknown;
  price_minor: unknown;
  price_points: unknown;
}>;

/** One statement of five parts, so that recording a purchase asks once. */
const PARTS = [
  `'MERCHANT' AS part, id AS merchant_id, industry AS code, '' AS state, NULL AS first_day,
    NULL AS last_day, joined_ms AS from_ms, NULL AS until_ms, NULL AS price_minor,
    NULL AS price_points FROM merchants_merchant WHERE id`,
  `'DOCUMENT', merchant_id, kind, state, issued_day, expires_day, verified_ms, revoked_ms,
    NULL, NULL FROM merchants_document WHERE merchant_id`,
  `'SUSPENSION', merchant_id, reason, '', NULL, NULL, from_ms, until_ms, NULL, NULL
    FROM merchants_suspension WHERE merchant_id`,
  `'LEAVING', merchant_id, reason, '', NULL, leaves_day, announced_ms, NULL, NULL, NULL
    FROM merchants_leaving WHERE merchant_id`,
  `'CONTRACT', merchant_id, currency, '', NULL, NULL, effective_ms, version, price_minor, price_points
    FROM merchants_contract WHERE state = 'AGREED' AND merchant_id`,
];

/** How merchants stand: all that decides whether they may issue. Those that do not exist are left out. */
export async function readStandings(
  manager: Pick<EntityManager, 'query'>,
  merchantIds: readonly string[],
): Promise<Map<string, Standing>> {
  if (merchantIds.length === 0) return new Map();
  const these = `IN (${placeholders(merchantIds.length)})`;
  const rows = await manager.query<Found[]>(
    PARTS.map((part) => `SELECT ${part} ${these}`).join(' UNION ALL '),
    PARTS.flatMap(() => merchantIds),
  );
  const byMerchant = Map.groupBy(rows, ({ merchant_id }) => merchant_id);
  return new Map(
    [...byMerchant].flatMap(([id, parts]) => {
      const standing = standingOf(id, parts);
      return standing === null ? [] : [[id, standing] as const];
    }),
  );
}

function standingOf(merchantId: string, parts: readonly Found[]): Standing | null {
  const of = (part: Found['part']) => parts.filter((row) => row.part === part);
  const [merchant] = of('MERCHANT');
  if (merchant === undefined) return null;
  const [leaving] = of('LEAVING');
  return {
    merchantId,
    // Written by us alone, from the closed sets of the schema.
    industry: merchant.code as Standing['industry'],
    joinedAt: instant(merchant.from_ms),
    suspensions: of('SUSPENSION').map((row) => ({
      from: instant(row.from_ms),
      until: instantOrNull(row.until_ms),
      reason: row.code,
    })),
    leaving:
      leaving === undefined
        ? null
        : {
            announcedAt: instant(leaving.from_ms),
            leavesOn: toSafeInteger(leaving.last_day),
            reason: leaving.code,
          },
    contracts: of('CONTRACT').map(priceOf).toSorted(byForce),
    documents: of('DOCUMENT').map(documentOf),
  };
}

const priceOf = (row: Found): Priced => ({
  from: instant(row.from_ms),
  version: toSafeInteger(row.until_ms),
  priceMinor: toSafeInteger(row.price_minor),
  pricePoints: toSafeInteger(row.price_points),
  currency: row.code,
});

type Priced = AgreedPrice & Readonly<{ version: number }>;

const byForce = (a: Priced, b: Priced): number =>
  a.from.getTime() - b.from.getTime() || a.version - b.version;

const documentOf = (row: Found): IssuerDocument => ({
  // Written by us alone, from the closed sets of the schema.
  kind: row.code as DocumentKind,
  state: row.state as IssuerDocument['state'],
  issuedOn: toSafeInteger(row.first_day),
  expiresOn: toSafeInteger(row.last_day),
  verifiedAt: instantOrNull(row.from_ms),
  revokedAt: instantOrNull(row.until_ms),
});

const instant = (ms: unknown): Date => new Date(toSafeInteger(ms));
const instantOrNull = (ms: unknown): Date | null => (ms === null ? null : instant(ms));
