import { NEVER, parseIsoDay } from '../../../shared/calendar.ts';
import { isCurrency } from '../../../shared/currency.ts';
import type { Accrue, Burn, PointsCommand } from '../domain/command.ts';
import { priceClassOf } from '../domain/price.ts';
import type { PointsCommandInput } from '../schema.generated.ts';

export const KEY_MAX = 128;
const ID_MAX = 64;
const HOLD_MINUTES_MAX = 366 * 24 * 60;
const PRICE_CLASS_MAX = 64;
/** For how long points are good that are given back to a lapsed lot, unless the caller says. */
const EXTEND_DAYS = 180;
const EXTEND_DAYS_MAX = 3660;
const GOOD_FOR_MONTHS_MAX = 120;
const SCOPES_MAX = 20;

export const isUsableKey = (key: string): boolean => isName(key, KEY_MAX);

/**
 * The command that an input spells, or null when it spells none: something is missing, empty, too
 * long or out of range. Fields that the kind does not know are left out of account.
 */
export function readCommand(input: PointsCommandInput): PointsCommand | null {
  const { kind, walletId, causeKind, causeId } = input;
  const ruleVersion = input.ruleVersion ?? null;
  if (![walletId, causeKind, causeId].every(isId)) return null;
  if (ruleVersion !== null && !isId(ruleVersion)) return null;
  const common = { walletId, causeKind, causeId, ruleVersion };
  const { unit, points, issuerId, holdId, holdMinutes, reversesId } = input;
  if (kind === 'CAPTURE' || kind === 'RELEASE') {
    return isId(holdId) ? { ...common, kind, holdId } : null;
  }
  if (kind === 'VEST') {
    return isId(input.accrualId) ? { ...common, kind, accrualId: input.accrualId } : null;
  }
  if (kind === 'EXTEND') return readExtend(input, common);
  if (kind === 'TRANSFER' || kind === 'CONTRIBUTE' || kind === 'WITHDRAW') {
    return readMove(kind, input, common);
  }
  if (!isId(unit) || isCurrency(unit) || !isPositive(points)) return null;
  switch (kind) {
    case 'ACCRUE': {
      const priceClass = readPrice(input);
      const expiresOn = input.expiresOn ? parseIsoDay(input.expiresOn) : NEVER;
      const terms = readTerms(input);
      if (!isId(issuerId) || priceClass === null || terms === null) return null;
      return { ...common, kind, unit, points, issuerId, expiresOn, priceClass, ...terms };
    }
    case 'BURN': {
      const spending = readSpending(input);
      return spending && { ...common, kind, unit, points, ...spending };
    }
    case 'HOLD': {
      const spending = readSpending(input);
      if (spending === null || !isId(holdId)) return null;
      if (!isPositive(holdMinutes) || holdMinutes > HOLD_MINUTES_MAX) return null;
      return { ...common, kind, unit, points, ...spending, holdId, holdMinutes };
    }
    case 'REVERSE': {
      const causeLine = input.causeLine ?? null;
      if (!isId(issuerId) || !isId(reversesId) || !isIdOrNull(causeLine)) return null;
      const line = causeLine === null ? {} : { causeLine };
      return { ...common, kind, unit, points, issuerId, reversesId, ...line };
    }
    case 'REFUND':
      return readRefund(input, { ...common, unit, points });
    default:
      return null;
  }
}

type Common = Pick<PointsCommand, 'walletId' | 'causeKind' | 'causeId' | 'ruleVersion'>;

/** Points from one wallet to another. Only WITHDRAW may leave open how many. */
function readMove(
  kind: 'TRANSFER' | 'CONTRIBUTE' | 'WITHDRAW',
  { counterWalletId, unit, points = null }: PointsCommandInput,
  common: Common,
): PointsCommand | null {
  if (!isId(counterWalletId) || !isId(unit)) return null;
  const move = { ...common, counterWalletId, unit };
  if (kind === 'WITHDRAW' && points === null) return { ...move, kind };
  return isPositive(points) ? { ...move, kind, points } : null;
}

