import type {
  Burn,
  Contribute,
  Transfer,
  Withdraw,
} from '../../../subgraphs/points-ledger/domain/command.ts';
import type { Hand } from './random-requests.ts';
import { isRegistered, poolAt, RELATIVES, WALLETS, walletAt } from './terms.ts';

/** Most go where they may, and some do not. */
export function transfer(hand: Hand): Transfer {
  const [from, to] = pairOf(hand);
  return {
    ...hand.common('GIFT'),
    kind: 'TRANSFER',
    walletId: walletAt(from),
    counterWalletId: walletAt(to),
    unit: hand.unit(),
    points: hand.roll(1, 120),
  };
}

function pairOf({ roll }: Hand): readonly [from: number, to: number] {
  const way = roll(1, 10);
  if (way <= 6) {
    const from = roll(1, RELATIVES);
    // One of the three of her family, herself included.
    return [from, from - ((from - 1) % 3) + roll(0, 2)];
  }
  const from = roll(1, WALLETS);
  return way <= 9 && isRegistered(from, from + 1) ? [from, from + 1] : [from, roll(1, WALLETS)];
}

export function contribute(hand: Hand): Contribute {
  const number = hand.roll(1, RELATIVES + 1);
  const pool = hand.roll(1, 12) === 1 ? hand.roll(1, RELATIVES) : number;
  return {
    ...hand.common('GIFT'),
    kind: 'CONTRIBUTE',
    walletId: walletAt(number),
    counterWalletId: poolAt(pool),
    unit: hand.unit(),
    points: hand.roll(1, 150),
  };
}

export function withdraw(hand: Hand): Withdraw {
  const number = hand.roll(1, RELATIVES);
  return {
    ...hand.common('GIFT'),
    kind: 'WITHDRAW',
    walletId: poolAt(number),
    counterWalletId: walletAt(number),
    unit: hand.unit(),
    ...(hand.roll(1, 3) === 1 ? {} : { points: hand.roll(1, 100) }),
  };
}

/** One of the family spends from its pool; now and then one who does not belong to it. */
export function spendTogether(hand: Hand): Pick<Burn, 'walletId' | 'actorId' | 'unit' | 'points'> {
  const number = hand.roll(1, RELATIVES);
  const actor = hand.roll(1, 10) === 1 ? hand.roll(1, WALLETS) : number;
  return {
    walletId: poolAt(number),
    actorId: walletAt(actor),
    unit: hand.unit(),
    points: hand.roll(1, 120),
  };
}
