import { isoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type {
  RejectIssuerDocumentInput,
  VerifyIssuerDocumentInput,
} from '../../schema.generated.ts';
import { type DocumentRow, IssuerDocuments } from '../entities/document.ts';

export type IssuerDocumentDecided = Readonly<{ kind: 'IssuerDocumentDecided'; documentId: string }>;

type Undecidable = NotFound | Refused<'DocumentDecided'>;

const REASON_MAX = 500;

/** Says that a document is what it seems. From now on it counts. Never by who handed it in. */
export async function verifyIssuerDocument(
  work: Work,
  { documentId }: VerifyIssuerDocumentInput,
): Promise<IssuerDocumentDecided | Refused<'VerifierIsSubmitter'> | Undecidable> {
  const document = await lockDocument(work, documentId);
  if (document === null) return notFound('DOCUMENT_NOT_FOUND');
  if (document.state !== 'SUBMITTED') return decided(document);
  if (document.submittedBy === work.caller.subject) {
    return refused('VerifierIsSubmitter', 'VERIFIER_IS_SUBMITTER');
  }

  // From here on the command must succeed.
  const { at, caller } = work;
  await decide(work, document, { state: 'VERIFIED', verifiedAt: at, reason: '' }, caller.subject);
  await appendEvents(work.manager, at, [event('merchant.documentVerified', document)]);
  return { kind: 'IssuerDocumentDecided', documentId };
}

/** Says that a document is not what it seems. One that counted until now does so no longer. */
export async function rejectIssuerDocument(
  work: Work,
  { documentId, reason }: RejectIssuerDocumentInput,
): Promise<IssuerDocumentDecided | Undecidable | InvalidInput> {
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const document = await lockDocument(work, documentId);
  if (document === null) return notFound('DOCUMENT_NOT_FOUND');
  const { state } = document;
  if (state !== 'SUBMITTED' && state !== 'VERIFIED') return decided(document);

  // From here on the command must succeed.
  const { at, caller } = work;
  const change =
    state === 'SUBMITTED'
      ? { state: 'REJECTED' as const, reason: reason.trim() }
      : { state: 'REVOKED' as const, revokedAt: at, reason: reason.trim() };
  await decide(work, document, change, caller.subject);
  const kind = state === 'SUBMITTED' ? 'merchant.documentRejected' : 'merchant.documentRevoked';
  await appendEvents(work.manager, at, [event(kind, document)]);
  return { kind: 'IssuerDocumentDecided', documentId };
}

async function lockDocument({ manager, dialect }: Work, id: string): Promise<DocumentRow | null> {
  await manager.query(`SELECT id FROM merchants_document WHERE id = ? ${dialect.forUpdate}`, [id]);
  const document = await manager.findOneBy(IssuerDocuments, { id });
  // MariaDB finds an id with blanks after it as well: that is not this document's.
  return document?.id === id ? document : null;
}

const decide = (
  { manager, at }: Work,
  { id }: DocumentRow,
  change: Partial<DocumentRow>,
  decidedBy: string,
) => manager.update(IssuerDocuments, id, { ...change, decidedBy, decidedAt: at });

const decided = ({ state }: DocumentRow): Refused<'DocumentDecided'> =>
  refused('DocumentDecided', 'DOCUMENT_DECIDED', { state });

const event = (kind: string, { id, merchantId, kind: document, expiresOn }: DocumentRow) => ({
  kind,
  payload: { merchantId, documentId: id, document, expiresOn: isoDay(expiresOn) },
});
