import { offerDetails } from '../migrations/1767225700023-offer-details.ts';
import { offerConditions } from '../migrations/1767225700024-offer-conditions.ts';
import { searchTerms } from '../migrations/1767225700025-search-terms.ts';
import { keepCodeNames } from '../migrations/1767225700035-keep-code-names.ts';
import { indexPrices } from '../migrations/1767225700043-index-prices.ts';
import { nameSuppliers } from '../migrations/1767225700060-name-suppliers.ts';
import { duringOrders } from '../migrations/1767225700061-during-orders.ts';
import { Booking } from './entities/booking.ts';
import { Slot } from './entities/slot.ts';
import { TierPrice } from './entities/tier-price.ts';

/** What this area keeps, beside columns of the reward. */
export const offerEntities = [Slot, Booking, TierPrice];

export const offerMigrations = [
  offerDetails,
  offerConditions,
  searchTerms,
  indexPrices,
  keepCodeNames,
  nameSuppliers,
  duringOrders,
];
