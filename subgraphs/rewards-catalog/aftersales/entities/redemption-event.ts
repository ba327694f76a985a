import { EntitySchema } from 'typeorm';
import {
  code,
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { Parameters } from '../../../../shared/graphql/wording.ts';
import type { RedemptionEventKind } from '../domain/event.ts';

/** Something that happened to a redemption. Never changes. */
export type RedemptionEventRow = Readonly<{
  redemptionId: string;
  /** Counts from 1 for each redemption. */
  number: number;
  kind: RedemptionEventKind;
  at: Date;
  reason: Readonly<{ code: string; parameters: Parameters }> | null;
  quantity: number | null;
  points: number | null;
  /** What was handed out instead; null: nothing other than what was redeemed. */
  rewardId: string | null;
}>;

export const RedemptionEvent = new EntitySchema<RedemptionEventRow>({
  name: 'RedemptionEvent',
  tableName: 'rewards_redemption_event',
  columns: {
    redemptionId: { ...key(reference), name: 'redemption_id' },
    number: { ...key(integer), name: 'event_number' },
    kind: code,
    at: { ...instant, name: 'at_ms' },
    reason: nullable(json),
    quantity: nullable(integer),
    points: nullable(integer),
    rewardId: nullable({ ...reference, name: 'reward_id' }),
  },
});
