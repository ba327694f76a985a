import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { withinAge } from '../../ages/domain/age-limit.ts';
import { ageLimitsAt } from '../../ages/queries/age-limits.ts';
import { knownAges } from '../../ages/queries/known-ages.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { KnownMember } from '../../queries/member-standing.ts';
import { awardOrder, type Earned, ORDER_POINTS_MAX } from '../../rules/domain/award-order.ts';
import type { EarningOrder } from '../../rules/domain/earning.ts';
import { inForceAt } from '../../rules/domain/in-force.ts';
import type { RecordEngagementInput } from '../../schema.generated.ts';
import { issuingAt, type Standing } from '../../standing/domain/issuing.ts';
import { pricedIssuer } from '../../standing/domain/settle-rule.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import type { GrantingRule } from '../domain/grant-posting.ts';
import {
  type NothingToGrant,
  type NotIssuing,
  nothingToGrant,
  refuseIssuing,
} from '../domain/not-issuing.ts';
import { Engagement, type EngagementRow } from '../entities/engagement.ts';
import { grantEarned } from './grant-earned.ts';

export type EngagementRecorded = Readonly<{ kind: 'EngagementRecorded'; engagementId: string }>;

type EngagementOutcome = EngagementRecorded | NotIssuing | NothingToGrant | NotFound | InvalidInput;

/** What was asked before: it only counts when this command was not answered already. */
type AskedBefore = Readonly<{ member: KnownMember; rules: readonly GrantingRule[] }>;

/**
 * Records that a member took part in something, and grants what the rules in force give for it: once for each
 * event and member, whatever the key. What she answered is not asked, so any answer earns the same (S19, R8).
 */
