import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { StateIndustryFactsInput } from '../../schema.generated.ts';
import { factDefect, industryPacks } from '../domain/industry.ts';
import { requireDeed } from '../queries/staff.ts';

export type IndustryFactsStated = Readonly<{ kind: 'IndustryFactsStated'; merchantId: string }>;

/** States what a merchant's trade asks it to state (S72). What was stated before and is not named stays. */
export async function stateIndustryFacts(
  work: Work,
  { merchantId, facts }: StateIndustryFactsInput,
): Promise<IndustryFactsStated | NotFound | InvalidInput> {
  const { manager, dialect, at, caller } = work;
  await requireDeed(work, merchantId, 'DOCUMENTS');
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  const specs = industryPacks[merchant.industry].facts;
  for (const [index, { name, value }] of facts.entries()) {
    const spec = specs[name];
    if (spec === undefined) {
      const known = Object.keys(specs).join(', ') || '-';
      return invalidInput('FACT_UNKNOWN', `facts.${index}.name`, { name, known });
    }
    const defect = factDefect(spec, value);
    if (defect !== null) return invalidInput(defect, `facts.${index}.value`, { kind: spec.kind });
    if (facts.findIndex((one) => one.name === name) < index) {
      return invalidInput('FACT_REPEATED', `facts.${index}.name`, { name });
    }
  }

  // From here on the command must succeed.
  await insertRows(
    manager,
    'merchants_industry_fact',
    ['merchant_id', 'name', 'fact', 'stated_by', 'stated_ms'],
    facts.map(({ name, value }) => [merchantId, name, value.trim(), caller.subject, at.getTime()]),
    {
      ending: dialect.onDuplicateUpdate(
        ['merchant_id', 'name'],
        ['fact', 'stated_by', 'stated_ms'],
      ),
    },
  );
  return { kind: 'IndustryFactsStated', merchantId };
}
