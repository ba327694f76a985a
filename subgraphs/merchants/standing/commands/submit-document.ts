import { type Day, dayOf, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { IssuerDocumentInput, SubmitIssuerDocumentInput } from '../../schema.generated.ts';
import { type DocumentRow, IssuerDocuments } from '../entities/document.ts';
import { requireDeed } from '../queries/staff.ts';

export type IssuerDocumentSubmitted = Readonly<{
  kind: 'IssuerDocumentSubmitted';
  documentId: string;
}>;

const NUMBER_MAX = 64;
const BODY_MAX = 200;
/** What may wait for an operator at once. */
const WAITING_MAX = 20;

/** Takes in a document of an issuer. It counts from when another person has verified it (S54). */
export async function submitIssuerDocument(
  work: Work,
  { merchantId, document }: SubmitIssuerDocumentInput,
): Promise<IssuerDocumentSubmitted | NotFound | InvalidInput> {
  await requireDeed(work, merchantId, 'DOCUMENTS');
  const unusable = checkDocument('document', document, dayOf(work.at));
  if (unusable !== null) return unusable;
  const merchant = await work.manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  const waiting = await work.manager.countBy(IssuerDocuments, { merchantId, state: 'SUBMITTED' });
  if (waiting >= WAITING_MAX) {
    return invalidInput('TOO_MANY_DOCUMENTS', 'document', { max: WAITING_MAX });
  }

  // From here on the command must succeed.
  const row = submittedRow(work, merchantId, document);
  await work.manager.insert(IssuerDocuments, row);
  return { kind: 'IssuerDocumentSubmitted', documentId: row.id };
}

/** Refuses a document that cannot be used, or that is of no use any more on `today`. */
export function checkDocument(
  field: string,
  { number, issuingBody, issuedOn, expiresOn }: IssuerDocumentInput,
  today: Day,
): InvalidInput | null {
  const unusable =
    checkKey(`${field}.number`, number, NUMBER_MAX) ??
    checkText(`${field}.issuingBody`, issuingBody, BODY_MAX);
  if (unusable !== null) return unusable;
  const [from, until] = [parseIsoDay(issuedOn), parseIsoDay(expiresOn)];
  if (from > until) return invalidInput('DOCUMENT_DAYS_NOT_USABLE', `${field}.expiresOn`);
  return until < today
    ? invalidInput('DOCUMENT_OF_NO_USE', `${field}.expiresOn`, { day: isoDay(until) })
    : null;
}

export const submittedRow = (
  { at, newId, caller }: Pick<Work, 'at' | 'newId' | 'caller'>,
  merchantId: string,
  document: IssuerDocumentInput,
): DocumentRow => ({
  id: newId(),
  merchantId,
  kind: document.kind,
  number: document.number,
  issuingBody: document.issuingBody.trim(),
  issuedOn: parseIsoDay(document.issuedOn),
  expiresOn: parseIsoDay(document.expiresOn),
  state: 'SUBMITTED',
  submittedBy: caller.subject,
  submittedAt: at,
  decidedBy: null,
  decidedAt: null,
  verifiedAt: null,
  revokedAt: null,
  reason: '',
});

/**
 * Documents that a merchant handed in when it joined: who takes it in has looked at them. It signed for them,
 * so that two persons stand behind each of them.
 */
export const joiningRow = (
  work: Pick<Work, 'at' | 'newId' | 'caller'>,
  merchantId: string,
  document: IssuerDocumentInput,
): DocumentRow => ({
  ...submittedRow(work, merchantId, document),
  state: 'VERIFIED',
  submittedBy: `merchant:${merchantId}`,
  decidedBy: work.caller.subject,
  decidedAt: work.at,
  verifiedAt: work.at,
});
