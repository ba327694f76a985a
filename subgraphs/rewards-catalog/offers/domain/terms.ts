const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;
const HAN = /^\p{Script=Han}/u;

const TERM_MAX = 64;
const TERMS_MAX = 200;
const ASKED_MAX = 12;

/** Runs of Chinese signs, and of letters and digits of other scripts, without capitals and full-width forms. */
const runsOf = (text: string): string[] =>
  [...text.normalize('NFKC').toLowerCase().matchAll(RUNS)].flatMap(([run]) => split(run));

/** A word such as `5g流量` is two runs. */
const split = (run: string): string[] => run.match(/\p{Script=Han}+|\P{Script=Han}+/gu) ?? [];

/**
 * By what a reward is found: whole words, and of Chinese, which has no blanks, each two signs that stand side by side
 * and the last one alone. So every sign begins a term.
 */
export function termsOf(texts: readonly (string | null)[]): string[] {
  const terms = new Set<string>();
  for (const run of texts.flatMap((text) => runsOf(text ?? ''))) {
    if (!HAN.test(run)) {
      terms.add(run.slice(0, TERM_MAX));
      continue;
    }
    const signs = [...run];
    for (const [index, sign] of signs.entries()) terms.add(sign + (signs[index + 1] ?? ''));
  }
  return [...terms].slice(0, TERMS_MAX);
}

/** What a term has to be: this text, or one that begins with it. */
export type Wanted = Readonly<{ text: string; isWhole: boolean }>;

/**
 * What all must be found for a search: words by their beginning, Chinese by each two signs, one sign alone by itself.
 * Empty when nothing can be looked for; null when it is too much.
 */
export function wantedOf(search: string): Wanted[] | null {
  if (search.length > 200) return null;
  const wanted = runsOf(search).flatMap((run): Wanted[] => {
    if (!HAN.test(run)) return [{ text: run.slice(0, TERM_MAX), isWhole: false }];
    const signs = [...run];
    if (signs.length === 1) return [{ text: run, isWhole: false }];
    return signs.slice(1).map((sign, index) => ({ text: `${signs[index]}${sign}`, isWhole: true }));
  });
  const distinct = [...new Map(wanted.map((want) => [want.text, want])).values()];
  return distinct.length <= ASKED_MAX ? distinct : null;
}
