/**
 * In days, until a complaint has to be answered: a policy of the alliance. What the law calls wilful delay begins
 * after 15 days.
 */
export const ANSWER_DAYS = 7;

export type ComplaintState = 'OPEN' | 'OVERDUE' | 'ANSWERED';

/** How a complaint stands at an instant. Overdue is what nobody has answered in time, without anybody marking it. */
export function complaintState(
  { answeredAt, dueAt }: Readonly<{ answeredAt: Date | null; dueAt: Date }>,
  at: Date,
): ComplaintState {
  if (answeredAt !== null) return 'ANSWERED';
  return at >= dueAt ? 'OVERDUE' : 'OPEN';
}
