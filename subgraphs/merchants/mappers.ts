/** From which row each type of the contract is resolved. Read by `npm run generate`. */
import type { InvalidInput, NotFound, Refused } from '../../shared/graphql/refusals.ts';
import type { Page } from '../../shared/query-kit/list.ts';
import type { PurchasesImported, RejectedRow } from './commands/import-purchases.ts';
import type { MerchantOnboarded } from './commands/onboard-merchant.ts';
import type { PurchaseRecorded } from './commands/record-purchase.ts';
import type { PurchaseReturned } from './commands/return-purchase.ts';
import type { MerchantSuspended } from './commands/suspend-merchant.ts';
import type { Finding } from './compliance/domain/finding.ts';
import type { NotLawful } from './compliance/domain/not-lawful.ts';
import type { AwardRow } from './entities/award.ts';
import type { MerchantRow } from './entities/merchant.ts';
import type { ProgrammeRow } from './entities/programme.ts';
import type { PurchaseRow } from './entities/purchase.ts';
import type { PurchaseLineRow } from './entities/purchase-line.ts';
import type { AccrualQuote, QuotedAward } from './queries/quote-accrual.ts';

export type MerchantMapper = MerchantRow;
export type MerchantConnectionMapper = Page<MerchantRow>;
export type MerchantEdgeMapper = Page<MerchantRow>['edges'][number];
export type ProgrammeMapper = ProgrammeRow;
export type PurchaseMapper = PurchaseRow;
export type PurchaseConnectionMapper = Page<PurchaseRow>;
export type PurchaseEdgeMapper = Page<PurchaseRow>['edges'][number];
export type PurchaseLineMapper = PurchaseLineRow;
export type PurchaseAwardMapper = AwardRow;
export type AccrualQuoteMapper = AccrualQuote;
export type QuotedAwardMapper = QuotedAward;

export type MerchantOnboardedMapper = MerchantOnboarded;
export type MerchantSuspendedMapper = MerchantSuspended;
export type PurchaseRecordedMapper = PurchaseRecorded;
export type PurchaseReturnedMapper = PurchaseReturned;
export type PurchasesImportedMapper = PurchasesImported;
export type RejectedRowMapper = RejectedRow;

export type NotFoundMapper = NotFound;
export type InvalidInputMapper = InvalidInput;
export type OrderNumberTakenMapper = Refused<'OrderNumberTaken'>;
export type MerchantNotActiveMapper = Refused<'MerchantNotActive'>;
export type ReturnExceedsPurchaseMapper = Refused<'ReturnExceedsPurchase'>;
export type LawFindingMapper = Finding;
export type NotLawfulMapper = NotLawful;
