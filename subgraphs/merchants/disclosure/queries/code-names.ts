import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { Store } from '../../standing/entities/store.ts';
import { ALLIANCE, type CodeKind, type CodeName, type Names, namesAt } from '../domain/names.ts';

/** What merchants, or `ALLIANCE`, call their codes. */
export async function codeNamesOf(
  reader: Pick<EntityManager, 'query'>,
  merchantIds: readonly string[],
): Promise<CodeName[]> {
  if (merchantIds.length === 0) return [];
  type Found = Record<'merchant_id' | 'code' | 'name_zh' | 'name_en', string> & { kind: CodeKind };
  const rows = await reader.query<Found[]>(
    `SELECT merchant_id, kind, code, name_zh, name_en FROM merchants_code_name
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ORDER BY merchant_id, kind, code`,
    [...merchantIds],
  );
  return rows.map(({ merchant_id: merchantId, kind, code, name_zh: zh, name_en: en }) => ({
    ...{ merchantId, kind, code, zh, en },
  }));
}

/** All names that hold at a merchant, those of its stores among them. */
export async function namesOf(manager: EntityManager, merchantId: string): Promise<Names> {
  const names = await codeNamesOf(manager, [ALLIANCE, merchantId]);
  const stores = await manager.findBy(Store, { merchantId });
  const [ofAlliance, own] = [ALLIANCE, merchantId].map((id) =>
    names.filter((name) => name.merchantId === id),
  );
  return namesAt(ofAlliance ?? [], own ?? [], stores);
}
