import type { DemoIds } from './load.ts';

/** The variables of the explorer's saved operations, by the names of their files. */
export function demoVariables({ members, rewards, purchases }: DemoIds): Record<string, object> {
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
    '7-purchase-to-points': { id: purchases['S-20261105-204'] },
  };
}
