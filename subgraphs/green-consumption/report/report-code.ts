import { blindIndex } from '../../../shared/secrets.ts';
import type { GreenReportScope } from '../schema.generated.ts';
import type { DaySum } from './domain/report.ts';

/** What the code of a report says. Days as integers, grams of CO2e. */
export type Coded = Readonly<{
  scope: GreenReportScope;
  /** As it is told in public, and not to whom it is of. */
  isPublic: boolean;
  from: number;
  until: number;
  grams: number;
  /** Of all its figures, see `figuresTag`. */
  figures: string;
}>;

const PLACE = 'green_report.code';
const PUBLIC = 'P';
const LETTERS = { MEMBER: 'M', FAMILY: 'F', MERCHANT: 'S', ALLIANCE: 'A' } as const;

/**
 * The code of a report, such as `M.20260101.20261122.15340.77ab….1f0c….9a2e…`: readable, the same for the same figures, and signed
 * with the key of the subgraph. Of its subject it holds a keyed hash, so nobody is found by it.
 */
export function codeOf(
  key: string,
  { scope, isPublic, from, until, grams, figures }: Coded,
  subject: string,
): string {
  const letters = `${LETTERS[scope]}${isPublic ? PUBLIC : ''}`;
  const said = [letters, eight(from), eight(until), grams, figures, tagOf(key, subject)].join('.');
  return `${said}.${signatureOf(key, said)}`;
}

/** Null: it is not one of ours, or was changed. `isOf` says whether it is the report of a subject. */
export function readCode(
  key: string,
  code: string,
): (Coded & Readonly<{ isOf: (subject: string) => boolean }>) | null {
  const match =
    /^([MFSA])(P?)\.(\d{8})\.(\d{8})\.(-?\d{1,16})\.([0-9a-f]{8})\.([0-9a-f]{12})\.([0-9a-f]{20})$/.exec(
      code.trim(),
    );
  if (match === null) return null;
  const [, letter, mark, from, until, grams, figures, tag, signature] = match;
  const said = code.trim().slice(0, -21);
  const scope = scopes.find((one) => LETTERS[one] === letter);
  if (scope === undefined || signatureOf(key, said) !== signature) return null;
  return {
    ...{ scope, isPublic: mark === PUBLIC },
    ...{ from: Number(from), until: Number(until), grams: Number(grams) },
    figures: figures ?? '',
    isOf: (subject) => tagOf(key, subject) === tag,
  };
}

const scopes: readonly GreenReportScope[] = ['MEMBER', 'FAMILY', 'MERCHANT', 'ALLIANCE'];

/** A day of the first thousand years has fewer digits. */
const eight = (day: number): string => String(day).padStart(8, '0');

const tagOf = (key: string, subject: string): string =>
  blindIndex(key, `${PLACE}.subject`, subject).slice(0, 12);

/** The same for the same figures: by it is known whether the books still say so, also where the total is as it was. */
export const figuresTag = (key: string, days: readonly DaySum[]): string =>
  blindIndex(
    key,
    `${PLACE}.figures`,
    days
      .map((one) =>
        [one.day, one.factorCode, one.factorVersion, one.basis, one.grams, one.entries].join(' '),
      )
      .toSorted()
      .join('\n'),
  ).slice(0, 8);

const signatureOf = (key: string, said: string): string =>
  blindIndex(key, PLACE, said).slice(0, 20);
