import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { locales } from '../../../../shared/graphql/wording.ts';
import { sha256 } from '../../../../shared/identifiers.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Programme } from '../../entities/programme.ts';
import { Rule, type RuleRow } from '../../rules/entities/rule.ts';
import { disclose } from '../domain/disclose.ts';
import { disclosedRule } from '../domain/facts.ts';
import type { DisclosureRow } from '../entities/disclosure.ts';
import { namesOf } from '../queries/code-names.ts';

/** Keeps what a published version says, in each language, as it can be read from now on. */
export async function keepDisclosures(
  { manager, dialect, at }: Pick<Work, 'manager' | 'dialect' | 'at'>,
  rule: RuleRow,
): Promise<DisclosureRow[]> {
  const { merchantId, programmeId, terms } = rule;
  const merchant = await manager.findOneByOrFail(Merchant, { id: merchantId });
  const issuer =
    terms.sponsorId === null
      ? merchant
      : await manager.findOneByOrFail(Merchant, { id: terms.sponsorId });
  const programme = await manager.findOneByOrFail(Programme, { id: programmeId });
  const versions = await manager.findBy(Rule, { programmeId, state: 'PUBLISHED' });
  const names = await namesOf(manager, merchantId);
  const disclosed = disclosedRule(rule, { merchant, issuer, programme, versions, names, at });
  const rows = locales.map((language): DisclosureRow => {
    const { title, summary, text } = disclose(disclosed, language);
    return { ruleId: rule.id, language, title, summary, text, sha256: sha256(text) };
  });
  await insertRows(
    manager,
    'merchants_rule_disclosure',
    ['rule_id', 'language', 'title', 'summary', 'text', 'sha256'],
    rows.map((row) => [
      row.ruleId,
      row.language,
      row.title,
      JSON.stringify(row.summary),
      row.text,
      row.sha256,
    ]),
    { ending: dialect.onDuplicateKeep(['rule_id', 'language']) },
  );
  return rows;
}
