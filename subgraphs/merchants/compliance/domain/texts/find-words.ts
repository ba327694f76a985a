import {
  englishSentenceAround,
  isDeniedWithin,
  isDisclaimed,
  isDisclaimedInEnglish,
  sentenceAround,
} from './context.ts';
import type { Folded } from './fold.ts';

/** Something that a text must not state. Whoever writes one adds a lawful and an unlawful sentence to the tests. */
export type Claim = Readonly<{
  /** Over `Folded.han`. Global. */
  han?: RegExp;
  /** Over `Folded.latin`. Global. */
  latin?: RegExp;
  /** Ordinary words that have the same characters: what lies within one of them is none. Global. */
  lawful?: RegExp;
  /** What else the sentence has to be about; it may be left out where only points are spoken of. */
  about?: RegExp;
  /** The words deny something themselves (概不退还), so that a negation near them does not take them back. */
  isDenial?: boolean;
  /** A negation within the words is a part of the claim (没有任何影响), and denies nothing. */
  isNegative?: boolean;
  /** What makes the claim lawful when its sentence has something of each. */
  backing?: readonly RegExp[];
  /** The claim is the same whatever it is about: it need not speak of points on a merchant's page. */
  isAnywhere?: boolean;
}>;

/**
 * Where a text stands: in what is said of points, or on a merchant's page, where 股权 or 利息 may be about the
 * merchant itself.
 */
export type TextContext = Readonly<{ about: 'POINTS' | 'MERCHANT' }>;

const POINTS = /积分|会员|消费|用户|兑换|点数|里程|points?|members?|shopping|spend|purchase/u;

/** The words of a folded text that state one of the claims. */
export function wordsFound(
  folded: Folded,
  claims: readonly Claim[],
  context: TextContext,
): string[] {
  const hasHan = /\p{Script=Han}/u.test(folded.han);
  const hasLatin = /[a-z]{2}/.test(folded.latin);
  const found = claims.flatMap((claim) => [
    ...(hasHan ? hanFound(folded, claim, context) : []),
    ...(hasLatin ? latinFound(folded, claim, context) : []),
  ]);
  return [...new Set(found)];
}

function hanFound(folded: Folded, claim: Claim, context: TextContext): string[] {
  if (claim.han === undefined) return [];
  const { han } = folded;
  const whole = [...han.matchAll(claim.han)].map(({ index, 0: word }) => ({ from: index, word }));
  const candidates = [...whole, ...broken(folded, claim.han)];
  if (candidates.length === 0) return [];
  const isLawful = lawfulPlaces(han, claim);
  return candidates
    .filter(({ from, word }) => !isLawful(from, from + word.length))
    .filter(
      ({ word }) => claim.isDenial === true || claim.isNegative === true || !isDeniedWithin(word),
    )
    .filter(({ from, word }) => {
      const sentence = sentenceAround(han, from, from + word.length);
      if (claim.about !== undefined && !claim.about.test(sentence)) return false;
      if (isElsewhere(sentence, claim, context) || isBacked(sentence, claim)) return false;
      return !isDisclaimed(han, from, from + word.length, claim.isDenial === true);
    })
    .map(({ word }) => word);
}

/** Whether a merchant speaks of itself, where the claim is its own affair. */
const isElsewhere = (sentence: string, claim: Claim, { about }: TextContext): boolean =>
  about === 'MERCHANT' && claim.isAnywhere !== true && !POINTS.test(sentence);

const isBacked = (sentence: string, { backing }: Claim): boolean =>
  backing?.every((one) => one.test(sentence)) === true;

/**
 * Words with a mark between their characters: 分，红. Two characters on either side of a mark are mostly the
 * end of one word and the beginning of another (环保，本店), so one of them has to stand alone.
 */
function broken(
  { han, closed, places }: Folded,
  pattern: RegExp,
): { from: number; word: string }[] {
  if (closed.length === han.length) return [];
  return [...closed.matchAll(pattern)].flatMap(({ index, 0: closedWord }) => {
    const from = places[index];
    const last = places[index + closedWord.length - 1];
    if (from === undefined || last === undefined) return [];
    const word = han.slice(from, last + 1);
    // Without a mark inside it was found before.
    if (word.length === closedWord.length) return [];
    return stands(han, from, last, word) ? [{ from, word }] : [];
  });
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

function stands(han: string, from: number, last: number, word: string): boolean {
  const pieces = word.split(/[。？，、]+/u);
  // Every character by itself, or the ends alone.
  const isSpelt = pieces.every((piece) => piece.length === 1);
  if (!isSpelt)
    return word.length >= 5 && !/[。？]/u.test(word) && pieces.some((piece) => piece.length === 1);
  return pieces.length > 2 || !isLetter(han[from - 1]) || !isLetter(han[last + 1]);
}

function latinFound({ latin, lines }: Folded, claim: Claim, context: TextContext): string[] {
  if (claim.latin === undefined) return [];
  const candidates = [...latin.matchAll(claim.latin)];
  if (candidates.length === 0) return [];
  const isLawful = lawfulPlaces(latin, claim);
  return candidates
    .filter(({ index, 0: word }) => !isLawful(index, index + word.length))
    .filter(({ index, 0: word }) => {
      const around = latin.slice(Math.max(0, index - 120), index + word.length + 120);
      if (isElsewhere(around, claim, context)) return false;
      if (isBacked(englishSentenceAround(lines, index, index + word.length), claim)) return false;
      return !isDisclaimedInEnglish(lines, index, index + word.length, claim.isDenial === true);
    })
    .map(({ 0: word }) => word.trim());
}

/** Whether a word begins within an ordinary one, and not with its last character. */
function lawfulPlaces(text: string, { lawful }: Claim): (from: number, until: number) => boolean {
  if (lawful === undefined) return () => false;
  const places = [...text.matchAll(lawful)].map(({ index, 0: word }) => [
    index,
    index + word.length,
  ]);
  return (from, until) =>
    places.some(([first = 0, end = 0]) => first <= from && end >= Math.min(until, from + 2));
}
