import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { OnboardMerchantInput } from '../../schema.generated.ts';
import { type ContractTerms, defectOfContract, isPlain } from '../domain/contract.ts';
import { Contract } from '../entities/contract.ts';
import { IssuerDocuments } from '../entities/document.ts';
import { contractTerms } from './contract-terms.ts';
import { checkDocument, joiningRow } from './submit-document.ts';

const DOCUMENTS_MAX = 20;

type Joining = Pick<OnboardMerchantInput, 'price' | 'pricePoints' | 'contract' | 'documents'>;

/** Refuses documents and terms with which a merchant cannot be taken in. */
export function checkStanding(input: Joining, at: Date): InvalidInput | null {
  const found = defectOfContract(termsOf(input), null);
  if (found !== null) {
    const isPrice = /^price/.test(found.field);
    return invalidInput(
      found.code,
      isPrice ? found.field : `contract.${found.field}`,
      found.parameters,
    );
  }
  const documents = input.documents ?? [];
  if (documents.length > DOCUMENTS_MAX) {
    return invalidInput('TOO_MANY_DOCUMENTS', 'documents', { max: DOCUMENTS_MAX });
  }
  for (const [index, document] of documents.entries()) {
    const unusable = checkDocument(`documents.${index}`, document, dayOf(at));
    if (unusable !== null) return unusable;
  }
  return null;
}

const termsOf = ({ price, pricePoints, contract }: Joining): ContractTerms =>
  contractTerms({ price: price, pricePoints }, contract ?? null);

/** Writes the first contract and the documents of a merchant that joins. */
export async function insertStanding(
  work: Work,
  merchantId: string,
  input: Joining,
): Promise<void> {
  const { manager, at, caller } = work;
  const terms = termsOf(input);
  await manager.insert(Contract, {
    ...terms,
    merchantId,
    version: 1,
    state: 'AGREED',
    proposedBy: caller.subject,
    proposedAs: 'OPERATOR',
    proposedAt: at,
    // It signed before it was taken in.
    answeredBy: `merchant:${merchantId}`,
    answeredAt: at,
    effectiveAt: at,
    toldAt: isPlain(terms) ? at : null,
  });
  for (const document of input.documents ?? []) {
    await manager.insert(IssuerDocuments, joiningRow(work, merchantId, document));
  }
}
