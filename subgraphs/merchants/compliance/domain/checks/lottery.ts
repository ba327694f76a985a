import { blocks, type Check, when } from '../check.ts';
import type { RuleSubject } from '../finding.ts';
import { fraction, isAbove } from '../fraction.ts';

/** In fen: a prize may be worth at most 50,000 yuan (R7). */
const PRIZE_MAX_MINOR = 5_000_000;

/** The points of a prize at their highest cash-equivalent, rounded up: R7 counts them like money. */
function prizeOf({ terms, worth }: RuleSubject): bigint {
  const { award, lottery } = terms;
  if (lottery === null) return 0n;
  const points = award.kind === 'FIXED' ? award.points : 0;
  const [minor, per] = [BigInt(worth.minor), BigInt(worth.points)];
  const inMoney = (BigInt(points) * minor + per - 1n) / per;
  const stated = BigInt(lottery.topPrizeMinor);
  return stated > inMoney ? stated : inMoney;
}

const prizeTooHigh: Check = {
  id: 'PRIZE_TOO_HIGH',
  rows: ['R7', 'L11'],
  source: 'LAW_COMPETITION_10',
  override: null,
  rule: (subject) =>
    when(
      prizeOf(subject) > BigInt(PRIZE_MAX_MINOR),
      blocks('PRIZE_TOO_HIGH', {
        field: 'lottery.topPrizeMinor',
        parameters: { prize: Number(prizeOf(subject)) / 100, max: PRIZE_MAX_MINOR / 100 },
      }),
    ),
};

const prizesUnclear: Check = {
  id: 'PRIZES_UNCLEAR',
  rows: ['R7', 'L11'],
  source: 'LAW_COMPETITION_10',
  override: null,
  rule: ({ terms: { lottery } }) => {
    if (lottery === null) return [];
    const areNamed = lottery.prizes !== null && lottery.prizes.zh.trim() !== '';
    const { odds } = lottery;
    const areFixed = odds !== null && odds.numerator > 0 && odds.numerator <= odds.denominator;
    return [
      ...when(!areNamed, blocks('PRIZES_UNCLEAR', { field: 'lottery.prizes' })),
      ...when(!areFixed, blocks('PRIZES_UNCLEAR', { field: 'lottery.odds' })),
    ];
  },
};

const paidEntry: Check = {
  id: 'PAID_ENTRY',
  rows: ['L11'],
  source: null,
  override: null,
  rule: ({ terms: { lottery } }) =>
    when(
      (lottery?.entryFeeMinor ?? 0) > 0,
      blocks('PAID_ENTRY', { field: 'lottery.entryFeeMinor' }),
    ),
};

/** A draw that has been announced may change in favour of members only (R7). */
const drawWorsened: Check = {
  id: 'DRAW_WORSENED',
  rows: ['R7', 'L11'],
  source: null,
  override: null,
  rule: ({ terms, previous }) => {
    const [now, before] = [terms.lottery, previous?.lottery ?? null];
    if (now === null || before === null) return [];
    const isRarer =
      now.odds !== null &&
      before.odds !== null &&
      isAbove(
        fraction(before.odds.numerator, before.odds.denominator),
        fraction(now.odds.numerator, now.odds.denominator),
      );
    return [
      ...when(isRarer, blocks('DRAW_WORSENED', { field: 'lottery.odds' })),
      ...when(
        now.topPrizeMinor < before.topPrizeMinor,
        blocks('DRAW_WORSENED', { field: 'lottery.topPrizeMinor' }),
      ),
    ];
  },
};

export const lotteryChecks: readonly Check[] = [
  prizeTooHigh,
  prizesUnclear,
  paidEntry,
  drawWorsened,
];
