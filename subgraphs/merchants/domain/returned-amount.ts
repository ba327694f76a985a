import { fraction, multiplyFloor } from '../../../shared/quantities.ts';

/** A line of which some may have come back. */
type LineOfAmount = Readonly<{
  amountMinor: number;
  quantity: number;
  returnedQuantity: number;
}>;

/**
 * What has come back of a line's amount: its share by quantity, rounded down in the member's favour.
 * It only depends on how much has come back in all, so over any sequence of returns the parts add
 * up to exactly the line.
 */
export const returnedAmount = ({ amountMinor, quantity, returnedQuantity }: LineOfAmount): number =>
  multiplyFloor(amountMinor, fraction(returnedQuantity, quantity));
