import type { NewEvent } from '../../../../shared/feeds/event.ts';
import type { PointsCommand } from '../../domain/points-command.ts';
import { type Issuer, issuedPoints } from '../../domain/recorded-purchase.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import type { GrantRow } from '../entities/grant.ts';

/** A version of a rule by which points are granted, and what of it goes with each of them. */
export type GrantingRule = RuleRow &
  Readonly<{ ruleVersion: string; programme: Readonly<{ unit: string }>; issuer: Issuer }>;

/** What the points of a referral wait for: it has happened when they are granted (L3). */
const FIRST_ORDER_SETTLED: ReadonlySet<string> = new Set(['FIRST_ORDER_SETTLED']);

/** What the ledger is told of a grant, under a key of its cause and member: it lives from the day of the grant. */
export const grantCommand = (grant: GrantRow, rule: GrantingRule): PointsCommand => ({
  key: keyOf(grant, rule),
  ...issuedPoints({
    memberId: grant.memberId,
    issuer: rule.issuer,
    rule,
    points: grant.points,
    at: grant.grantedAt,
    ...(grant.causeKind === 'REFERRAL' ? { happened: FIRST_ORDER_SETTLED } : {}),
  }),
  // Named by its grant: of a referral the inviter is not to learn which order it was, nor the invitee that it brought
  // somebody points.
  causeKind: grant.causeKind,
  causeId: grant.id,
});

function keyOf(
  { id, causeKind, causeId, memberId }: GrantRow,
  { ruleVersion }: GrantingRule,
): string {
  switch (causeKind) {
    case 'APPRECIATION':
      return `appreciation:${causeId}:${memberId}`;
    case 'ENGAGEMENT':
      return `engagement:${causeId}:${ruleVersion}`;
    case 'GREEN_ACT':
      return `green-act:${causeId}:${ruleVersion}`;
    case 'REFERRAL':
      return `referral:${id}:${ruleVersion}`;
  }
}

/** Grants of which the cause can fall away afterwards. */
export type RevocableKind = 'GREEN_ACT' | 'REFERRAL';

const TAKING_BACK = {
  GREEN_ACT: { name: 'green-act-revoked', causeKind: 'GREEN_ACT_REVOKED' },
  REFERRAL: { name: 'referral-refunded', causeKind: 'REFERRAL_REFUNDED' },
} as const;

/** What the ledger is told when the cause of a grant fell away: all of its points come back. */
export const takeBackCommand = (
  causeKind: RevocableKind,
  { id, causeId, memberId, issuerId, points }: GrantRow,
  { ruleVersion, programme }: Pick<GrantingRule, 'ruleVersion' | 'programme'>,
): PointsCommand => ({
  key: `${TAKING_BACK[causeKind].name}:${causeKind === 'REFERRAL' ? id : causeId}:${ruleVersion}`,
  kind: 'REVERSE',
  walletId: memberId,
  unit: programme.unit,
  points,
  issuerId,
  reversesId: id,
  causeKind: TAKING_BACK[causeKind].causeKind,
  causeId,
  ruleVersion,
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

/** In `merchantsFeed`: the cause of a grant fell away, and all of its points go back. */
export const grantTakenBack = (
  { id, causeKind, causeId, memberId, merchantId, issuerId, points }: GrantRow,
  { programme, ruleVersion }: Pick<GrantingRule, 'ruleVersion' | 'programme'>,
  at: Date,
) =>
  ({
    kind: 'grant.takenBack',
    payload: {
      grantId: id,
      causeKind,
      causeId,
      memberId,
      merchantId,
      issuerId,
      ruleVersion,
      unit: programme.unit,
      points,
      takenBackAt: at.toISOString(),
    },
  }) satisfies NewEvent;
