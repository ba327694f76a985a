import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { CodeName } from './domain/names.ts';
import {
  RuleAcknowledgement,
  type RuleAcknowledgementRow,
  RuleComment,
  type RuleCommentRow,
} from './entities/answers.ts';
import { Disclosure, type DisclosureRow } from './entities/disclosure.ts';
import { codeNamesOf } from './queries/code-names.ts';

/** Of the text of a version in a language. */
export const textKey = ({ ruleId, language }: Pick<DisclosureRow, 'ruleId' | 'language'>): string =>
  `${ruleId} ${language}`;

/** Of what a member has acknowledged. */
export const readerKey = ({
  ruleId,
  memberId,
}: Pick<RuleAcknowledgementRow, 'ruleId' | 'memberId'>): string => `${ruleId} ${memberId}`;

const partsOf = (keys: readonly string[], part: 0 | 1): string[] => [
  ...new Set(keys.map((key) => key.split(' ')[part] ?? '')),
];

/** The batched reads of disclosures and of what members answer. */
export const createDisclosureLoaders = (reader: EntityManager) => ({
  disclosureByText: batchByKey<DisclosureRow>(textKey, (keys) =>
    reader.findBy(Disclosure, {
      ruleId: In(partsOf(keys, 0)),
      language: In(partsOf(keys, 1)),
    }),
  ),
  /** Of a merchant, or of `ALLIANCE`. */
  codeNamesByMerchant: batchManyByKey<CodeName>(
    ({ merchantId }) => merchantId,
    (ids) => codeNamesOf(reader, ids),
  ),
  commentById: batchByKey<RuleCommentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(RuleComment, { id: In(ids) }),
  ),
  commentCountByRule: batchByKey<Readonly<{ ruleId: string; count: number }>>(
    ({ ruleId }) => ruleId,
    async (ids) => {
      const rows = await reader.query<{ rule_id: string; n: unknown }[]>(
        `SELECT rule_id, COUNT(*) AS n FROM merchants_rule_comment
         WHERE rule_id IN (${placeholders(ids.length)}) GROUP BY rule_id`,
        ids,
      );
      return rows.map(({ rule_id: ruleId, n }) => ({ ruleId, count: toSafeInteger(n) }));
    },
  ),
  acknowledgementById: batchByKey<RuleAcknowledgementRow>(
    ({ id }) => id,
    (ids) => reader.findBy(RuleAcknowledgement, { id: In(ids) }),
  ),
  acknowledgementByReader: batchByKey<RuleAcknowledgementRow>(readerKey, (keys) =>
    reader.findBy(RuleAcknowledgement, {
      ruleId: In(partsOf(keys, 0)),
      memberId: In(partsOf(keys, 1)),
    }),
  ),
});
