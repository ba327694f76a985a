import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Rule, type RuleRow } from './entities/rule.ts';

export const accrualRulesList: ListSpec<RuleRow> = {
  type: 'AccrualRule',
  field: 'accrualRules',
  description:
    'Versions of rules: all that were ever published; drafts for the own staff of a merchant and those who see all.',
  entity: Rule,
  requires: [['PUBLIC']],
  fields: {
    id: { type: 'ID', isFilter: true },
    key: { type: 'ID', property: 'ruleKey', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    programmeId: { type: 'ID', isFilter: true },
    state: {
      type: { enum: 'AccrualRuleState' },
      isFilter: true,
      // As `ruleState`; `:now` is given by whoever reads the list.
      sql: (row) => `CASE WHEN ${row}.state <> 'PUBLISHED' THEN ${row}.state
        WHEN ${row}.endsAt <= :now THEN 'SUPERSEDED' WHEN ${row}.commentUntil > :now THEN 'COMMENT'
        WHEN ${row}.effectiveAt > :now THEN 'NOTICE' ELSE 'EFFECTIVE' END`,
    },
    version: { type: 'SafeInt', isFilter: true, isOrder: true },
    draftedAt: { type: 'DateTime', isFilter: true, isOrder: true },
    publishedAt: { type: 'DateTime', isFilter: true },
    effectiveAt: { type: 'DateTime', isFilter: true },
    endsAt: { type: 'DateTime', isFilter: true },
  },
  order: { field: 'draftedAt', direction: 'DESC' },
};
