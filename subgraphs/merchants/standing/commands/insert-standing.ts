import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type {
  MoneyInput,
  OnboardMerchantInput,
  ProgrammeInput,
  StoreInput,
} from '../../schema.generated.ts';
import { type ContractTerms, defectOfContract, isPlain } from '../domain/contract.ts';
import { smallShop } from '../domain/template.ts';
import { Contract } from '../entities/contract.ts';
import { IssuerDocuments } from '../entities/document.ts';
import { Store } from '../entities/store.ts';
import { contractTerms } from './contract-terms.ts';
import { checkStore, storeRow } from './open-store.ts';
import { checkDocument, joiningRow } from './submit-document.ts';

const DOCUMENTS_MAX = 20;
const STORES_MAX = 500;

/** An onboarding in which nothing that is needed was left out. */
export type Onboarding = OnboardMerchantInput &
  Readonly<{
    price: MoneyInput;
    pricePoints: number;
    programmes: readonly ProgrammeInput[];
    stores: readonly StoreInput[];
  }>;

type Joining = Onboarding;

/** Fills in what a template says, or refuses what is missing. */
export function completed(input: OnboardMerchantInput): Onboarding | InvalidInput {
  const filled = input.template === 'SMALL_SHOP' ? smallShop(input.name) : null;
  const price = input.price ?? filled?.price;
  const pricePoints = input.pricePoints ?? filled?.pricePoints;
  const programmes = input.programmes ?? filled?.programmes;
  if (price == null) return invalidInput('FIELD_NEEDED', 'price');
  if (pricePoints == null) return invalidInput('FIELD_NEEDED', 'pricePoints');
  if (programmes == null) return invalidInput('FIELD_NEEDED', 'programmes');
  const stores = input.stores ?? filled?.stores ?? [];
  return { ...input, price, pricePoints, programmes: [...programmes], stores: [...stores] };
}

/** Refuses documents and terms with which a merchant cannot be taken in. */
export function checkStanding(input: Joining, at: Date): InvalidInput | null {
  const found = defectOfContract(termsOf(input));
  if (found !== null) {
    const isPrice = /^price/.test(found.field);
    return invalidInput(
      found.code,
      isPrice ? found.field : `contract.${found.field}`,
      found.parameters,
    );
  }
  const unusableStore = checkStores(input.stores);
  if (unusableStore !== null) return unusableStore;
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

function checkStores(stores: readonly StoreInput[]): InvalidInput | null {
  if (stores.length > STORES_MAX) {
    return invalidInput('TOO_MANY_STORES', 'stores', { max: STORES_MAX });
  }
  for (const [index, store] of stores.entries()) {
    const unusable = checkStore(`stores.${index}`, store);
    if (unusable !== null) return unusable;
    if (stores.findIndex(({ code }) => code === store.code) < index) {
      return invalidInput('STORE_REPEATED', `stores.${index}.code`, { store: store.code });
    }
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
  for (const store of input.stores) {
    await manager.insert(Store, storeRow(work, merchantId, store));
  }
  for (const document of input.documents ?? []) {
    await manager.insert(IssuerDocuments, joiningRow(work, merchantId, document));
  }
}
