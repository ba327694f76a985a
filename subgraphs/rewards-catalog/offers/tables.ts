import { offerDetails } from '../migrations/1767225700023-offer-details.ts';
import { Slot } from './entities/slot.ts';

/** What this area keeps, beside columns of the reward and of the redemption. */
export const offerEntities = [Slot];

export const offerMigrations = [offerDetails];
