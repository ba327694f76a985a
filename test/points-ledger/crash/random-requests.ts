import { addDays, type Day, NEVER } from '../../../shared/calendar.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Request } from '../../../subgraphs/points-ledger/domain/answer.ts';
import type { Accrue, PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';

export const SCOPE = 'service:crash-test';
export const FIRST_DAY: Day = 20261122;

const SCOPE_OF_USE = 'reward:cake';
const WALLETS = 60;
const MERCHANTS = 6;
/** Every so many commands somebody comes with a second account, which is merged into another one in the end. */
const GUEST_FOR = 150;
/** So far back lies what a command may be about: near enough to be there, far enough to be gone. */
const REACH = 400;

/** Numbers from one seed: the same on every machine. */
export type Dice = Readonly<{
  /** A whole number from `min` to `max`. */
  roll: (min: number, max: number) => number;
  pick: <T>(of: readonly [T, ...T[]]) => T;
}>;

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  // The index is below the length of a list that is not empty.
  return { roll, pick: (of) => of[roll(0, of.length - 1)] as (typeof of)[0] };
}

type Common = Pick<PointsCommand, 'walletId' | 'causeKind' | 'causeId' | 'ruleVersion'>;

/** What a kind of command is made from. */
type Hand = Dice &
  Readonly<{
    index: number;
    common: (causeKind: string) => Common;
    /** The account that is there for a while. */
    guest: string;
    merchant: () => string;
    unit: () => string;
    /** An earlier command of this kind, if there is one near enough. */
    earlier: <Kind extends PointsCommand['kind']>(
      kind: Kind,
    ) => Extract<PointsCommand, { kind: Kind }> | undefined;
  }>;

type Make = (hand: Hand) => PointsCommand | undefined;

/** What is made at random, and how often. A further kind is one line here. */
const kinds: readonly (readonly [weight: number, make: Make])[] = [
  [8, (hand) => accrual(hand, NEVER)],
  [3, (hand) => accrual(hand, addDays(FIRST_DAY, hand.roll(1, 6)))],
  // Vested by the worker when their day comes.
  [2, (hand) => ({ ...accrual(hand, NEVER), vestsOn: addDays(FIRST_DAY, hand.roll(1, 4)) })],
  [1, (hand) => ({ ...accrual(hand, NEVER), useScope: SCOPE_OF_USE })],
  [6, (hand) => ({ ...spending(hand), kind: 'BURN' })],
  [1, (hand) => ({ ...spending(hand), kind: 'BURN', scopes: [SCOPE_OF_USE] })],
  [5, (hand) => ({ ...spending(hand), ...terms(hand), kind: 'HOLD' })],
  [4, (hand) => resolution(hand, 'CAPTURE')],
  [3, (hand) => resolution(hand, 'RELEASE')],
  [3, (hand) => returned(hand)],
  [2, (hand) => refunded(hand)],
  [1, (hand) => extended(hand)],
  [1, (hand) => merged(hand)],
];

/** The same requests for the same seed, in the same order. */
export function randomRequests(seed: number, count: number): Request[] {
  const dice = createDice(seed);
  const deck = kinds.flatMap(([weight, make]) => Array(weight).fill(make)) as [Make];
  const commands: PointsCommand[] = [];
  while (commands.length < count) {
    const command = dice.pick(deck)(handOf(dice, commands));
    if (command !== undefined) commands.push(command);
  }
  return commands.map((command, index) => ({
    scope: SCOPE,
    key: `command-${index}`,
    requestHash: sha256(canonicalJson(command)),
    command,
  }));
}

function handOf(dice: Dice, made: readonly PointsCommand[]): Hand {
  const index = made.length;
  const guest = `guest-${Math.floor(index / GUEST_FOR)}`;
  return {
    ...dice,
    index,
    common: (causeKind) => ({
      walletId: dice.roll(1, 8) === 1 ? guest : `wallet-${dice.roll(1, WALLETS)}`,
      causeKind,
      causeId: `cause-${index}`,
      ruleVersion: dice.pick([null, 'v1']),
    }),
    guest,
    merchant: () => `merchant-${dice.roll(1, MERCHANTS)}`,
    unit: () => dice.pick(['ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES']),
    earlier: (kind) => {
      const from = dice.roll(Math.max(0, index - REACH), Math.max(0, index - 1));
      for (const command of made.slice(from)) {
        // Narrowed by the comparison, which TypeScript does not follow through a type parameter.
        if (command.kind === kind) return command as Extract<PointsCommand, { kind: typeof kind }>;
      }
      return undefined;
    },
  };
}

const accrual = (hand: Hand, expiresOn: Day): Accrue => ({
  ...hand.common('PURCHASE'),
  kind: 'ACCRUE',
  unit: hand.unit(),
  points: hand.roll(1, 300),
  issuerId: hand.merchant(),
  expiresOn,
  priceClass: hand.pick(['80/100 CNY', '1/3 CNY']),
});

const spending = (hand: Hand) => ({
  ...hand.common('REDEMPTION'),
  unit: hand.unit(),
  points: hand.roll(1, 250),
  acceptorId: hand.merchant(),
});

/** Some holds run out while the test runs. */
const terms = (hand: Hand) => ({
  holdId: `hold-${hand.index}`,
  holdMinutes: hand.pick([15, 24 * 60, 30 * 24 * 60]),
});

function resolution(hand: Hand, kind: 'CAPTURE' | 'RELEASE'): PointsCommand | undefined {
  const hold = hand.earlier('HOLD');
  if (hold === undefined) return undefined;
  const { walletId, holdId } = hold;
  return { ...hand.common('REDEMPTION'), kind, walletId, holdId };
}

function returned(hand: Hand): PointsCommand | undefined {
  const accrue = hand.earlier('ACCRUE');
  if (accrue === undefined) return undefined;
  const { walletId, unit, issuerId, causeId, points } = accrue;
  const returnedPoints = hand.roll(1, Math.ceil(points * 1.2));
  const common = { ...hand.common('RETURN'), walletId };
  return {
    ...common,
    kind: 'REVERSE',
    unit,
    issuerId,
    points: returnedPoints,
    reversesId: causeId,
  };
}

function refunded(hand: Hand): PointsCommand | undefined {
  const burn = hand.earlier('BURN');
  if (burn === undefined) return undefined;
  const { walletId, unit, causeId, points } = burn;
  return {
    ...{ ...hand.common('REDEMPTION_RETURN'), kind: 'REFUND', walletId, unit },
    ...{ points: hand.roll(1, Math.ceil(points * 1.2)), refundsId: causeId },
    extendDays: hand.pick([null, 180]),
  };
}

const extended = (hand: Hand): PointsCommand => ({
  ...{ ...hand.common('INCIDENT'), kind: 'EXTEND', unit: hand.unit(), issuerId: hand.merchant() },
  ...{ expiresOn: addDays(FIRST_DAY, hand.roll(1, 6)), toExpiresOn: addDays(FIRST_DAY, 30) },
});

/** Some while points are held, or a second time: refused. What was begun for the guest goes on after it. */
const merged = (hand: Hand): PointsCommand => ({
  ...{ ...hand.common('MERGE'), kind: 'MERGE', walletId: hand.guest },
  counterWalletId: `wallet-${hand.roll(1, WALLETS)}`,
});
