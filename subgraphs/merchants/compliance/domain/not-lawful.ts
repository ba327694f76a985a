import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { Finding } from './finding.ts';

/** A publication that the guard stops. */
export type NotLawful = Refused<'NotLawful'> & Readonly<{ findings: readonly Finding[] }>;

/** Refuses with all that was found, advice included. */
export const notLawful = (findings: readonly Finding[]): NotLawful => ({
  ...refused('NotLawful', 'NOT_LAWFUL', {
    count: findings.filter(({ severity }) => severity === 'BLOCKS').length,
  }),
  findings,
});
