import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import {
  defectOfLine,
  LINES_MAX,
  type OrderedLine,
  orderedLine,
  orNull,
  TOTAL_MAX,
} from '../../domain/order.ts';
import { type AmendedLines, amendedLines, type Change } from './amended-lines.ts';

type LineAsked = Parameters<typeof orderedLine>[0];

/** A change as it is asked for. */
export type ChangeAsked = Readonly<{
  replace?: readonly Readonly<{ number: number; with: readonly LineAsked[] }>[] | null | undefined;
  add?: readonly LineAsked[] | null | undefined;
}>;

export const changeOf = ({ replace, add }: ChangeAsked): Change => ({
  replacements: (replace ?? []).map((one) => ({
    number: one.number,
    with: one.with.map(orderedLine),
  })),
  added: (add ?? []).map(orderedLine),
});

/** The lines that a change brings, in the order in which they are numbered. */
export const newLinesOf = ({ replacements, added }: Change): OrderedLine[] => [
  ...replacements.flatMap((one) => one.with),
  ...added,
];

/** The fields of these lines in the input, in the same order. */
export const pathsOf = ({ replacements, added }: Change): string[] => [
  ...replacements.flatMap((one, index) =>
    one.with.map((_, place) => `replace.${index}.with.${place}`),
  ),
  ...added.map((_, index) => `add.${index}`),
];

/** The first defect of the lines that a change brings, by themselves, or null. */
export function defectOfChange(change: Change): InvalidInput | null {
  const lines = newLinesOf(change);
  const paths = pathsOf(change);
  if (lines.length > LINES_MAX) return invalidInput('TOO_MANY_LINES', 'add', { max: LINES_MAX });
  for (const [index, line] of lines.entries()) {
    const found = defectOfLine(line, paths[index] ?? 'add');
    if (found !== null) return invalidInput(found.code, found.field, found.parameters);
  }
  return null;
}

/** The lines of a purchase after a change, or what is wrong with it. */
export function checkedChange(
  purchaseId: string,
  before: AmendedLines,
  change: Change,
): AmendedLines | InvalidInput {
  const named = new Set<number>();
  for (const [index, { number }] of change.replacements.entries()) {
    const line = before.lines.find((one) => one.number === number);
    const field = `replace.${index}.number`;
    if (line === undefined) return invalidInput('LINE_NOT_FOUND', field);
    if (named.has(number)) return invalidInput('LINE_NAMED_TWICE', field);
    if (line.returnedQuantity === line.quantity) return invalidInput('LINE_ALL_RETURNED', field);
    named.add(number);
  }
  const { lines, lastLine } = amendedLines(purchaseId, before, change);
  if (lines.length > LINES_MAX) return invalidInput('TOO_MANY_LINES', 'add', { max: LINES_MAX });
  const total = orNull(() => sum(lines.map(({ amountMinor }) => amountMinor)));
  if (total === 0) return invalidInput('NOTHING_PAID', 'replace');
  if (total === null || total > TOTAL_MAX) return invalidInput('AMOUNT_TOO_LARGE', 'replace');
  return { lines, lastLine };
}
