import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  json,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { TierPrice } from '../domain/tier-price.ts';

/** What members of a programme should pay by tier, as somebody proposes it. Of a programme at most one is open. */
export type TierPriceProposalRow = Readonly<{
  id: string;
  programmeId: string;
  prices: readonly TierPrice[];
  /** From when on; null: as soon as the notice is over. */
  askedAt: Date | null;
  proposedBy: string;
  proposedAt: Date;
  /** REPLACED: by a later proposal. */
  state: 'OPEN' | 'REPLACED' | 'PUBLISHED' | 'WITHDRAWN';
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
}>;

export const TierPriceProposal = new EntitySchema<TierPriceProposalRow>({
  name: 'TierPriceProposal',
  tableName: 'merchants_tier_price_proposal',
  columns: {
    id,
    programmeId: { ...reference, name: 'programme_id' },
    prices: json,
    askedAt: { ...nullable(instant), name: 'asked_ms' },
    proposedBy: { ...reference, length: 128, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    state: code,
    withdrawnBy: { ...nullable(reference), length: 128, name: 'withdrawn_by' },
    withdrawnAt: { ...nullable(instant), name: 'withdrawn_ms' },
  },
});
