import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Purchase } from '../../entities/purchase.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { AnswerComplaintInput, FileComplaintInput } from '../../schema.generated.ts';
import { ANSWER_DAYS } from '../domain/complaint-state.ts';
import { Complaint } from '../entities/complaint.ts';

export type ComplaintFiled = Readonly<{ kind: 'ComplaintFiled'; complaintId: string }>;
export type ComplaintAnswered = Readonly<{ kind: 'ComplaintAnswered'; complaintId: string }>;

const WORDS_MAX = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A member complains at a merchant: of a rule, of a purchase of hers, or of anything. */
export async function fileComplaint(
  { manager, at, newId, caller }: Work,
  { merchantId, ruleId = null, purchaseId = null, words }: FileComplaintInput,
): Promise<ComplaintFiled | NotFound | InvalidInput> {
  const { memberId } = caller;
  if (memberId === null) throw fault('FORBIDDEN');
  const unusable = checkText('words', words, WORDS_MAX);
  if (unusable !== null) return unusable;
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this one's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  if (ruleId !== null) {
    const rule = await manager.findOneBy(Rule, { id: ruleId, merchantId, state: 'PUBLISHED' });
    if (rule?.id !== ruleId) return notFound('RULE_VERSION_NOT_FOUND');
  }
  if (purchaseId !== null) {
    const purchase = await manager.findOneBy(Purchase, { id: purchaseId, merchantId, memberId });
    if (purchase?.id !== purchaseId) return notFound('PURCHASE_NOT_FOUND');
  }

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Complaint, {
    id,
    merchantId,
    memberId,
    ruleId,
    purchaseId,
    words: words.trim(),
    filedAt: at,
    dueAt: new Date(at.getTime() + ANSWER_DAYS * DAY_MS),
    answer: null,
    answeredBy: null,
    answeredAt: null,
  });
  return { kind: 'ComplaintFiled', complaintId: id };
}

/** The merchant answers, or the operator for it; once, and late rather than never. */
export async function answerComplaint(
  { manager, dialect, at, caller }: Work,
  { complaintId, answer }: AnswerComplaintInput,
): Promise<ComplaintAnswered | Refused<'ComplaintClosed'> | NotFound | InvalidInput> {
  const unusable = checkText('answer', answer, WORDS_MAX);
  if (unusable !== null) return unusable;
  await manager.query(`SELECT id FROM merchants_complaint WHERE id = ? ${dialect.forUpdate}`, [
    complaintId,
  ]);
  const complaint = await manager.findOneBy(Complaint, { id: complaintId });
  if (complaint?.id !== complaintId || !actsForMerchant(caller, complaint.merchantId)) {
    return notFound('COMPLAINT_NOT_FOUND');
  }
  if (complaint.answeredAt !== null) return refused('ComplaintClosed', 'COMPLAINT_CLOSED');

  // From here on the command must succeed.
  await manager.update(Complaint, complaintId, {
    answer: answer.trim(),
    answeredBy: caller.subject,
    answeredAt: at,
  });
  return { kind: 'ComplaintAnswered', complaintId };
}
