import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { Remedy } from '../domain/remedy.ts';

/**
 * How far an incident is. LISTING: whom it concerned is being found out. READY: that is known. PROPOSED: a remedy
 * waits for a second person. APPLYING: it was approved and is given, a page of members at a time. APPLIED: the end.
 * WITHDRAWN: the other end, before anything was approved.
 */
export type IncidentState = 'LISTING' | 'READY' | 'PROPOSED' | 'APPLYING' | 'APPLIED' | 'WITHDRAWN';

/** Something that went wrong with rewards of a merchant, which has to answer for it. */
export type IncidentRow = Readonly<{
  id: string;
  merchantId: string;
  causeZh: string;
  causeEn: string;
  /** Sorted. */
  rewardIds: readonly string[];
  from: Date;
  until: Date;
  state: IncidentState;
  /** The redemption that was looked at last: of this reward, asked for then, with this id. */
  listedReward: string;
  listedMs: number;
  listedId: string;
  /** After which event of the ledger's feed lapses are looked for; null: redemptions are looked at first. */
  lapsePosition: number | null;
  /** Whom it concerned. Known from READY on. */
  members: number;
  redemptions: number;
  declaredBy: string;
  declaredAt: Date;
  remedy: Remedy | null;
  /** Counts what was proposed, so that a second person approves of what she has seen. */
  proposal: number;
  proposedBy: string | null;
  approvedBy: string | null;
  withdrawnBy: string | null;
  approvedOn: Day | null;
  /** BONUS: what the merchant owes for `pricePoints` points by its contract at the approval. */
  priceMinor: number | null;
  pricePoints: number | null;
  priceCurrency: string | null;
  /** SUBSTITUTE: pieces taken from the stock of the substitute that nobody has yet. */
  reserved: number;
  membersDone: number;
  membersRefused: number;
  vouchersDone: number;
  pointsGiven: number;
  finishedAt: Date | null;
  attempts: number;
  /** From when on a worker may take it up; null: there is nothing to do. */
  nextAttemptAt: Date | null;
}>;

const person = { ...reference, length: 128 };

export const Incident = new EntitySchema<IncidentRow>({
  name: 'Incident',
  tableName: 'rewards_incident',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    causeZh: { ...text, name: 'cause_zh' },
    causeEn: { ...text, name: 'cause_en' },
    rewardIds: { ...json, name: 'reward_ids' },
    from: { ...instant, name: 'from_ms' },
    until: { ...instant, name: 'until_ms' },
    state: code,
    listedReward: { ...reference, name: 'listed_reward' },
    listedMs: { ...integer, name: 'listed_ms' },
    listedId: { ...reference, name: 'listed_id' },
    lapsePosition: { ...nullable(integer), name: 'lapse_position' },
    members: integer,
    redemptions: integer,
    declaredBy: { ...person, name: 'declared_by' },
    declaredAt: { ...instant, name: 'declared_ms' },
    remedy: nullable(json),
    proposal: integer,
    proposedBy: { ...nullable(person), name: 'proposed_by' },
    approvedBy: { ...nullable(person), name: 'approved_by' },
    withdrawnBy: { ...nullable(person), name: 'withdrawn_by' },
    approvedOn: { ...nullable(day), name: 'approved_on' },
    priceMinor: { ...nullable(integer), name: 'price_minor' },
    pricePoints: { ...nullable(integer), name: 'price_points' },
    priceCurrency: { ...nullable(code), name: 'price_currency' },
    reserved: integer,
    membersDone: { ...integer, name: 'members_done' },
    membersRefused: { ...integer, name: 'members_refused' },
    vouchersDone: { ...integer, name: 'vouchers_done' },
    pointsGiven: { ...integer, name: 'points_given' },
    finishedAt: { ...nullable(instant), name: 'finished_ms' },
    attempts: integer,
    nextAttemptAt: { ...nullable(instant), name: 'next_attempt_ms' },
  },
});
