import { assert } from '../../../../shared/assert.ts';
import { type Day, dayOf } from '../../../../shared/calendar.ts';
import type { Industry } from '../../entities/merchant.ts';
import { beginOf, type DocumentKind, endOf, type IssuerDocument, spanOf } from './document.ts';
import { industryPacks } from './industry.ts';
import { intersection, type Span, union, without } from './spans.ts';

/** From when on a merchant owes what for so many of its points, in the smallest unit of `currency`. */
export type AgreedPrice = Readonly<{
  from: Date;
  priceMinor: number;
  pricePoints: number;
  currency: string;
}>;

/** All of a merchant that decides whether it may issue points. */
export type Standing = Readonly<{
  merchantId: string;
  industry: Industry;
  joinedAt: Date;
  suspensions: readonly Readonly<{ from: Date; until: Date | null; reason: string }>[];
  /** Announced at, and the first instant at which it takes part no longer; null: it stays. */
  leaving: Readonly<{ announcedAt: Date; leavesOn: Day; reason: string }> | null;
  /** The versions that both sides agreed on, in the order in which they come into force. */
  contracts: readonly AgreedPrice[];
  documents: readonly IssuerDocument[];
}>;

/** Why no points are issued. The code names its sentence; `document` and `day` (ISO) are named in it. */
export type Obstacle = Readonly<{
  code:
    | 'ISSUER_SUSPENDED'
    | 'ISSUER_LEFT'
    | 'ISSUER_WITHOUT_CONTRACT'
    | 'DOCUMENT_EXPIRED'
    | 'DOCUMENT_REVOKED'
    | 'DOCUMENT_NOT_YET_VALID'
    | 'DOCUMENT_UNVERIFIED'
    | 'DOCUMENT_MISSING';
  document?: DocumentKind;
  day?: Day;
}>;

export type Issuing = Readonly<{
  isIssuing: boolean;
  /** Empty when it issues; the gravest first. */
  obstacles: readonly Obstacle[];
  /** Since when it is as it is; null: it never was otherwise. */
  since: Date | null;
  /** Until when, by what is known now; null: nobody knows. */
  until: Date | null;
}>;

const EVER: Span = { from: -Infinity, until: Infinity };

/** When documents, contract and suspensions let a merchant issue, whether it leaves or not. */
function qualified(standing: Standing): readonly Span[] {
  const known = qualifiedSpans.get(standing);
  if (known !== undefined) return known;
  const spans = spansWhenQualified(standing);
  qualifiedSpans.set(standing, spans);
  return spans;
}

/** A standing that was read does not change, and is asked about by each purchase of an import. */
const qualifiedSpans = new WeakMap<Standing, readonly Span[]>();

function spansWhenQualified({ industry, suspensions, contracts, documents }: Standing): Span[] {
  const suspended = suspensions.map(({ from, until }) => ({
    from: from.getTime(),
    until: until?.getTime() ?? Infinity,
  }));
  const contracted = union(
    contracts.map(({ from }) => ({ from: from.getTime(), until: Infinity })),
  );
  const documented = industryPacks[industry].requiredDocuments
    .map((kind) => union(spansOf(documents, kind)))
    .reduce(intersection, [EVER]);
  return without(intersection(documented, contracted), suspended);
}

const spansOf = (documents: readonly IssuerDocument[], kind: DocumentKind): Span[] =>
  documents.filter((one) => one.kind === kind).flatMap((one) => spanOf(one) ?? []);

const leavesAt = ({ leaving }: Standing): number =>
  leaving === null ? Infinity : beginOf(leaving.leavesOn).getTime();

const contains = (spans: readonly Span[], at: Date): boolean =>
  spans.some(({ from, until }) => from <= at.getTime() && at.getTime() < until);

/** Whether a merchant may issue points at an instant, and why not (S54, S32, R11). */
export function issuingAt(standing: Standing, at: Date): Issuing {
  const spans = intersection(qualified(standing), [{ from: -Infinity, until: leavesAt(standing) }]);
  const now = at.getTime();
  const current = spans.find(({ from, until }) => from <= now && now < until);
  if (current !== undefined) {
    const { from, until } = current;
    return { isIssuing: true, obstacles: [], since: instant(from), until: instant(until) };
  }
  const before = spans.findLast(({ until }) => until <= now);
  const next = spans.find(({ from }) => from > now);
  return {
    isIssuing: false,
    obstacles: obstaclesAt(standing, at),
    since: before === undefined ? null : instant(before.until),
    until: next === undefined ? null : instant(next.from),
  };
}

const instant = (ms: number): Date | null => (Number.isFinite(ms) ? new Date(ms) : null);

