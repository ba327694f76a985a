import type { NewEvent } from '../../../../shared/feeds/event.ts';
import type { PointsCommand } from '../../domain/points-command.ts';
import { type Issuer, issuedPoints } from '../../domain/recorded-purchase.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import type { GrantRow } from '../entities/grant.ts';

/** A version of a rule by which points are granted, and what of it goes with each of them. */
export type GrantingRule = RuleRow &
  Readonly<{ ruleVersion: string; programme: Readonly<{ unit: string }>; issuer: Issuer }>;

/** What the ledger is told of a grant, under a key of its cause and member: it lives from the day of the grant. */
export const grantCommand = (
  { id, causeKind, causeId, memberId, points, grantedAt }: GrantRow,
  rule: GrantingRule,
): PointsCommand => ({
  key:
    causeKind === 'APPRECIATION'
      ? `appreciation:${causeId}:${memberId}`
      : `engagement:${causeId}:${rule.ruleVersion}`,
  ...issuedPoints({ memberId, issuer: rule.issuer, rule, points, at: grantedAt }),
  causeKind,
  causeId: id,
});

/** In `merchantsFeed`. Nothing was paid, so no points count for tiers. */
export const grantRecorded = (grant: GrantRow, { programme, terms, ruleVersion }: GrantingRule) =>
  ({
    kind: 'grant.recorded',
    payload: {
      grantId: grant.id,
      causeKind: grant.causeKind,
      causeId: grant.causeId,
      trigger: terms.trigger,
      memberId: grant.memberId,
      merchantId: grant.merchantId,
      issuerId: grant.issuerId,
      ruleVersion,
      unit: programme.unit,
      points: grant.points,
      qualifyingPoints: 0,
      grantedAt: grant.grantedAt.toISOString(),
    },
  }) satisfies NewEvent;
