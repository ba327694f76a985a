import type { GroupSpec } from '../../../shared/query-kit/group.ts';
import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Act, type ActRow } from './entities/act.ts';

export const greenActs: ListSpec<ActRow> = {
  type: 'GreenAct',
  field: 'greenActs',
  description: 'Green acts: a member sees her own, a merchant those under its name.',
  entity: Act,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    projectId: { type: 'ID', isFilter: true },
    behaviour: { type: 'String', isFilter: true },
    region: { type: 'String', isFilter: true },
    basis: { type: { enum: 'GasBasis' }, isFilter: true },
    evidenceKind: { type: { enum: 'EvidenceKind' }, isFilter: true },
    externalClaimId: { type: 'String', isFilter: true },
    grams: { type: 'SafeInt', isFilter: true, isOrder: true },
    occurredAt: { type: 'DateTime', isFilter: true, isOrder: true },
    recordedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    state: {
      type: { enum: 'GreenActState' },
      isFilter: true,
      sql: (row) => `CASE WHEN ${row}.revokedAt IS NULL THEN 'STANDING' ELSE 'REVOKED' END`,
    },
  },
  order: { field: 'occurredAt', direction: 'DESC' },
};

export const greenActGroups: GroupSpec<ActRow> = {
  list: greenActs,
  requires: [['ANALYST'], ['OPERATOR'], ['REGULATOR']],
  member: 'memberId',
  time: 'occurredAt',
  openFilters: ['behaviour', 'region', 'basis', 'evidenceKind', 'occurredAt', 'state'],
  dimensions: {
    behaviour: { type: 'String' },
    region: { type: 'String' },
    evidenceKind: { type: { enum: 'EvidenceKind' } },
    merchant: { type: { reference: 'Merchant' }, property: 'merchantId' },
    occurredAt: { type: 'DateTime' },
  },
  // Units differ, and so do the gases: only grams of CO2e, of what stands, add up to anything.
  measures: { carbonGrams: 'shownGrams' },
};
