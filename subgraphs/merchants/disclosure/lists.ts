import type { ListSpec } from '../../../shared/query-kit/list.ts';
import {
  RuleAcknowledgement,
  type RuleAcknowledgementRow,
  RuleComment,
  type RuleCommentRow,
} from './entities/answers.ts';

export const ruleCommentsList: ListSpec<RuleCommentRow> = {
  type: 'RuleComment',
  field: 'ruleComments',
  description:
    'What members say of rules before they are in force: a member sees her own, a merchant those on its rules.',
  entity: RuleComment,
  requires: [['MEMBER'], ['MERCHANT'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    ruleId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    at: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'at', direction: 'DESC' },
};

export const ruleAcknowledgementsList: ListSpec<RuleAcknowledgementRow> = {
  type: 'RuleAcknowledgement',
  field: 'ruleAcknowledgements',
  description: 'Which members have read which versions of rules: a member sees her own.',
  entity: RuleAcknowledgement,
  requires: [['MEMBER'], ['OPERATOR'], ['REGULATOR']],
  fields: {
    ruleId: { type: 'ID', isFilter: true },
    memberId: { type: 'ID', isFilter: true },
    at: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'at', direction: 'DESC' },
};
