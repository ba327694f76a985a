import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

type Stated = Readonly<{ perOrder?: number }>;

const PER_ORDER_MAX = 100;

/** Refuses a number of vouchers for one order that is none. */
export const checkPerOrder = ({ perOrder = 1 }: Stated): InvalidInput | null =>
  perOrder >= 1 && perOrder <= PER_ORDER_MAX
    ? null
    : invalidInput('QUANTITY_OUT_OF_RANGE', 'perOrder', { max: PER_ORDER_MAX });

/** What the table of rewards keeps of it. */
export const voucherColumns = ({ perOrder = 1 }: Stated) => ({ per_order: perOrder });