function readRefund(
  { refundsId, extendDays, goodForMonths, lapsedLots }: PointsCommandInput,
  common: Common & Readonly<{ unit: string; points: number }>,
): PointsCommand | null {
  if (!isId(refundsId)) return null;
  const months = goodForMonths ?? null;
  // Who says that points lapse does not say for how long they are good.
  if (lapsedLots === 'LAPSE') {
    const isPlain = (extendDays ?? null) === null && months === null;
    return isPlain ? { ...common, kind: 'REFUND', refundsId, extendDays: null } : null;
  }
  const days = extendDays ?? EXTEND_DAYS;
  if (days < 1 || days > EXTEND_DAYS_MAX) return null;
  if (months !== null && (months < 1 || months > GOOD_FOR_MONTHS_MAX)) return null;
  return {
    ...common,
    kind: 'REFUND',
    refundsId,
    extendDays: days,
    ...(months === null ? {} : { goodForMonths: months }),
  };
}

function readExtend(
  { unit, issuerId, expiresOn, toExpiresOn }: PointsCommandInput,
  common: Common,
): PointsCommand | null {
  if (!isId(unit) || !isId(issuerId) || !expiresOn) return null;
  return {
    ...common,
    kind: 'EXTEND',
    unit,
    issuerId,
    expiresOn: parseIsoDay(expiresOn),
    toExpiresOn: toExpiresOn ? parseIsoDay(toExpiresOn) : NEVER,
  };
}

/** What ACCRUE may say besides: for what the points are good, which line brought them, when they vest. */
function readTerms(input: PointsCommandInput): Omit<Accrue, keyof PlainAccrue> | null {
  const { useScope = null, causeLine = null, vestsOn, vestsOnEvent } = input;
  if (!isIdOrNull(useScope) || !isIdOrNull(causeLine)) return null;
  if (vestsOn && vestsOnEvent) return null;
  return {
    ...(useScope === null ? {} : { useScope }),
    ...(causeLine === null ? {} : { causeLine }),
    ...(vestsOn ? { vestsOn: parseIsoDay(vestsOn) } : {}),
    ...(vestsOnEvent ? { vestsOn: 'ON_EVENT' as const } : {}),
  };
}

type PlainAccrue = Common &
  Readonly<{
    [Name in 'kind' | 'unit' | 'points' | 'issuerId' | 'expiresOn' | 'priceClass']: never;
  }>;

function readSpending({
  acceptorId,
  actorId = null,
  scopes,
}: PointsCommandInput): Pick<Burn, 'acceptorId' | 'scopes' | 'actorId'> | null {
  const named = [...new Set(scopes ?? [])].toSorted();
  if (!isId(acceptorId) || !isIdOrNull(actorId) || !named.every(isId)) return null;
  if (named.length > SCOPES_MAX) return null;
  return {
    acceptorId,
    ...(named.length === 0 ? {} : { scopes: named }),
    ...(actorId === null ? {} : { actorId }),
  };
}

function readPrice({ priceMinor, pricePoints, priceCurrency }: PointsCommandInput): string | null {
  if (typeof priceMinor !== 'number' || priceMinor < 0 || !isPositive(pricePoints)) return null;
  if (!priceCurrency || !/^[A-Z]{3}$/.test(priceCurrency)) return null;
  const text = priceClassOf(priceMinor, pricePoints, priceCurrency);
  return text.length <= PRICE_CLASS_MAX ? text : null;
}

const isId = (text: string | null | undefined): text is string =>
  typeof text === 'string' && isName(text, ID_MAX);

const isIdOrNull = (text: string | null): boolean => text === null || isId(text);

/** Spaces at the end count on SQLite and not on MariaDB, so nothing is named with them. */
const isName = (text: string, max: number): boolean =>
  text.length >= 1 && text.length <= max && text.trim() === text;

const isPositive = (value: number | null | undefined): value is number =>
  typeof value === 'number' && value >= 1;
