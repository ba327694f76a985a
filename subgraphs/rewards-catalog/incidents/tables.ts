import { createIncidents } from '../migrations/1767225700033-create-incidents.ts';
import { substituteVouchers } from '../migrations/1767225700034-substitute-vouchers.ts';
import { extendLapsedPoints } from '../migrations/1767225700052-extend-lapsed-points.ts';
import { Incident } from './entities/incident.ts';

export const incidentEntities = [Incident];

export const incidentMigrations = [createIncidents, substituteVouchers, extendLapsedPoints];
