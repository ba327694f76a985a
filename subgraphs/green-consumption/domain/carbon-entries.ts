import { dayOf } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import { assessPurchase, keptOf, type ProductCertificate, piecesOf } from './assess.ts';
import type {
  PurchaseAmended,
  PurchaseRecorded,
  PurchaseReturned,
  RedemptionCompleted,
  RedemptionExchanged,
  RedemptionUndone,
  VoucherTold,
} from './events.ts';
import { type Factor, factorVersion, type GasBasis } from './factors.ts';
import { type Saving, savedGrams } from './saving.ts';

/** One line of a member's carbon account. Added, never changed: a correction is another entry. */
export type CarbonEntry = Readonly<{
  /**
   * `purchase:<id>`, `return:<id>`, `amendment:<id>`, `redemption:<id>`, `cancellation:<id>`,
   * `exchange:<id>:<instant>`, `lapse:<id>`, `late-use:<id>` or `revocation:<origin>`. With
   * line and factor it is the key.
   */
  cause: string;
  /** The number of the purchase line; 0 for a redemption. */
  line: number;
  factorCode: string;
  factorVersion: string;
  basis: GasBasis;
  memberId: string;
  merchantId: string | null;
  /** Of an act, where it was done; null: it is none. */
  region?: string | null;
  /** The purchase or redemption that the entry speaks of, also when it is a correction. */
  origin: string;
  certificateId: string | null;
  /** Thousandths of the factor's unit that one piece stands for. */
  activityMilli: number;
  pieces: number;
  /** Negative for what came back. */
  grams: number;
  occurredAt: Date;
}>;

type Party = Pick<CarbonEntry, 'cause' | 'memberId' | 'merchantId' | 'origin' | 'occurredAt'>;

/** What a purchase saved, by line and behaviour. Nothing saved is no entry. */
export function entriesOfPurchase(
  event: PurchaseRecorded,
  certificateOf: (number: string) => ProductCertificate | null,
  factors: readonly Factor[],
): CarbonEntry[] {
  const { purchaseId, memberId, merchantId, purchasedAt, lines } = event;
  const cause = `purchase:${purchaseId}`;
  const party = { cause, origin: cause, memberId, merchantId, occurredAt: purchasedAt };
  const purchase = { merchantId, day: dayOf(purchasedAt), lines };
  return assessPurchase(purchase, certificateOf, factors).flatMap(({ number, savings }) =>
    savings.flatMap((saving) => entry(party, number, saving)),
  );
}

/** What a correction goes by. */
type Ground = Readonly<{ factors: readonly Factor[]; at: Date }>;

/** What a return takes back: see `takenBack`. */
export const entriesOfReturn = (
  { returnId, purchaseId, lines }: PurchaseReturned,
  entries: readonly CarbonEntry[],
  ground: Ground,
): CarbonEntry[] =>
  takenBack(`return:${returnId}`, { purchaseId, lines, lastLine: 0 }, entries, ground);

/**
 * What an order that was changed saves otherwise: what its lines no longer save is taken back, and lines that are new
 * are entered as if they had been bought with the others. A number is never used for other goods, so what is in the
 * account already keeps its entry.
 */
export const entriesOfAmendment = (
  event: PurchaseAmended,
  entries: readonly CarbonEntry[],
  {
    certificateOf,
    ...ground
  }: Ground & Readonly<{ certificateOf: (number: string) => ProductCertificate | null }>,
): CarbonEntry[] => {
  const known = new Set(entries.map(keyOf));
  return [
    ...takenBack(`amendment:${event.amendmentId}`, event, entries, ground),
    ...entriesOfPurchase(event, certificateOf, ground.factors).filter(
      (one) => !known.has(keyOf(one)),
    ),
  ];
};

const keyOf = ({ cause, line, factorCode }: CarbonEntry): string =>
  JSON.stringify([cause, line, factorCode]);

/**
 * Takes back what the returned pieces had saved: the difference between what is in the account and
 * what the pieces that are kept save, by the factor version of the purchase. Entries are those of the
 * purchase so far, corrections included.
 */
function takenBack(
  by: string,
  { purchaseId, lines, lastLine }: Pick<PurchaseAmended, 'purchaseId' | 'lines' | 'lastLine'>,
  entries: readonly CarbonEntry[],
  { factors, at }: Ground,
): CarbonEntry[] {
  const cause = `purchase:${purchaseId}`;
  return entries
    .filter((original) => original.cause === cause)
    .flatMap((original) => {
      const line = lines.find(({ number }) => number === original.line);
      if (line === undefined && original.line > lastLine) return [];
      const kept = line === undefined ? 0 : keptOf(line);
      const factor = factorVersion(original.factorCode, original.factorVersion, factors);
      const byOrder = factor.counted === 'ORDER' && original.certificateId === null;
      const pieces = byOrder ? piecesOf('ORDER', kept) : kept;
      const { activityMilli } = original;
      const inAccount = sum(
        entries
          .filter((one) => one.line === original.line && one.factorCode === original.factorCode)
          .map(({ grams }) => grams),
      );
      const grams = savedGrams(factor, { activityMilli, pieces }) - inAccount;
      return grams < 0 ? [{ ...original, cause: by, pieces, grams, occurredAt: at }] : [];
    });
}

/**
 * What is taken back when a certificate turns out to be revoked: of each line all that was entered, each entry on its own day, so that
 * no month is left with what another took back. `entries` are those by the certificate from the first day of its revocation on; what
 * was entered before it stays, with what came back of it.
 */
