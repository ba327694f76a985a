import { localeOf } from '../../../../shared/graphql/wording.ts';
import { sha256 } from '../../../../shared/identifiers.ts';
import type { Context } from '../../context.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import { present } from '../../present.ts';
import { inForce } from '../../rules/domain/versions.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import { pricesInForce, pricesToCome } from '../../till/entities/tier-prices.ts';
import {
  type DisclosedRule,
  disclose,
  discloseProgramme,
  type Language,
} from '../domain/disclose.ts';
import { disclosedRule } from '../domain/facts.ts';
import { ALLIANCE, namesAt } from '../domain/names.ts';
import type { DisclosedPrices } from '../domain/prices.ts';
import type { DisclosureRow } from '../entities/disclosure.ts';
import { textKey } from '../loaders.ts';

/** A text for everybody, with what tells it apart from any other. */
export type RuleDisclosure = Omit<DisclosureRow, 'ruleId'>;

/** The language that was asked for, or the caller's. */
const languageOf = (
  asked: string | null | undefined,
  { locale }: Pick<Context, 'locale'>,
): Language => (asked == null ? locale : localeOf(asked));

/** A version in words: as it was published, or as it would be. */
export async function ruleDisclosure(
  context: Context,
  rule: RuleRow,
  asked: string | null | undefined,
): Promise<RuleDisclosure> {
  const language = languageOf(asked, context);
  const kept = await context.loaders.disclosureByText.load(textKey({ ruleId: rule.id, language }));
  if (kept !== null) return kept;
  const text = disclose(await sourcesOf(context, rule), language);
  return { ...text, sha256: sha256(text.text) };
}

/** All rules of a programme that are in force, as one text; null when none is. */
export async function programmeDisclosure(
  context: Context,
  { id }: ProgrammeRow,
  asked: string | null | undefined,
): Promise<RuleDisclosure | null> {
  const versions = await context.loaders.versionsByProgramme.load(id);
  const rules = inForce(versions, context.clock.now());
  const [first, ...others] = await Promise.all(rules.map((rule) => sourcesOf(context, rule)));
  if (first === undefined) return null;
  const prices = await pricesOf(context, id);
  const text = discloseProgramme([first, ...others], languageOf(asked, context), prices);
  return { ...text, sha256: sha256(text.text) };
}

/** What members of a programme pay by tier, now and from when on something else. */
async function pricesOf({ loaders, clock }: Context, id: string): Promise<DisclosedPrices> {
  const versions = await loaders.tierPricesByProgramme.load(id);
  const now = clock.now();
  return { now: pricesInForce(versions, now), next: pricesToCome(versions, now) };
}

async function sourcesOf({ loaders, clock }: Context, rule: RuleRow): Promise<DisclosedRule> {
  const { merchantId, programmeId, terms } = rule;
  const [merchant, issuer, programme, versions, stores, ofAlliance, own] = await Promise.all([
    loaders.merchantById.load(merchantId),
    loaders.merchantById.load(terms.sponsorId ?? merchantId),
    loaders.programmeById.load(programmeId),
    loaders.versionsByProgramme.load(programmeId),
    loaders.storesByMerchant.load(merchantId),
    loaders.codeNamesByMerchant.load(ALLIANCE),
    loaders.codeNamesByMerchant.load(merchantId),
  ]);
  return disclosedRule(rule, {
    merchant: present(merchant),
    issuer: present(issuer),
    programme: present(programme),
    versions,
    names: namesAt(ofAlliance, own, stores),
    at: clock.now(),
  });
}