function obstaclesAt(standing: Standing, at: Date): Obstacle[] {
  const { leaving, contracts, documents, industry } = standing;
  const hasLeft = leaving !== null && leavesAt(standing) <= at.getTime();
  return [
    ...(hasLeft ? [{ code: 'ISSUER_LEFT', day: leaving.leavesOn } as const] : []),
    ...(isSuspended(standing, at) ? [{ code: 'ISSUER_SUSPENDED' } as const] : []),
    ...(contracts.some(({ from }) => from <= at)
      ? []
      : [{ code: 'ISSUER_WITHOUT_CONTRACT' } as const]),
    ...industryPacks[industry].requiredDocuments.flatMap(
      (kind) => obstacleOf(documents, kind, at) ?? [],
    ),
  ];
}

function obstacleOf(all: readonly IssuerDocument[], kind: DocumentKind, at: Date): Obstacle | null {
  const documents = all.filter((one) => one.kind === kind);
  if (contains(spansOf(documents, kind), at)) return null;
  const known = documents.filter(({ verifiedAt }) => verifiedAt !== null && verifiedAt <= at);
  const last = known
    .map((one) => ({ ...one, end: Math.min(endOf(one.expiresOn).getTime(), msOf(one.revokedAt)) }))
    .filter(({ end }) => end <= at.getTime())
    .toSorted((a, b) => b.end - a.end)[0];
  if (last !== undefined) {
    return last.end === msOf(last.revokedAt)
      ? { code: 'DOCUMENT_REVOKED', document: kind }
      : { code: 'DOCUMENT_EXPIRED', document: kind, day: last.expiresOn };
  }
  const next = known
    .filter(({ issuedOn }) => beginOf(issuedOn) > at)
    .toSorted((a, b) => a.issuedOn - b.issuedOn)[0];
  if (next !== undefined) {
    return { code: 'DOCUMENT_NOT_YET_VALID', document: kind, day: next.issuedOn };
  }
  const isWaiting = documents.some(({ state }) => state === 'SUBMITTED' || state === 'VERIFIED');
  return { code: isWaiting ? 'DOCUMENT_UNVERIFIED' : 'DOCUMENT_MISSING', document: kind };
}

const msOf = (at: Date | null): number => at?.getTime() ?? Infinity;

/** What becomes of the points of a purchase: issued, owed until they may be, or none, and why. */
export type AwardFate =
  | Readonly<{ kind: 'ISSUED' }>
  | Readonly<{ kind: 'OWED' }>
  | Readonly<{ kind: 'NONE'; obstacle: Obstacle }>;

/**
 * What becomes of the points of a purchase that was made at one instant and is recorded at another one. The
 * sale decides what was promised: who did not issue then, and said so, owes nothing; who did owes it, also
 * when it may not issue any more. What was bought before the merchant joined is decided by how it stands when
 * it is recorded, for nothing was said then. A merchant that has left still keeps what it promised before.
 */
export function fateOf(
  standing: Standing,
  { purchasedAt, at }: Readonly<{ purchasedAt: Date; at: Date }>,
): AwardFate {
  const soldAt = purchasedAt < standing.joinedAt ? at : purchasedAt;
  const wasIssuing = mayKeepPromise(standing, soldAt) && soldAt.getTime() < leavesAt(standing);
  if (!wasIssuing) {
    const [obstacle] = obstaclesAt(standing, soldAt);
    assert(obstacle !== undefined, 'something stands in the way of who does not issue');
    return { kind: 'NONE', obstacle };
  }
  return { kind: mayKeepPromise(standing, at) ? 'ISSUED' : 'OWED' };
}

/** Whether points that were promised before may be issued now. */
export const mayKeepPromise = (standing: Standing, at: Date): boolean =>
  contains(qualified(standing), at);

export const isSuspended = ({ suspensions }: Standing, at: Date): boolean =>
  suspensions.some(({ from, until }) => from <= at && (until === null || at < until));

/** Why no purchase that was made at an instant is recorded at another one, or null: its code. */
export function closedTo(
  standing: Standing,
  { purchasedAt, at }: Readonly<{ purchasedAt: Date; at: Date }>,
): 'MERCHANT_NOT_ACTIVE' | 'MERCHANT_LEFT' | null {
  if (isSuspended(standing, at)) return 'MERCHANT_NOT_ACTIVE';
  return purchasedAt.getTime() >= leavesAt(standing) ? 'MERCHANT_LEFT' : null;
}

/** What goes with each point that a merchant issues at an instant, by the contract that is in force. */
export const priceAt = ({ contracts }: Standing, at: Date): Omit<AgreedPrice, 'from'> | null =>
  contracts.findLast(({ from }) => from <= at) ?? null;

/** Whether a merchant takes part no longer: the day that it announced has come. */
export const hasLeft = (standing: Pick<Standing, 'leaving'>, at: Date): boolean =>
  standing.leaving !== null && standing.leaving.leavesOn <= dayOf(at);
