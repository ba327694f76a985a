import { splitByLargestRemainder } from '../../../../shared/quantities.ts';

type Paid = Readonly<{ points: number; returned: number }>;

/**
 * How much of what is returned goes to each of those who paid: in proportion to what has not come back to them yet,
 * exactly, so that nobody ever gets more back than she paid. What the merchant adds goes in proportion to what they paid.
 */
export function shareReturn(
  parts: readonly Paid[],
  { points, compensation }: Readonly<{ points: number; compensation: number }>,
): Readonly<{ points: number; compensation: number }>[] {
  const back = splitByLargestRemainder(
    points,
    parts.map((part) => part.points - part.returned),
  );
  const added = splitByLargestRemainder(
    compensation,
    parts.map((part) => part.points),
  );
  return parts.map((_, index) => ({
    points: back[index] ?? 0,
    compensation: added[index] ?? 0,
  }));
}
