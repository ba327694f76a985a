import { welcomeInvitees } from '../migrations/1767225700062-welcome-invitees.ts';
import { FirstOrderOffer, FirstOrderVoucher } from './entities/first-order.ts';

export const welcomeEntities = [FirstOrderOffer, FirstOrderVoucher];
export const welcomeMigrations = [welcomeInvitees];
