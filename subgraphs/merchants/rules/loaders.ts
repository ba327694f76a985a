import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Rule, type RuleRow } from './entities/rule.ts';
import { type RuleEnd, ruleEndsOf } from './queries/rule-ends.ts';

/** The batched reads of rules. */
export const createRuleLoaders = (reader: EntityManager) => ({
  ruleById: batchByKey<RuleRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Rule, { id: In(ids) }),
  ),
  endByRule: batchByKey<RuleEnd>(
    ({ ruleId }) => ruleId,
    (ids) => ruleEndsOf(reader, ids),
  ),
  /** The published versions of all rules of a programme, those that are over too, without withdrawn ones. */
  versionsByProgramme: batchManyByKey<RuleRow>(
    ({ programmeId }) => programmeId,
    (ids) =>
      reader.find(Rule, {
        where: { programmeId: In(ids), state: 'PUBLISHED' },
        order: { ruleKey: 'ASC', version: 'ASC' },
      }),
  ),
});
