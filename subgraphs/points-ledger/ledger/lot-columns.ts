import { toSafeInteger } from '../../../shared/quantities.ts';
import type { LotAmount, LotKey } from '../domain/lot.ts';

/** The columns of a lot's key, in every table that has them. */
export const lotColumns = [
  'expires_on',
  'issuer_id',
  'unit',
  'price_class',
  'contributor',
  'use_scope',
] as const;

export const lotValues = (key: LotKey): unknown[] => [
  key.expiresOn,
  key.issuerId,
  key.unit,
  key.priceClass,
  key.contributor,
  key.useScope,
];

export const lotOf = (row: Readonly<Record<string, unknown>>): LotAmount => ({
  key: {
    expiresOn: toSafeInteger(row.expires_on),
    issuerId: String(row.issuer_id),
    unit: String(row.unit),
    priceClass: String(row.price_class),
    contributor: String(row.contributor),
    useScope: String(row.use_scope),
  },
  points: toSafeInteger(row.points),
});
