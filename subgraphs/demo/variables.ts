import { dayOf, isoDay } from '../../shared/calendar.ts';
import type { DemoIds } from './load.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The variables of the explorer's saved operations at a time, by the names of their files. */
export function demoVariables(
  { programmes, members, rewards, purchases }: DemoIds,
  now: Date,
): Record<string, object> {
  const memberId = members.lin;
  const charging = { memberId, rewardId: rewards['ev-charging'], quantity: 1 };
  return {
    '2-quote': { input: charging },
    '3-redeem': { input: { ...charging, idempotencyKey: 'explorer-redeem-1' } },
    '4-redeem-again': { input: { ...charging, idempotencyKey: 'explorer-redeem-1' } },
    '5-too-few-points': {
      input: {
        memberId,
        rewardId: rewards['dress-50'],
        // More than she will ever have, whatever was redeemed or bought before.
        quantity: 100,
        idempotencyKey: 'explorer-too-few-1',
      },
    },
    '6-dividend': { programmeId: programmes.supermarket },
    '7-trace': { purchaseId: purchases['S-20261105-204'] },
    '8-points-by-month': {
      // A year up to a month from now, so that a demo left running still sees itself.
      since: new Date(now.getTime() - 365 * DAY_MS),
      until: new Date(now.getTime() + 30 * DAY_MS),
    },
    '12-green-report': {
      from: isoDay(dayOf(new Date(now.getTime() - 365 * DAY_MS))),
      until: isoDay(dayOf(now)),
    },
  };
}
