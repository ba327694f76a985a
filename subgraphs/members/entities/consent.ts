import { EntitySchema } from 'typeorm';
import { code, id, instant, nullable, reference } from '../../../shared/database/columns.ts';

/** One agreement to one use of data. Ended by withdrawal, never deleted; granting again adds a row. */
export type ConsentRow = Readonly<{
  id: string;
  memberId: string;
  purpose: 'MARKETING' | 'PROFILING' | 'SHARING' | 'CITY_CREDIT' | 'GREEN_RANKING';
  policyVersion: string;
  grantedAt: Date;
  withdrawnAt: Date | null;
  /** The version of the policy that was shown when she withdrew. */
  withdrawnVersion: string | null;
}>;

export const Consent = new EntitySchema<ConsentRow>({
  name: 'Consent',
  tableName: 'members_consent',
  columns: {
    id,
    memberId: { ...reference, name: 'member_id' },
    purpose: code,
    policyVersion: { ...code, name: 'policy_version' },
    grantedAt: { ...instant, name: 'granted_ms' },
    withdrawnAt: { ...nullable(instant), name: 'withdrawn_ms' },
    withdrawnVersion: { ...nullable(code), name: 'withdrawn_version' },
  },
});
