import { isoDay, NEVER } from '../../../../shared/calendar.ts';
import type { NewEvent } from '../../../../shared/feeds/event.ts';
import type { PointsCommand } from '../../domain/points-command.ts';
import type { Issuer } from '../../domain/recorded-purchase.ts';
import { lifeOf } from '../../rules/domain/points-life.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import type { GrantRow } from '../entities/grant.ts';

/** A version of a rule by which points are granted, and what of it goes with each of them. */
export type GrantingRule = RuleRow &
  Readonly<{ ruleVersion: string; programme: Readonly<{ unit: string }>; issuer: Issuer }>;

/**
 * What the ledger is told of a grant, under a key of its cause and member. The price of the contract is frozen on
 * the points, and they live from the day on which they are granted.
 */
export function grantCommand(
  { id, causeKind, causeId, memberId, points, grantedAt }: GrantRow,
  { issuer, programme, terms, ruleVersion }: GrantingRule,
): PointsCommand {
  const { vestsOn, vestsOnEvent, expiresOn } = lifeOf(terms, grantedAt);
  return {
    key:
      causeKind === 'APPRECIATION'
        ? `appreciation:${causeId}:${memberId}`
        : `engagement:${causeId}:${ruleVersion}`,
    kind: 'ACCRUE',
    walletId: memberId,
    unit: programme.unit,
    points,
    issuerId: issuer.id,
    priceMinor: issuer.priceMinor,
    pricePoints: issuer.pricePoints,
    priceCurrency: issuer.currency,
    expiresOn: expiresOn === NEVER ? null : isoDay(expiresOn),
    ...(vestsOn === null ? {} : { vestsOn: isoDay(vestsOn) }),
    ...(vestsOnEvent === null ? {} : { vestsOnEvent: true }),
    ...(terms.useScope === null ? {} : { useScope: terms.useScope }),
    causeKind,
    causeId: id,
    ruleVersion,
  };
}

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
