import type { Industry } from '../../entities/merchant.ts';
import type { DocumentKind } from './document.ts';

/** What a merchant of a trade has to state beside what all state (S72). Read by the compliance guard. */
export type FactSpec = Readonly<{
  /** `FLAG`: true or false. `MONEY`: a whole number in the smallest unit. `DAYS`. `TEXT`: a few words. */
  kind: 'FLAG' | 'MONEY' | 'DAYS' | 'TEXT';
  /** Whether its rules cannot be looked at without it. */
  isNeeded: boolean;
}>;

export type IndustryPack = Readonly<{
  /** Without each of them in force no points are issued. */
  requiredDocuments: readonly DocumentKind[];
  facts: Readonly<Record<string, FactSpec>>;
}>;

const TEXT_MAX = 500;

/** Of every issuer (S54). */
const ALL: readonly DocumentKind[] = ['CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT', 'FILING'];
/** Of those that trade by leave of an authority: a platform looks at licences (E-Commerce Law 27). */
const LICENSED: readonly DocumentKind[] = [...ALL, 'OPERATING_LICENCE'];

const needed = (kind: FactSpec['kind']): FactSpec => ({ kind, isNeeded: true });
const optional = (kind: FactSpec['kind']): FactSpec => ({ kind, isNeeded: false });

const plain: IndustryPack = { requiredDocuments: ALL, facts: {} };

/** What each trade has to show and to state. Policy of the alliance wherever `domain.md` names no law. */
export const industryPacks: Readonly<Record<Industry, IndustryPack>> = {
  SUPERMARKET: plain,
  MOTHER_AND_BABY: plain,
  CLOTHING: plain,
  PET: plain,
  RETAIL: plain,
  // R31: dealers in precious metals and stones keep an eye on large orders.
  JEWELLERY: {
    requiredDocuments: ALL,
    facts: { LARGE_ORDER_MINOR: needed('MONEY'), SELLS_BULLION: optional('FLAG') },
  },
  TELECOM: {
    requiredDocuments: LICENSED,
    facts: { CONTRACT_MONTHS_DISCLOSED: needed('FLAG'), POINTS_PAY_BILLS: optional('FLAG') },
  },
  HOTEL: {
    requiredDocuments: LICENSED,
    facts: { POINTS_NIGHTS_EQUAL_PAID_NIGHTS: needed('FLAG'), BLACKOUT_DAYS: optional('TEXT') },
  },
  SCENIC_SPOT: {
    requiredDocuments: ALL,
    facts: { TICKET_PARITY: needed('FLAG'), BLACKOUT_DAYS: optional('TEXT') },
  },
  AIRLINE: {
    requiredDocuments: LICENSED,
    facts: {
      MILEAGE_VALIDITY_DISCLOSED: needed('FLAG'),
      MILEAGE_REFUND_DAYS: needed('DAYS'),
      SEAT_LIMITS: optional('TEXT'),
    },
  },
  RAIL: { requiredDocuments: LICENSED, facts: { MILEAGE_VALIDITY_DISCLOSED: needed('FLAG') } },
  BANK: {
    requiredDocuments: LICENSED,
    facts: { CARD_PROGRAMME: needed('FLAG') },
  },
  RESTAURANT: { requiredDocuments: LICENSED, facts: {} },
};

/** Why a text states no fact of a kind, or null. */
export function factDefect({ kind }: FactSpec, value: string): 'FACT_NOT_USABLE' | null {
  const text = value.trim();
  const isUsable =
    kind === 'FLAG'
      ? text === 'true' || text === 'false'
      : kind === 'TEXT'
        ? text.length >= 1 && text.length <= TEXT_MAX
        : /^(0|[1-9]\d{0,14})$/.test(text);
  return isUsable ? null : 'FACT_NOT_USABLE';
}

/** The facts that a merchant of a trade has to state and has not. */
export const missingFacts = (industry: Industry, stated: ReadonlySet<string>): string[] =>
  Object.entries(industryPacks[industry].facts)
    .filter(([name, { isNeeded }]) => isNeeded && !stated.has(name))
    .map(([name]) => name);
