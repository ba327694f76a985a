import { addDays, type Day, NEVER } from '../../../shared/calendar.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Request } from '../../../subgraphs/points-ledger/domain/answer.ts';
import type { Accrue, PointsCommand } from '../../../subgraphs/points-ledger/domain/command.ts';
import { convert, deduct, freeze, lift } from './random-cases.ts';
import { contribute, spendTogether, transfer, withdraw } from './random-moves.ts';
import { FIRST_DAY, MERCHANTS, openingsOf, RELATIVES, WALLETS, walletAt } from './terms.ts';

export const SCOPE = 'service:crash-test';

const SCOPE_OF_USE = 'reward:cake';
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

type Kind = PointsCommand['kind'];
type Of<Name extends Kind> = Extract<PointsCommand, { kind: Name }>;

/** What a kind of command is made from. */
export type Hand = Dice &
  Readonly<{
    index: number;
    /** Of the whole run: by it the entries of the start are known. */
    count: number;
    common: (causeKind: string) => Common;
    /** The account that is there for a while. */
    guest: string;
    merchant: () => string;
    unit: () => string;
    /** An earlier command of this kind, if there is one near enough. */
    earlier: <Name extends Kind>(kind: Name) => Of<Name> | undefined;
  }>;

type Make<Name extends Kind> = (hand: Hand) => Of<Name> | undefined;

/**
 * What is made at random, and how often. Every kind that there is stands here, so a new one is thought of; and what
 * its end has to be checked for, beyond what the journal proves, stands in `rules.ts`.
 */
const kinds: { readonly [Name in Kind]: readonly (readonly [weight: number, Make<Name>])[] } = {
  ACCRUE: [
    [8, (hand) => accrual(hand, NEVER)],
    [3, (hand) => accrual(hand, someDay(hand))],
    // Vested by the worker when their day comes.
    [2, (hand) => ({ ...accrual(hand, NEVER), vestsOn: someDay(hand) })],
    [1, (hand) => ({ ...accrual(hand, NEVER), useScope: SCOPE_OF_USE })],
  ],
  VEST: [[1, (hand) => vesting(hand)]],
  BURN: [
    [6, (hand) => ({ ...spending(hand), kind: 'BURN' })],
    [1, (hand) => ({ ...spending(hand), kind: 'BURN', scopes: [SCOPE_OF_USE] })],
    [2, (hand) => ({ ...spending(hand), ...spendTogether(hand), kind: 'BURN' })],
  ],
  HOLD: [
    [5, (hand) => ({ ...spending(hand), ...terms(hand), kind: 'HOLD' })],
    [2, (hand) => ({ ...spending(hand), ...spendTogether(hand), ...terms(hand), kind: 'HOLD' })],
  ],
  CAPTURE: [[4, (hand) => resolution(hand, 'CAPTURE')]],
  RELEASE: [[3, (hand) => resolution(hand, 'RELEASE')]],
  REVERSE: [[3, (hand) => returned(hand)]],
  REFUND: [[2, (hand) => refunded(hand)]],
  EXTEND: [[1, (hand) => extended(hand)]],
  CONVERT: [[3, convert]],
  TRANSFER: [[4, transfer]],
  CONTRIBUTE: [[4, contribute]],
  WITHDRAW: [[1, withdraw]],
  FREEZE: [[1, freeze]],
  LIFT: [[3, lift]],
  DEDUCT: [[2, deduct]],
  MERGE: [[1, (hand) => merged(hand)]],
  // Runs of expiry are the workers' own, in every process.
  EXPIRE: [],
};

/** The same requests for the same seed, in the same order. */
export function randomRequests(seed: number, count: number): Request[] {
  const dice = createDice(seed);
  const deck = Object.values(kinds)
    .flat()
    .flatMap(([weight, make]) => Array(weight).fill(make)) as [Make<Kind>];
  const commands: PointsCommand[] = [];
  while (commands.length < count) {
    const command = dice.pick(deck)(handOf(dice, commands, count));
    if (command !== undefined) commands.push(command);
  }
  return commands.map((command, index) => ({
    scope: SCOPE,
    key: `command-${index}`,
    requestHash: sha256(canonicalJson(command)),
    command,
  }));
}

function handOf(dice: Dice, made: readonly PointsCommand[], count: number): Hand {
  const index = made.length;
  const guest = `guest-${Math.floor(index / GUEST_FOR)}`;
  return {
    ...dice,
    ...{ index, count },
    common: (causeKind) => ({
      walletId: dice.roll(1, 8) === 1 ? guest : walletAt(dice.roll(1, WALLETS)),
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

/** Some come soon after the start, some at the end of a long run. */
const someDay = ({ pick }: Hand): Day =>
  addDays(FIRST_DAY, pick([1, 2, 3, 5, 8, 13, 21, 34, 55, 89]));

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

/** What waits for its event since the start. */
function vesting(hand: Hand): Of<'VEST'> | undefined {
  const { pending } = openingsOf(hand.count);
  const one = pending[hand.roll(0, pending.length - 1)];
  return (
    one && {
      ...hand.common('MILESTONE'),
      kind: 'VEST',
      walletId: walletAt(one.number),
      accrualId: one.entryId,
    }
  );
}

function resolution<Name extends 'CAPTURE' | 'RELEASE'>(hand: Hand, kind: Name) {
  const hold = hand.earlier('HOLD');
  if (hold === undefined) return undefined;
  const { walletId, holdId } = hold;
  return { ...hand.common('REDEMPTION'), kind, walletId, holdId } as Of<Name>;
}

function returned(hand: Hand): Of<'REVERSE'> | undefined {
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

function refunded(hand: Hand): Of<'REFUND'> | undefined {
  const burn = hand.earlier('BURN');
  if (burn === undefined) return undefined;
  const { walletId, unit, causeId, points } = burn;
  return {
    ...{ ...hand.common('REDEMPTION_RETURN'), kind: 'REFUND', walletId, unit },
    ...{ points: hand.roll(1, Math.ceil(points * 1.2)), refundsId: causeId },
    extendDays: hand.pick([null, 180]),
  };
}

/** The points of an earlier purchase, whether they have lapsed or not. */
function extended(hand: Hand): Of<'EXTEND'> | undefined {
  const accrue = hand.earlier('ACCRUE');
  if (accrue === undefined || accrue.expiresOn === NEVER) return undefined;
  const { walletId, unit, issuerId, expiresOn } = accrue;
  return {
    ...{ ...hand.common('INCIDENT'), kind: 'EXTEND', walletId, unit, issuerId, expiresOn },
    toExpiresOn: addDays(FIRST_DAY, hand.roll(60, 200)),
  };
}

/** Refused of a family's member, while points are held, and a second time. What was begun for a guest goes on. */
const merged = (hand: Hand): Of<'MERGE'> => ({
  ...{ ...hand.common('MERGE'), kind: 'MERGE' },
  walletId: hand.roll(1, 5) === 1 ? walletAt(hand.roll(1, RELATIVES)) : hand.guest,
  counterWalletId: walletAt(hand.roll(1, WALLETS)),
});
