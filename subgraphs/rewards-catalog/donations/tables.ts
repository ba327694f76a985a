import { createCharities } from '../migrations/1767225700039-create-charities.ts';
import { Charity } from './entities/charity.ts';
import { Delivery } from './entities/delivery.ts';

export const donationEntities = [Charity, Delivery];
export const donationMigrations = [createCharities];
