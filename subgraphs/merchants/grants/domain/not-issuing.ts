import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { Reason } from '../../rules/domain/earning.ts';
import { issuingAt, type Standing } from '../../standing/domain/issuing.ts';
import { parametersOf } from '../../standing/domain/notice.ts';

/** Nothing is granted: the code says what its issuer lacks (S54). */
export type NotIssuing = Refused<'NotIssuing'>;

/** The gravest of what keeps any of these merchants from issuing now, or null. */
export function refuseIssuing(
  standings: readonly (Standing | undefined)[],
  at: Date,
): NotIssuing | null {
  for (const standing of standings) {
    const [obstacle] = standing === undefined ? [] : issuingAt(standing, at).obstacles;
    if (obstacle !== undefined) return refused('NotIssuing', obstacle.code, parametersOf(obstacle));
  }
  return null;
}

/** No rule grants anything for it; `reasons` says what stands against each that might have. */
export type NothingToGrant = Refused<'NothingToGrant'> & Readonly<{ reasons: readonly Reason[] }>;

export const nothingToGrant = (code: string, reasons: readonly Reason[]): NothingToGrant => ({
  ...refused('NothingToGrant', code),
  reasons,
});
