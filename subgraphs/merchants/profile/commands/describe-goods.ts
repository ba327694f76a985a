import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { DescribeGoodsInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';

export type GoodsDescribed = Readonly<{ kind: 'GoodsDescribed'; merchantId: string }>;

const GOODS_MAX = 500;
const TEXT_MAX = 64;

/** Says which size and colour goods have, so that orders need not say it line by line. */
export async function describeGoods(
  work: Work,
  { merchantId, goods }: DescribeGoodsInput,
): Promise<GoodsDescribed | NotFound | InvalidInput> {
  const { manager, dialect } = work;
  await requireDeed(work, merchantId, 'CAMPAIGNS');
  const unusable = checkGoods(goods);
  if (unusable !== null) return unusable;
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');

  // From here on the command must succeed.
  await insertRows(
    manager,
    'merchants_goods',
    ['merchant_id', 'sku', 'size', 'colour'],
    goods
      .toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
      .map(({ sku, size = null, colour = null }) => [merchantId, sku, size, colour]),
    { ending: dialect.onDuplicateUpdate(['merchant_id', 'sku'], ['size', 'colour']) },
  );
  return { kind: 'GoodsDescribed', merchantId };
}

function checkGoods(goods: DescribeGoodsInput['goods']): InvalidInput | null {
  if (goods.length === 0 || goods.length > GOODS_MAX) {
    return invalidInput('GOODS_NOT_USABLE', 'goods', { max: GOODS_MAX });
  }
  const seen = new Set<string>();
  for (const [index, { sku, size, colour }] of goods.entries()) {
    const at = `goods.${index}`;
    const unusable =
      checkKey(`${at}.sku`, sku, TEXT_MAX) ??
      (size == null ? null : checkKey(`${at}.size`, size, TEXT_MAX)) ??
      (colour == null ? null : checkKey(`${at}.colour`, colour, TEXT_MAX));
    if (unusable !== null) return unusable;
    if (seen.has(sku)) return invalidInput('GOODS_REPEATED', `${at}.sku`, { sku });
    seen.add(sku);
  }
  return null;
}
