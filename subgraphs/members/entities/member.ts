import { EntitySchema } from 'typeorm';
import type { Day } from '../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';

/** A person who collects points. The phone is kept encrypted; its index finds it without reading it. */
export type MemberRow = Readonly<{
  id: string;
  /** Null: she was enrolled under a customer number and has not told a name yet. */
  displayName: string | null;
  status: 'ACTIVE' | 'CLOSED';
  locale: string;
  joinedAt: Date;
  /** The version of the privacy policy she agreed to. Null: enrolled by a merchant, never asked yet. */
  policyVersion: string | null;
  phoneCipher: string | null;
  phoneIndex: string | null;
  phoneEnding: string | null;
  /** Who invited her; nobody further up is known (L1). Null: nobody did. */
  referredBy: string | null;
}>;

export const Member = new EntitySchema<MemberRow>({
  name: 'Member',
  tableName: 'members_member',
  columns: {
    id,
    displayName: { type: 'varchar', length: 100, name: 'display_name', nullable: true },
    status: code,
    locale: code,
    joinedAt: { ...instant, name: 'joined_ms' },
    policyVersion: { ...nullable(code), name: 'policy_version' },
    phoneCipher: { type: 'varchar', length: 255, name: 'phone_cipher', nullable: true },
    phoneIndex: { ...nullable(code), name: 'phone_index' },
    phoneEnding: { ...nullable(code), name: 'phone_ending' },
    referredBy: { ...nullable(reference), name: 'referred_by' },
  },
});

/** A merchant's own customer number, as a pseudonym, and the member it stands for. */
export type CustomerRow = Readonly<{
  merchantId: string;
  customerIndex: string;
  memberId: string;
}>;

export const Customer = new EntitySchema<CustomerRow>({
  name: 'Customer',
  tableName: 'members_customer',
  columns: {
    merchantId: { ...reference, primary: true, name: 'merchant_id' },
    customerIndex: { ...code, primary: true, name: 'customer_index' },
    memberId: { ...reference, name: 'member_id' },
  },
});

/** Points that count for the tier: from one purchase, or (negative) from one return of it. */
export type QualifyingRow = Readonly<{
  /** `purchase:<id>` or `return:<id>`. One row for a cause. */
  cause: string;
  memberId: string;
  purchaseId: string;
  points: number;
  /** The day of the purchase, also for a return, so that both leave the window together. */
  earnedOn: Day;
}>;

export const Qualifying = new EntitySchema<QualifyingRow>({
  name: 'Qualifying',
  tableName: 'members_qualifying',
  columns: {
    cause: { type: 'varchar', length: 80, primary: true },
    memberId: { ...reference, name: 'member_id' },
    purchaseId: { ...reference, name: 'purchase_id' },
    points: integer,
    earnedOn: { ...day, name: 'earned_on' },
  },
});
