import { addDays, type Day, isoDay, NEVER, parseIsoDay } from '../../../../shared/calendar.ts';
import { claimAmount, isClaimable, isPrice, type PriceClass, priceOf } from '../../domain/price.ts';

/** A row as it was given: nothing of it is believed yet. */
export type GivenRow = Readonly<{
  line: number;
  member: string;
  points: string;
  expiresOn: string;
  price: string;
}>;

/** What a member brings along from a programme that joins. */
export type OpeningBalance = Readonly<{
  line: number;
  memberId: string;
  points: number;
  expiresOn: Day;
  priceClass: PriceClass;
}>;

export type RowProblem = Readonly<{ line: number; code: string }>;

/** Rows are numbered from 1, over all calls of an import. */
const LINE_MAX = 2_000_000_000;
const PRICE = /^\d{1,15}\/[1-9]\d{0,14} [A-Z]{3}$/;
const PRICE_CLASS_MAX = 64;
/** The most points of one row, and the most that they may cost: what is more is a slip of the hand. */
const POINTS_MAX = 1_000_000_000;
const COST_MAX = 1_000_000_000;

/** What a row says, or why it cannot be used. Whether its member exists is another matter. */
export function readRow(row: GivenRow, today: Day): OpeningBalance | RowProblem {
  const { line, member, points, expiresOn, price } = row;
  const wrong = (code: string): RowProblem => ({ line, code });
  if (!Number.isSafeInteger(line) || line < 1 || line > LINE_MAX) return wrong('ROW_NOT_USABLE');
  if (member.length < 1 || member.length > 64 || member.trim() !== member) {
    return wrong('MEMBER_UNKNOWN');
  }
  if (!/^[1-9]\d{0,9}$/.test(points) || Number(points) > POINTS_MAX) {
    return wrong('POINTS_NOT_USABLE');
  }
  if (!PRICE.test(price) || price.length > PRICE_CLASS_MAX || !isPayable(Number(points), price)) {
    return wrong('PRICE_NOT_USABLE');
  }
  const day = expiresOn === '' ? NEVER : dayIn(expiresOn);
  if (day === null) return wrong('EXPIRY_NOT_USABLE');
  if (day <= today) return wrong('ALREADY_EXPIRED');
  return { line, memberId: member, points: Number(points), expiresOn: day, priceClass: price };
}

function isPayable(points: number, price: PriceClass): boolean {
  if (!isClaimable(points, price)) return false;
  const { minor, per } = priceOf(price);
  return isPrice(minor, per) && claimAmount(points, price).amountMinor <= COST_MAX;
}

/** Null for a day that is on no calendar. */
function dayIn(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = parseIsoDay(text);
  return isoDay(addDays(day, 0)) === text ? day : null;
}

/** What of an import is there already, by row and by what tells its balances apart. */
export type Kept = Readonly<{
  byLine: ReadonlyMap<number, OpeningBalance>;
  texts: ReadonlyMap<string, number>;
}>;

export const balanceText = ({ memberId, expiresOn, priceClass }: OpeningBalance): string =>
  `${memberId}\n${expiresOn}\n${priceClass}`;

export type Sorted = Readonly<{
  fresh: readonly OpeningBalance[];
  /** Rows that are there already, as they are given again. */
  unchanged: number;
  problems: readonly RowProblem[];
}>;

/** Tells new rows from known ones, from repeated ones and from those of members that are not there. */
export function sortRows(
  rows: readonly (OpeningBalance | RowProblem)[],
  members: ReadonlySet<string>,
  kept: Kept,
): Sorted {
  const fresh = new Map<number, OpeningBalance>();
  const texts = new Map(kept.texts);
  const problems: RowProblem[] = [];
  let unchanged = 0;
  const refuse = (line: number, code: string) => problems.push({ line, code });
  for (const row of rows) {
    const { line } = row;
    if ('code' in row) problems.push(row);
    else if (!members.has(row.memberId)) refuse(line, 'MEMBER_UNKNOWN');
    else if (fresh.has(line)) refuse(line, 'ROW_TWICE');
    else {
      const was = kept.byLine.get(line);
      if (was !== undefined) {
        const isSame = was.points === row.points && balanceText(was) === balanceText(row);
        if (isSame) unchanged += 1;
        else refuse(line, 'ROW_DIFFERS');
      } else if (texts.has(balanceText(row))) refuse(line, 'BALANCE_TWICE');
      else {
        fresh.set(line, row);
        texts.set(balanceText(row), line);
      }
    }
  }
  return { fresh: [...fresh.values()], unchanged, problems };
}
