import { returnedAmount } from '../../domain/returned-amount.ts';
import type { RuleTerms } from './terms.ts';

/** One line of an order, as rules look at it. */
export type EarningLine = Readonly<{
  number: number;
  sku: string | null;
  category: string | null;
  quantity: number;
  returnedQuantity: number;
  amountMinor: number;
  /** Whether it has a valid green certificate; null: nobody was asked, or nobody answered. */
  isGreen: boolean | null;
}>;

/** What of an order decides which rules pay, beside its lines. */
export type OrderFacts = Readonly<{
  currency: string;
  storeId: string | null;
  channel: string | null;
  region: string | null;
  paymentInstrument: string | null;
  /** The member's tier when it was recorded; null: nobody was asked, or nobody answered. */
  tier: string | null;
  purchasedAt: Date;
  /** From here on its points live. */
  recordedAt: Date;
}>;

export type EarningOrder = OrderFacts & Readonly<{ lines: readonly EarningLine[] }>;

/** One version of a rule, as the engine needs it. */
export type EarningRule = Readonly<{
  id: string;
  ruleKey: string;
  version: number;
  programmeId: string;
  /** Whether who owes the points may issue any; without it: yes. */
  mayIssue?: boolean;
  /** Why not. */
  whyNot?: readonly Reason[];
  terms: RuleTerms;
}>;

/** What a condition asks for that only another subgraph knows. */
export type PeerFact = 'TIER' | 'GREEN';

/** Why a rule gives nothing, or not more: a code with a sentence in both languages, and what it names. */
export type Reason = Readonly<{
  code: string;
  parameters: Readonly<Record<string, string | number>>;
}>;

export const reason = (code: string, parameters: Reason['parameters'] = {}): Reason => ({
  code,
  parameters,
});

/** What of a line's amount has not come back, in the smallest unit. */
export const keptAmount = (line: EarningLine): number =>
  line.returnedQuantity === 0 ? line.amountMinor : line.amountMinor - returnedAmount(line);
