import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { DeclareCategoriesInput } from '../../schema.generated.ts';
import { lockMerchant } from '../../standing/commands/change-staff.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { checkCodes } from './check-codes.ts';

export type CategoriesDeclared = Readonly<{ kind: 'CategoriesDeclared'; merchantId: string }>;

const CATEGORIES_MAX = 200;

/**
 * Says in which categories a merchant sells from now on; with none of them it sells in any. What was recorded
 * under others stays as it is.
 */
export async function declareCategories(
  work: Work,
  { merchantId, categories }: DeclareCategoriesInput,
): Promise<CategoriesDeclared | NotFound | InvalidInput> {
  await requireDeed(work, merchantId, 'STORES');
  const unusable = checkCategories(categories);
  if (unusable !== null) return unusable;
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');

  // From here on the command must succeed.
  await execute(work.manager, 'DELETE FROM merchants_category WHERE merchant_id = ?', [merchantId]);
  await insertRows(
    work.manager,
    'merchants_category',
    ['merchant_id', 'code'],
    categories.map((code) => [merchantId, code]),
  );
  return { kind: 'CategoriesDeclared', merchantId };
}

function checkCategories(categories: readonly string[]): InvalidInput | null {
  if (categories.length > CATEGORIES_MAX) {
    return invalidInput('TOO_MANY_CATEGORIES', 'categories', { max: CATEGORIES_MAX });
  }
  return checkCodes('categories', categories, (code, field) =>
    invalidInput('CATEGORY_REPEATED', field, { category: code }),
  );
}
