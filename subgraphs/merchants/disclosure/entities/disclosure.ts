import { EntitySchema } from 'typeorm';
import { code, json, key, reference, text } from '../../../../shared/database/columns.ts';

/** A published version of a rule in words, as everybody could read it from then on. Never changed. */
export type DisclosureRow = Readonly<{
  ruleId: string;
  /** `zh-CN` or `en`. */
  language: string;
  title: string;
  /** What matters most, a sentence each. */
  summary: readonly string[];
  /** Markdown. */
  text: string;
  /** Of `text`, in hexadecimal. */
  sha256: string;
}>;

export const Disclosure = new EntitySchema<DisclosureRow>({
  name: 'RuleDisclosure',
  tableName: 'merchants_rule_disclosure',
  columns: {
    ruleId: { ...key(reference), name: 'rule_id' },
    language: key(code),
    title: text,
    summary: json,
    text: { type: 'text' },
    sha256: code,
  },
});
