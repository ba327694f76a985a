import { z } from 'zod';

/** Events of members that matter here; each tells of one purpose. */
export const consentChanged = z.object({ memberId: z.string(), purpose: z.string() });

export type ConsentChange = z.infer<typeof consentChanged> & Readonly<{ isGranted: boolean }>;

/** What a page of changes comes to. Whoever took the consent back in it is erased first, granted again or not. */
export type ConsentEffect = Readonly<{
  erased: readonly string[];
  profiled: readonly string[];
  /** Of those who are profiled: who wants no messages any more, and whose wishes have to be looked at. */
  silenced: readonly string[];
  asked: readonly string[];
}>;

export function effectOf(changes: readonly ConsentChange[]): ConsentEffect {
  const profiling = changes.filter(({ purpose }) => purpose === 'PROFILING');
  const marketing = changes.filter(({ purpose }) => purpose === 'MARKETING');
  return {
    erased: membersWith(profiling, (one) => !one.isGranted),
    profiled: lastOf(profiling).flatMap((one) => (one.isGranted ? one.memberId : [])),
    silenced: lastOf(marketing).flatMap((one) => (one.isGranted ? [] : one.memberId)),
    asked: lastOf(marketing).flatMap((one) => (one.isGranted ? one.memberId : [])),
  };
}

const membersWith = (
  changes: readonly ConsentChange[],
  holds: (change: ConsentChange) => boolean,
): string[] => [...new Set(changes.filter(holds).map(({ memberId }) => memberId))];

const lastOf = (changes: readonly ConsentChange[]): ConsentChange[] => [
  ...new Map(changes.map((change) => [change.memberId, change])).values(),
];
