import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

/** What is published of a reward about how it is handed over and given back. */
export type Terms = Readonly<{
  /** Within how many hours its merchant hands it over; null: at once, as a voucher. */
  fulfilHours: number | null;
  /** How much of the points is kept when a member gives it back of her own will (TV10). */
  feePercent: number;
  /** Whether points that lapsed meanwhile come back in that case. */
  keepsLapsed: boolean;
  /** What the merchant issues on top when it is at fault, in per cent of the points (S29). */
  compensationPercent: number;
  /** For how many months what goes back is good at least in that case (TV11). */
  goodForMonths: number;
}>;

/** Those of a reward that states none. */
export const usualTerms: Terms = {
  fulfilHours: null,
  feePercent: 0,
  keepsLapsed: true,
  compensationPercent: 0,
  goodForMonths: 6,
};

type Given<Value> = Value | null | undefined;

/** The terms as they come with a reward that is to be published. */
export type StatedTerms = Readonly<{
  fulfilHours?: Given<number>;
  afterSales?: Given<
    Readonly<{
      voluntaryFeePercent?: Given<number>;
      lapsedPointsReturn?: Given<boolean>;
      faultCompensationPercent?: Given<number>;
      faultGoodForMonths?: Given<number>;
    }>
  >;
}>;

const FULFIL_HOURS_MAX = 30 * 24;
const GOOD_FOR_MONTHS_MAX = 120;
const COMPENSATION = 'afterSales.faultCompensationPercent';
const MONTHS = 'afterSales.faultGoodForMonths';

/** The first thing that is wrong with them, or null. */
export function checkTerms(stated: StatedTerms): InvalidInput | null {
  const { fulfilHours, feePercent, compensationPercent, goodForMonths } = termsOf(stated);
  return (
    within('HOURS_OUT_OF_RANGE', 'fulfilHours', fulfilHours ?? 1, 1, FULFIL_HOURS_MAX) ??
    within('SHARE_OUT_OF_RANGE', 'afterSales.voluntaryFeePercent', feePercent, 0, 100) ??
    within('SHARE_OUT_OF_RANGE', COMPENSATION, compensationPercent, 0, 100) ??
    within('MONTHS_OUT_OF_RANGE', MONTHS, goodForMonths, 1, GOOD_FOR_MONTHS_MAX)
  );
}

const within = (
  code: string,
  field: string,
  value: number,
  min: number,
  max: number,
): InvalidInput | null =>
  value >= min && value <= max ? null : invalidInput(code, field, { min, max });

/** With what is usual in the place of what is not stated. */
export const termsOf = ({ fulfilHours, afterSales }: StatedTerms): Terms => ({
  fulfilHours: fulfilHours ?? usualTerms.fulfilHours,
  feePercent: afterSales?.voluntaryFeePercent ?? usualTerms.feePercent,
  keepsLapsed: afterSales?.lapsedPointsReturn ?? usualTerms.keepsLapsed,
  compensationPercent: afterSales?.faultCompensationPercent ?? usualTerms.compensationPercent,
  goodForMonths: afterSales?.faultGoodForMonths ?? usualTerms.goodForMonths,
});
