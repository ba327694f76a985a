import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  instant,
  integer,
  key,
  reference,
} from '../../../../shared/database/columns.ts';
import type { Activity, Preference } from '../domain/profile.ts';

/** What one merchant's purchases say of a member who has agreed. Amounts are in the smallest unit of `currency`. */
export type ProfileRow = Omit<Activity, 'minor'> &
  Readonly<{
    memberId: string;
    merchantId: string;
    averageMinor: number;
    isRising: boolean;
    reckonedAt: Date;
  }>;

export const Profile = new EntitySchema<ProfileRow>({
  name: 'Profile',
  tableName: 'merchants_profile',
  columns: {
    memberId: { ...key(reference), name: 'member_id' },
    merchantId: { ...key(reference), name: 'merchant_id' },
    currency: code,
    orders: integer,
    averageMinor: { ...integer, name: 'average_minor' },
    recentOrders: { ...integer, name: 'recent_orders' },
    recentMinor: { ...integer, name: 'recent_minor' },
    earlierOrders: { ...integer, name: 'earlier_orders' },
    earlierMinor: { ...integer, name: 'earlier_minor' },
    isRising: { ...flag, name: 'is_rising' },
    reckonedAt: { ...instant, name: 'reckoned_ms' },
  },
});

export type PreferenceRow = Preference & Readonly<{ memberId: string; merchantId: string }>;

export const ProfilePreference = new EntitySchema<PreferenceRow>({
  name: 'ProfilePreference',
  tableName: 'merchants_profile_preference',
  columns: {
    memberId: { ...key(reference), name: 'member_id' },
    merchantId: { ...key(reference), name: 'merchant_id' },
    kind: key(code),
    preferred: key(code),
    orders: integer,
  },
});
