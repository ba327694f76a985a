import type { PointsCommand } from '../../domain/points-command.ts';

/** What usually happens to an order. Rules may wait for anything else that a merchant confirms. */
export const KNOWN_EVENTS: readonly string[] = [
  'DELIVERED',
  'TRIP_COMPLETED',
  'STAY_COMPLETED',
  'RETURN_PERIOD_OVER',
];

/** Points of a purchase that wait for an event, at their place among its postings. */
export type WaitingAccrual = Readonly<{ position: number; command: PointsCommand }>;

/** What the ledger is told when points that waited for an event are good: one command for each accrual. */
export function vestCommand(
  eventId: string,
  { position, command: { walletId, unit, points, issuerId, ruleVersion } }: WaitingAccrual,
): PointsCommand {
  return {
    key: `vest:${eventId}:${position}`,
    kind: 'VEST',
    walletId,
    unit,
    points,
    issuerId,
    causeKind: 'PURCHASE_EVENT',
    causeId: eventId,
    ruleVersion,
    accrualPosition: position,
  };
}
