import { NEVER, parseIsoDay } from '../../../shared/calendar.ts';
import type { PointsCommand } from '../domain/command.ts';
import { priceClassOf } from '../domain/price.ts';
import type { PointsCommandInput } from '../schema.generated.ts';

export const KEY_MAX = 128;
const ID_MAX = 64;
const HOLD_MINUTES_MAX = 366 * 24 * 60;
const PRICE_CLASS_MAX = 64;

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
  const { unit, points, issuerId, acceptorId, holdId, holdMinutes, reversesId } = input;
  if (kind === 'CAPTURE' || kind === 'RELEASE') {
    return isId(holdId) ? { ...common, kind, holdId } : null;
  }
  if (!isId(unit) || !isPositive(points)) return null;
  switch (kind) {
    case 'ACCRUE': {
      const priceClass = readPrice(input);
      const expiresOn = input.expiresOn ? parseIsoDay(input.expiresOn) : NEVER;
      if (!isId(issuerId) || priceClass === null) return null;
      return { ...common, kind, unit, points, issuerId, expiresOn, priceClass };
    }
    case 'BURN':
      return isId(acceptorId) ? { ...common, kind, unit, points, acceptorId } : null;
    case 'HOLD':
      if (!isId(acceptorId) || !isId(holdId)) return null;
      if (!isPositive(holdMinutes) || holdMinutes > HOLD_MINUTES_MAX) return null;
      return { ...common, kind, unit, points, acceptorId, holdId, holdMinutes };
    case 'REVERSE':
      if (!isId(issuerId) || !isId(reversesId)) return null;
      return { ...common, kind, unit, points, issuerId, reversesId };
    default:
      return null;
  }
}

function readPrice({ priceMinor, pricePoints, priceCurrency }: PointsCommandInput): string | null {
  if (typeof priceMinor !== 'number' || priceMinor < 0 || !isPositive(pricePoints)) return null;
  if (!priceCurrency || !/^[A-Z]{3}$/.test(priceCurrency)) return null;
  const text = priceClassOf(priceMinor, pricePoints, priceCurrency);
  return text.length <= PRICE_CLASS_MAX ? text : null;
}

const isId = (text: string | null | undefined): text is string =>
  typeof text === 'string' && isName(text, ID_MAX);

/** Spaces at the end count on SQLite and not on MariaDB, so nothing is named with them. */
const isName = (text: string, max: number): boolean =>
  text.length >= 1 && text.length <= max && text.trim() === text;

const isPositive = (value: number | null | undefined): value is number =>
  typeof value === 'number' && value >= 1;
