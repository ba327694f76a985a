import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { OpenStoreInput, StoreInput } from '../../schema.generated.ts';
import { Store, type StoreRow } from '../entities/store.ts';
import { requireDeed } from '../queries/staff.ts';
import { storeCodesOf } from '../queries/stores.ts';
import { lockMerchant } from './change-staff.ts';

export type StoreOpened = Readonly<{ kind: 'StoreOpened'; storeId: string }>;

const CODE_MAX = 64;
const NAME_MAX = 100;
const ADDRESS_MAX = 500;
const STORES_MAX = 5_000;

/** Adds a store. Orders and rules name it by its code, cashiers may be bound to it. */
export async function openStore(
  work: Work,
  { merchantId, store }: OpenStoreInput,
): Promise<StoreOpened | Refused<'StoreCodeTaken'> | NotFound | InvalidInput> {
  await requireDeed(work, merchantId, 'STORES');
  const unusable = checkStore('store', store);
  if (unusable !== null) return unusable;
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');
  const codes = await storeCodesOf(work.manager, merchantId);
  if (codes.has(store.code)) return refused('StoreCodeTaken', 'STORE_CODE_TAKEN');
  if (codes.size >= STORES_MAX) {
    return invalidInput('TOO_MANY_STORES', 'store', { max: STORES_MAX });
  }

  // From here on the command must succeed.
  const row = storeRow(work, merchantId, store);
  await work.manager.insert(Store, row);
  return { kind: 'StoreOpened', storeId: row.id };
}

export const checkStore = (field: string, store: StoreInput): InvalidInput | null =>
  checkKey(`${field}.code`, store.code, CODE_MAX) ??
  checkText(`${field}.name.zh`, store.name.zh, NAME_MAX) ??
  checkText(`${field}.name.en`, store.name.en, NAME_MAX) ??
  (store.region == null || /^[A-Z0-9-]{2,12}$/.test(store.region)
    ? null
    : invalidInput('REGION_NOT_USABLE', `${field}.region`)) ??
  ((store.address ?? '').length <= ADDRESS_MAX
    ? null
    : invalidInput('TEXT_NOT_USABLE', `${field}.address`, { max: ADDRESS_MAX }));

export const storeRow = (
  { at, newId }: Pick<Work, 'at' | 'newId'>,
  merchantId: string,
  store: StoreInput,
): StoreRow => ({
  id: newId(),
  merchantId,
  code: store.code,
  nameZh: store.name.zh.trim(),
  nameEn: store.name.en.trim(),
  region: store.region ?? null,
  address: (store.address ?? '').trim(),
  openedAt: at,
});
