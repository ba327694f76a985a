import { type EntityManager, In } from 'typeorm';
import { Certificate, type CertificateRow, Scope } from '../entities/certificate.ts';

export type CertificateWithSkus = CertificateRow & Readonly<{ skus: ReadonlySet<string> }>;

/** Certificates by number, with the products they cover. Two statements, however many. */
export async function certificatesByNumber(
  manager: EntityManager,
  numbers: readonly string[],
): Promise<CertificateWithSkus[]> {
  if (numbers.length === 0) return [];
  const rows = await manager.findBy(Certificate, { number: In([...numbers]) });
  if (rows.length === 0) return [];
  const scopes = await manager.findBy(Scope, {
    certificateId: In(rows.map(({ id }) => id)),
    kind: 'SKU',
  });
  const targets = Map.groupBy(scopes, ({ certificateId }) => certificateId);
  return rows.map((row) => ({
    ...row,
    skus: new Set((targets.get(row.id) ?? []).map(({ target }) => target)),
  }));
}

export type RewardCertificateRow = CertificateRow & Readonly<{ rewardId: string }>;

/** The certificates that cover rewards, good or not, one row for each pair. Two statements. */
export async function certificatesOfRewards(
  manager: EntityManager,
  rewardIds: readonly string[],
): Promise<RewardCertificateRow[]> {
  if (rewardIds.length === 0) return [];
  const scopes = await manager.findBy(Scope, { kind: 'REWARD', target: In([...rewardIds]) });
  if (scopes.length === 0) return [];
  const rows = await manager.findBy(Certificate, {
    id: In(scopes.map(({ certificateId }) => certificateId)),
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return scopes.flatMap(({ certificateId, target }) => {
    const row = byId.get(certificateId);
    return row === undefined ? [] : [{ ...row, rewardId: target }];
  });
}
