import { dayOf } from '../../../shared/calendar.ts';
import { coveredParts } from '../domain/replay-netting.ts';
import type { StateRow } from '../domain/state-rows.ts';
import type { StoredCycle } from './read-clearing.ts';

/**
 * What people decided cannot be computed: whether a merchant confirms, disputes or pays. That it fits
 * together can be checked, and what follows from it.
 */
export const statementDue = (
  sides: readonly StateRow[],
  { confirmed_ms: confirmedMs }: StateRow,
): StateRow => {
  const has = (wanted: string) => sides.some(({ state }) => state === wanted);
  const state = has('DISPUTED') ? 'DISPUTED' : has('OPEN') ? 'ISSUED' : 'CONFIRMED';
  return { state, confirmed_ms: state === 'CONFIRMED' ? (confirmedMs ?? 'an instant') : null };
};

/** Words go with the state of a line: who disputes says why, and who decided said so too. */
export function sideProblems(
  { sides }: StoredCycle,
  corrections: readonly StateRow[],
): readonly string[] {
  return sides.flatMap((side) => {
    const { line_id: lineId, merchant_id: merchantId, state, reason, note } = side;
    const isDecided = state === 'UPHELD' || state === 'CORRECTED';
    const isDisputed = isDecided || state === 'DISPUTED';
    const isCorrected = corrections.some((one) => one.line_id === lineId && one.note === note);
    const fits =
      (reason !== null) === isDisputed &&
      (note !== null) === isDecided &&
      (state !== 'CORRECTED' || isCorrected);
    return fits
      ? []
      : [`points_clearing_side ${lineId} ${merchantId}: ${state} does not fit what was said`];
  });
}

/** A correction was decided on a dispute, whose words it bears. */
export function correctionProblems(
  corrections: readonly StateRow[],
  isNoted: (correction: StateRow) => boolean,
): string[] {
  return corrections
    .filter((correction) => !isNoted(correction))
    .map(({ id }) => `points_clearing_correction ${id}: nothing was disputed and decided so`);
}

/** How a payment is borne by what is written of defaults, and that its state fits the rest of it. */
export function bearPayments({ payments, defaults }: StoredCycle): {
  borne: StateRow[];
  problems: string[];
} {
  const borne = new Map<StateRow, StateRow>(
    payments.map((payment) => [payment, { guaranteed_minor: 0, uncovered_minor: 0 }]),
  );
  const problems: string[] = [];
  for (const fallen of defaults) {
    const lost = payments.filter((one) => one.payer_id === fallen.merchant_id && isLost(one));
    if (lost.length === 0) problems.push(`${nameOf(fallen)}: nothing was due`);
    const covered = lost.filter(({ currency }) => currency === fallen.currency);
    const amounts = covered.map(({ amount_minor: amount }) => Number(amount));
    const parts = coveredParts(Number(fallen.guaranteed_minor), amounts);
    if (Number(fallen.guaranteed_minor) > amounts.reduce((all, amount) => all + amount, 0)) {
      problems.push(`${nameOf(fallen)}: guarantees what was not to be paid`);
    }
    for (const payment of lost) {
      const part = parts[covered.indexOf(payment)] ?? 0;
      const rest = Number(payment.amount_minor) - part;
      borne.set(payment, { guaranteed_minor: part, uncovered_minor: rest });
    }
  }
  return { borne: [...borne.values()], problems };
}

const nameOf = ({ merchant_id: merchantId, cycle_id: cycleId }: StateRow): string =>
  `points_clearing_default ${merchantId} ${cycleId}`;

const isLost = (payment: StateRow): boolean =>
  payment.state === 'DEFAULTED' ||
  Number(payment.guaranteed_minor) + Number(payment.uncovered_minor) !== 0;

/** A payment that is on record as made says when and how; one that is not says nothing of it. */
export function paymentProblems({ cycle, payments, defaults }: StoredCycle): string[] {
  const fallen = new Set(defaults.map(({ merchant_id: merchantId }) => merchantId));
  return payments.flatMap((payment) => {
    const isFallen = fallen.has(payment.payer_id ?? null);
    const isPossible =
      payment.state === 'SETTLED' || payment.state === (isFallen ? 'DEFAULTED' : 'DUE');
    if (isPossible && isSettlementWhole(payment, cycle)) return [];
    const { cycle_id: cycleId, number, state } = payment;
    return [`points_clearing_payment ${cycleId} ${number}: ${state} does not fit what was said`];
  });
}

function isSettlementWhole(payment: StateRow, cycle: StateRow): boolean {
  const { state, reference, paid_on: paidOn, settled_ms: settledMs } = payment;
  const said = [reference, paidOn, settledMs].filter((one) => one !== null && one !== undefined);
  if (state !== 'SETTLED') return said.length === 0;
  const isReal = Number(payment.amount_minor) > Number(payment.uncovered_minor);
  const from = dayOf(new Date(Number(cycle.closed_ms)));
  const to = dayOf(new Date(Number(settledMs)));
  return said.length === 3 && isReal && from <= Number(paidOn) && Number(paidOn) <= to;
}
