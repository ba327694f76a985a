import { type Refused, refused } from '../../../shared/graphql/refusals.ts';

/** What the compliance guard of merchants has found in a reward, worded in both languages. */
export type RewardFinding = Readonly<{
  check: string;
  severity: 'BLOCKS' | 'ADVISES';
  field: string;
  messageZh: string;
  messageEn: string;
  alternativeZh: string;
  alternativeEn: string;
  sourceZh: string | null;
  sourceEn: string | null;
}>;

/** A reward that the guard stops. */
export type NotLawful = Refused<'NotLawful'> & Readonly<{ findings: readonly RewardFinding[] }>;

/** Whether something is found that stops a publication. */
export const areBlocking = (findings: readonly RewardFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'BLOCKS');

/** Refuses with all that was found, advice included. */
export const notLawful = (findings: readonly RewardFinding[]): NotLawful => ({
  ...refused('NotLawful', 'NOT_LAWFUL', {
    count: findings.filter(({ severity }) => severity === 'BLOCKS').length,
  }),
  findings,
});