export function entriesOfRevocation(entries: readonly CarbonEntry[]): CarbonEntry[] {
  const causes = new Set(entries.map(keyOf));
  const lines = Map.groupBy(entries, ({ origin, line, factorCode }) =>
    JSON.stringify([origin, line, factorCode]),
  );
  return [...lines.values()].flatMap((of) => {
    if (!of.some(({ cause, origin }) => cause === origin)) return [];
    return of
      .filter(({ cause }) => !cause.startsWith(REVOKED))
      .map((one) => ({ ...one, cause: `${REVOKED}${one.cause}`, pieces: 0, grams: -one.grams }))
      .filter((one) => !causes.has(keyOf(one)));
  });
}

const REVOKED = 'revocation:';

/** What a redemption saved. */
export function entriesOfRedemption(
  { redemptionId, memberId, merchantId, completedAt }: RedemptionCompleted,
  saving: Saving,
): CarbonEntry[] {
  const cause = `redemption:${redemptionId}`;
  const party = { cause, origin: cause, memberId, occurredAt: completedAt };
  return entry({ ...party, merchantId: merchantId ?? null }, 0, saving);
}

/**
 * What a redemption saved less than was entered, since it was cancelled or some of it came back. `entries` are those of the
 * redemption so far, corrections included.
 */
export function entriesOfUndone(
  { redemptionId, returnId, quantity, left }: RedemptionUndone,
  entries: readonly CarbonEntry[],
  { factors, at }: Ground,
): CarbonEntry[] {
  const original = entries.find(({ cause }) => cause === `redemption:${redemptionId}`);
  if (original === undefined) return [];
  const { activityMilli, factorCode, factorVersion: version } = original;
  const cause = returnId == null ? `cancellation:${redemptionId}` : `return:${returnId}`;
  if (entries.some((one) => one.cause === cause)) return [];
  // What came back may be what was exchanged: in doubt it is what saved something.
  const kept = Math.min(left ?? original.pieces, piecesLeft(entries) - quantity);
  const pieces = returnId == null ? 0 : Math.max(0, kept);
  const factor = factorVersion(factorCode, version, factors);
  const inAccount = sum(entries.map(({ grams }) => grams));
  const grams = savedGrams(factor, { activityMilli, pieces }) - inAccount;
  return grams < 0 ? [{ ...original, cause, pieces, grams, occurredAt: at }] : [];
}

/**
 * What is left of a redemption of which some pieces were exchanged for another reward: they are not known to save anything. Their
 * cause names the instant, since a redemption may be exchanged more than once.
 */
export function entriesOfExchange(
  { redemptionId, quantity, exchangedAt }: RedemptionExchanged,
  entries: readonly CarbonEntry[],
  { factors, at }: Ground,
): CarbonEntry[] {
  const last = entries.at(-1);
  if (last === undefined) return [];
  const { activityMilli, factorCode, factorVersion: version } = last;
  const pieces = Math.max(0, piecesLeft(entries) - quantity);
  const factor = factorVersion(factorCode, version, factors);
  const inAccount = sum(entries.map(({ grams }) => grams));
  const grams = savedGrams(factor, { activityMilli, pieces }) - inAccount;
  const cause = `exchange:${redemptionId}:${exchangedAt.getTime()}`;
  return grams < 0 ? [{ ...last, cause, pieces, grams, occurredAt: at }] : [];
}

/**
 * What a voucher that nobody used while it was good has not saved: all that is left of its redemption, on the day on which it
 * was entered.
 */
export function entriesOfLapse(
  { redemptionId }: VoucherTold,
  entries: readonly CarbonEntry[],
): CarbonEntry[] {
  const original = entries.find(({ cause }) => cause === `redemption:${redemptionId}`);
  const left = sum(entries.map(({ grams }) => grams));
  const isKnown = entries.some(({ cause }) => cause === lapseCause(redemptionId));
  if (original === undefined || left <= 0 || isKnown) return [];
  return [{ ...original, cause: lapseCause(redemptionId), pieces: 0, grams: -left }];
}

/**
 * The same back, for a voucher that was used all the same, since it was extended, or its use was told late: what the pieces save
 * that did not come back meanwhile.
 */
export function entriesOfLateUse(
  { redemptionId, left }: VoucherTold,
  entries: readonly CarbonEntry[],
  factors: readonly Factor[],
): CarbonEntry[] {
  const lapse = entries.find(({ cause }) => cause === lapseCause(redemptionId));
  const cause = `late-use:${redemptionId}`;
  if (lapse === undefined || entries.some((one) => one.cause === cause)) return [];
  const standing = piecesLeft(entries);
  const pieces = Math.min(standing, left ?? standing);
  const { activityMilli, factorCode, factorVersion: version } = lapse;
  const factor = factorVersion(factorCode, version, factors);
  const grams = Math.min(-lapse.grams, savedGrams(factor, { activityMilli, pieces }));
  return grams > 0 ? [{ ...lapse, cause, pieces, grams }] : [];
}

const lapseCause = (redemptionId: string): string => `lapse:${redemptionId}`;

/** How many pieces the entries of a redemption leave, used or not. */
const piecesLeft = (entries: readonly CarbonEntry[]): number =>
  Math.min(
    ...entries.flatMap(({ cause, pieces }) => (/^(?:lapse|late-use):/.test(cause) ? [] : [pieces])),
  );

const entry = (
  party: Party,
  line: number,
  { factor, activityMilli, pieces, certificateId, grams }: Saving,
): CarbonEntry[] =>
  grams === 0
    ? []
    : [
        {
          ...party,
          line,
          factorCode: factor.code,
          factorVersion: factor.version,
          basis: factor.basis,
          certificateId,
          activityMilli,
          pieces,
          grams,
        },
      ];