export const recordEngagementOf = ({ member, rules }: AskedBefore) =>
  async function recordEngagement(
    work: Work,
    input: RecordEngagementInput,
  ): Promise<EngagementOutcome> {
    const { manager, at } = work;
    const row = engagementOf(work, input);
    const wrong = defectOf(row, at);
    if (wrong !== null) return wrong;
    const merchant = await manager.findOneBy(Merchant, { id: row.merchantId });
    // MariaDB finds an id with blanks after it as well: that is not this merchant's.
    if (merchant?.id !== row.merchantId) return notFound('MERCHANT_NOT_FOUND');
    const earlier = await earlierOf(work, row);
    if (earlier !== null) return recorded(earlier);
    const issuerIds = rules.map(({ issuer }) => issuer.id);
    const standings = await readStandings(manager, [...new Set([row.merchantId, ...issuerIds])]);
    const notIssuing = refuseIssuing([standings.get(row.merchantId)], at);
    if (notIssuing !== null) return notIssuing;
    if (member.standing === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    if (member.standing === 'MISSING') return notFound('MEMBER_NOT_FOUND');
    const limits = await ageLimitsAt(manager, rules, row.occurredAt);
    const ages = await knownAges(manager, limits.size === 0 ? [] : [row], at);
    const age = ages(row.merchantId, row.memberId);
    const earned = earnedBy(row, member, rules, { standings, at, limits, age });
    if ('kind' in earned) return earned;
    const holder = await claim(work, row);
    assert(holder !== null, 'an event that is claimed is there');
    if (holder !== row.id) return recorded(holder);

    // From here on the command must succeed.
    const { id: causeId, merchantId, memberId, occurredAt } = row;
    const cause = { causeKind: 'ENGAGEMENT', causeId, merchantId, memberId, occurredAt } as const;
    await grantEarned(work, cause, earned);
    return recorded(row.id);
  };

const recorded = (engagementId: string): EngagementRecorded => ({
  kind: 'EngagementRecorded',
  engagementId,
});

const engagementOf = (work: Work, input: RecordEngagementInput): EngagementRow => ({
  id: work.newId(),
  merchantId: input.merchantId,
  kind: input.kind,
  eventId: input.eventId,
  memberId: input.memberId,
  evidence: input.evidence ?? null,
  storeId: input.storeId ?? null,
  occurredAt: input.occurredAt ?? work.at,
  recordedBy: work.caller.subject,
  recordedAt: work.at,
});

const KEY_MAX = 64;

const defectOf = ({ eventId, evidence, storeId, occurredAt }: EngagementRow, at: Date) =>
  checkKey('eventId', eventId, KEY_MAX) ??
  (evidence === null ? null : checkKey('evidence', evidence, KEY_MAX)) ??
  (storeId === null ? null : checkKey('storeId', storeId, KEY_MAX)) ??
  (occurredAt > at ? invalidInput('PURCHASED_IN_FUTURE', 'occurredAt') : null);

/** Who has recorded it before, or null. */
async function earlierOf(
  { manager }: Pick<Work, 'manager'>,
  { merchantId, kind, eventId, memberId }: EngagementRow,
): Promise<string | null> {
  const found = await manager.findOneBy(Engagement, { merchantId, kind, eventId, memberId });
  return found?.id ?? null;
}

type Setting = Readonly<{
  standings: ReadonlyMap<string, Standing>;
  at: Date;
  /** The least ages of the programmes, and how old she is at least; null: nobody has seen it. */
  limits: ReadonlyMap<string, number>;
  age: number | null;
}>;

/** What rules give for it before their caps; or why nothing. */
function earnedBy(
  row: EngagementRow,
  { tier }: KnownMember,
  rules: readonly GrantingRule[],
  { standings, at, limits, age }: Setting,
): readonly Earned<GrantingRule>[] | NothingToGrant | NotIssuing | InvalidInput {
  const known = inForceAt(rules, row.occurredAt);
  if (known.length === 0) return nothingToGrant('NO_GRANTING_RULE', []);
  const settled = known.map((rule) => {
    const standing = standings.get(rule.issuer.id);
    return {
      ...rule,
      issuer: pricedIssuer(rule.issuer, standings, at),
      mayIssue: standing !== undefined && issuingAt(standing, at).isIssuing,
    };
  });
  const award = awardOrder(asOrder(row, tier), withinAge(settled, limits, age));
  if (award === null) return invalidInput('POINTS_TOO_MANY', 'eventId', { max: ORDER_POINTS_MAX });
  const earned = award.earned.filter(({ points }) => points > 0);
  if (earned.length > 0) return earned;
  const stopped = settled.filter(({ mayIssue }) => !mayIssue);
  const notIssuing = refuseIssuing(
    stopped.map(({ issuer }) => standings.get(issuer.id)),
    at,
  );
  if (notIssuing !== null) return notIssuing;
  const reasons = [...award.refused, ...award.earned].flatMap((one) => one.reasons);
  return nothingToGrant('NO_GRANTING_RULE_FITS', reasons);
}

/** It earns as an order would of one thing that costs nothing: conditions and stacking of rules are the same. */
const asOrder = (
  { storeId, occurredAt, recordedAt }: EngagementRow,
  tier: string | null,
): EarningOrder => ({
  currency: 'CNY',
  storeId,
  channel: null,
  region: null,
  paymentInstrument: null,
  tier,
  purchasedAt: occurredAt,
  recordedAt,
  lines: [
    {
      number: 1,
      sku: null,
      category: null,
      quantity: 1,
      returnedQuantity: 0,
      amountMinor: 0,
      isGreen: false,
    },
  ],
});

/** Claims the event for the member, and answers who has it: a second recording waits here for the first. */
async function claim(work: Work, row: EngagementRow): Promise<string | null> {
  await insertRows(
    work.manager,
    'merchants_engagement',
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'merchant_id', 'kind', 'event_id', 'member_id', 'evidence', 'store_id', 'occurred_ms', 'recorded_by',
      'recorded_ms'],
    [
      [
        row.id,
        row.merchantId,
        row.kind,
        row.eventId,
        row.memberId,
        row.evidence,
        row.storeId,
        row.occurredAt.getTime(),
        row.recordedBy,
        row.recordedAt.getTime(),
      ],
    ],
    { ending: work.dialect.onDuplicateKeep(['merchant_id', 'kind', 'event_id', 'member_id']) },
  );
  return earlierOf(work, row);
}
