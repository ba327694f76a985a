import type { Wording } from '../../../../shared/graphql/wording.ts';

type Both = readonly [en: string, zh: string];

/** What people are told of one check. */
export type Told = Readonly<{
  /** What was found. */
  found: Both;
  /** The nearest lawful alternative. */
  alternative: Both;
  /** What the check looks at. */
  looksAt: Both;
}>;

const sentence = ([en, zh]: Both) => ({ en, 'zh-CN': zh });

/** The sentences of checks under their codes. */
export const toldAs = (checks: Readonly<Record<string, Told>>): Wording =>
  Object.fromEntries(
    Object.entries(checks).flatMap(([id, { found, alternative, looksAt }]) => [
      [id, sentence(found)],
      [`${id}_ALTERNATIVE`, sentence(alternative)],
      [`${id}_LOOKS_AT`, sentence(looksAt)],
    ]),
  );
