import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { MerchantRow } from '../../entities/merchant.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import { present } from '../../present.ts';
import { ownOf } from '../../rules/domain/rule-subject.ts';
import { versionChanged } from '../../rules/domain/versions.ts';
import { Rule, type RuleRow } from '../../rules/entities/rule.ts';
import type { ComplianceReportFilter } from '../../schema.generated.ts';
import { type IndustryFact, industryFactsOf } from '../../standing/queries/industry-facts.ts';
import { elsewhereOf } from '../domain/elsewhere.ts';
import type { Finding } from '../domain/finding.ts';
import { findingsOf, passedBy } from '../domain/findings-of.ts';
import { flagsOf, type RuleFlag } from '../domain/flags.ts';
import { settled } from '../domain/settled.ts';
import { subjectOf } from '../domain/subject-of.ts';
import { type UnitWorth, worthOf } from '../domain/worth.ts';
import type { OverrideRow } from '../entities/override.ts';
import { overridesOf } from './overrides.ts';
import { highestWorths } from './worth.ts';

export const REPORTED_MAX = 100;

/** What the report says of one published version of a rule (S63). */
export type ReportedRule = Readonly<{
  rule: RuleRow;
  merchant: MerchantRow;
  programme: ProgrammeRow;
  /** Ids of the checks that found nothing. */
  passed: readonly string[];
  findings: readonly Finding[];
  overrides: readonly OverrideRow[];
  flags: readonly RuleFlag[];
}>;

export type ComplianceReport = Readonly<{
  at: Date;
  filter: ComplianceReportFilter;
  rules: readonly ReportedRule[];
  /** The id after which the next page begins; null: this was the last one. */
  next: string | null;
}>;

type Asked = Readonly<{
  filter: ComplianceReportFilter;
  first: number;
  after: string | null;
}>;

/**
 * The published versions of rules with what the guard says of each today: a check that was added after a rule
 * was published is told as well. A constant number of statements, however many rules.
 */
export async function complianceReport(context: Context, asked: Asked): Promise<ComplianceReport> {
  const { database, clock } = context;
  const found = await publishedRules(database.reader, asked);
  const page = found.slice(0, asked.first);
  const rules = page.length === 0 ? [] : await reported(context, page);
  const next = found.length > asked.first ? (page.at(-1)?.id ?? null) : null;
  return { at: clock.now(), filter: asked.filter, rules, next };
}

async function publishedRules(
  reader: EntityManager,
  { filter, first, after }: Asked,
): Promise<RuleRow[]> {
  const { merchantId, programmeId, publishedFrom, publishedUntil } = filter;
  const query = reader
    .createQueryBuilder(Rule, 'rule')
    .where("rule.state = 'PUBLISHED'")
    .orderBy('rule.id', 'ASC')
    .take(first + 1);
  if (after !== null) query.andWhere('rule.id > :after', { after });
  if (merchantId != null) query.andWhere('rule.merchantId = :merchantId', { merchantId });
  if (programmeId != null) query.andWhere('rule.programmeId = :programmeId', { programmeId });
  if (publishedFrom != null) {
    query.andWhere('rule.publishedAt >= :from', { from: publishedFrom.getTime() });
  }
  if (publishedUntil != null) {
    query.andWhere('rule.publishedAt < :until', { until: publishedUntil.getTime() });
  }
  return query.getMany();
}

async function reported(context: Context, rules: readonly RuleRow[]): Promise<ReportedRule[]> {
  const { loaders, database } = context;
  const merchantIds = [...new Set(rules.map(({ merchantId }) => merchantId))];
  const [merchants, programmes, ofMerchants, published, overrides, facts] = await Promise.all([
    loaders.merchantById.loadMany(rules.map(({ merchantId }) => merchantId)),
    loaders.programmeById.loadMany(rules.map(({ programmeId }) => programmeId)),
    loaders.programmesByMerchant.loadMany(merchantIds),
    publishedOf(database.reader, merchantIds),
    overridesOf(
      database.reader,
      rules.map(({ id }) => id),
    ),
    industryFactsOf(database.reader, merchantIds),
  ]);
  const all = ofMerchants.flatMap((one) => loaded(one));
  const units = all.map(({ unit }) => unit);
  const worths = await highestWorths(context, units, rules.flatMap(ownOf));
  return rules.map((rule, index) =>
    reportedRule({
      rule,
      merchant: loaded(merchants[index]),
      programme: loaded(programmes[index]),
      siblings: published.filter(({ programmeId }) => programmeId === rule.programmeId),
      programmes: all.filter(({ merchantId }) => merchantId === rule.merchantId),
      published: published.filter(({ merchantId }) => merchantId === rule.merchantId),
      overrides: overrides.filter(({ ruleId }) => ruleId === rule.id),
      facts: facts.filter(({ merchantId }) => merchantId === rule.merchantId),
      worths,
    }),
  );
}

/** A row of a batch; a batch that failed has thrown already or holds the error. */
function loaded<Row>(row: Row | Error | null | undefined): Row {
  if (row instanceof Error) throw row;
  return present(row ?? null);
}

const publishedOf = (reader: EntityManager, merchantIds: readonly string[]): Promise<RuleRow[]> =>
  reader
    .createQueryBuilder(Rule, 'rule')
    .where("rule.state = 'PUBLISHED' AND rule.merchantId IN (:...ids)", { ids: [...merchantIds] })
    .getMany();

type Judged = Readonly<{
  rule: RuleRow;
  merchant: MerchantRow;
  programme: ProgrammeRow;
  siblings: readonly RuleRow[];
  /** All programmes of the merchant, and what is published there. */
  programmes: readonly ProgrammeRow[];
  published: readonly RuleRow[];
  overrides: readonly OverrideRow[];
  facts: readonly IndustryFact[];
  worths: readonly UnitWorth[] | null;
}>;

function reportedRule({
  siblings,
  programmes,
  published,
  worths,
  facts,
  ...judged
}: Judged): ReportedRule {
  const { rule, merchant, programme, overrides } = judged;
  const publishedAt = present(rule.publishedAt);
  const effectiveAt = present(rule.effectiveAt);
  const subject = subjectOf({
    terms: rule.terms,
    programme,
    merchant,
    facts,
    worth: worthOf(worths, {
      ...{ unit: programme.unit, currency: merchant.currency, own: ownOf(rule) },
    }),
    beside: besides(siblings, rule.ruleKey, effectiveAt).map(({ terms }) => terms),
    elsewhere: elsewhereOf({ merchant, programmeId: programme.id, programmes }, published, {
      at: effectiveAt,
      worths,
    }),
    previous: versionChanged(siblings, rule, publishedAt)?.terms ?? null,
    publishedAt,
    effectiveAt,
  });
  const found = findingsOf(subject);
  const confirmed = overrides.filter(({ confirmedBy }) => confirmedBy !== null);
  return {
    ...judged,
    passed: passedBy(found),
    findings: settled(found, new Set(confirmed.map(({ checkId }) => checkId))),
    flags: flagsOf(subject),
  };
}

/** The other rules that are in force at an instant. */
export const besides = (
  siblings: readonly RuleRow[],
  ruleKey: string,
  at: Date,
): readonly RuleRow[] =>
  siblings.filter(
    (row) =>
      row.ruleKey !== ruleKey &&
      row.effectiveAt !== null &&
      row.effectiveAt <= at &&
      (row.endsAt === null || row.endsAt > at),
  );
