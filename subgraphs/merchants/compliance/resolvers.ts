import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import { loopOfReport } from '../figures/resolvers.ts';
import { present } from '../present.ts';
import { ruleVersionOf } from '../rules/entities/rule.ts';
import type { CheckTextsInput, Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { confirmOverride, overrideFinding } from './commands/override-finding.ts';
import { complaintMutations, complaintQueries, complaintTypes } from './complaint-resolvers.ts';
import type { Finding } from './domain/finding.ts';
import { areBlocking, CHECKS, findingsOfTexts, passedBy } from './domain/findings-of.ts';
import { checkRule } from './queries/check-rule.ts';
import { overdueComplaints } from './queries/complaints.ts';
import { largeOrders } from './queries/large-orders.ts';
import { complianceReport, REPORTED_MAX } from './queries/report.ts';
import { rewardFindings } from './queries/reward-findings.ts';
import { reportCsv } from './report-csv.ts';
import { worded } from './worded.ts';

const checkById = new Map(CHECKS.map((check) => [check.id, check]));

const TEXTS_MAX = 50;
const TEXT_MAX = 10_000;

export const complianceQueries = {
  ...complaintQueries,
  complianceChecks: () => [...CHECKS],
  checkTexts: (_, { input }) => checkedTexts(input),
  checkAccrualRule: (_, { input }, context) => checkRule(context, input),
  complianceReport: (_, { filter, first, after = null }, context) => {
    if (first < 1 || first > REPORTED_MAX) {
      throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max: REPORTED_MAX });
    }
    return complianceReport(context, { filter, first, after });
  },
  complianceOfReward: (_, { input }, context) => rewardFindings(context, input),
  complianceOfTexts: (_, { input }) => checkedTexts(input).map(worded),
} satisfies Resolvers['Query'];

export const complianceMutations = {
  ...complaintMutations,
  overrideFinding: (_, { input }, { run }) => run(overrideFinding, input),
  confirmOverride: (_, { input }, { run }) => run(confirmOverride, input),
} satisfies Resolvers['Mutation'];

const overrideOf = async (
  { overrideId }: Readonly<{ overrideId: string }>,
  _: unknown,
  { loaders }: Context,
) => present(await loaders.overrideById.load(overrideId));

const sourceOf = (check: string): string | null => checkById.get(check)?.source ?? null;

export const complianceTypes = {
  ...complaintTypes,
  LawFinding: {
    message: ({ check, parameters }, _, { locale }) => sentence(check, locale, parameters),
    source: ({ check }, _, { locale }) => {
      const source = sourceOf(check);
      return source === null ? null : sentence(source, locale, {});
    },
    alternative: ({ check, parameters }, _, { locale }) =>
      sentence(`${check}_ALTERNATIVE`, locale, parameters),
  },
  NotLawful: {
    findings: ({ findings }) => [...findings],
  },
  AccrualRuleChecked: {
    isLawful: ({ findings }) => !areBlocking(findings),
    findings: ({ findings }) => [...findings],
    checksPassed: ({ findings }) => passedBy(findings),
  },
  ComplianceCheck: {
    rows: ({ rows }) => [...rows],
    looksAt: ({ id }, _, { locale }) => sentence(`${id}_LOOKS_AT`, locale, {}),
    source: ({ source }, _, { locale }) => (source === null ? null : sentence(source, locale, {})),
    // Without a finding there are no figures to name.
    alternative: ({ id }, _, { locale }) => sentence(`${id}_ALTERNATIVE`, locale, PLACEHOLDERS),
    mayBeOverridden: ({ override }) => override !== null,
  },
  ComplianceReport: {
    ...loopOfReport,
    rules: ({ rules }) => [...rules],
    csv: (report, _, { locale }) => reportCsv(report, locale),
    largeOrders: ({ filter }, _, { database }) =>
      largeOrders(database.reader, filter.merchantId ?? null),
    overdueComplaints: ({ filter, at }, _, { database }) =>
      overdueComplaints(database.reader, filter.merchantId ?? null, at),
  },
  ReportedRule: {
    ruleId: ({ rule }) => rule.id,
    ruleVersion: ({ rule }) => ruleVersionOf(rule),
    title: ({ rule: { terms } }, _, { locale }) =>
      locale === 'zh-CN' ? terms.title.zh : terms.title.en,
    trigger: ({ rule }) => rule.terms.trigger,
    draftedBy: ({ rule }) => rule.draftedBy,
    draftedAt: ({ rule }) => rule.draftedAt,
    reviewedBy: ({ rule }) => rule.reviewedBy,
    reviewedAt: ({ rule }) => rule.reviewedAt,
    publishedBy: ({ rule }) => rule.publishedBy,
    publishedAt: ({ rule }) => rule.publishedAt,
    effectiveAt: ({ rule }) => rule.effectiveAt,
    endsAt: ({ rule }) => rule.endsAt,
    checksPassed: ({ passed }) => [...passed],
    findings: ({ findings }) => [...findings],
    overrides: ({ overrides }) => [...overrides],
    flags: ({ flags }) => [...flags],
    complaints: ({ rule }) => rule.terms.notice.complaints,
  },
  FindingOverride: {
    check: ({ checkId }) => checkId,
  },
  OverrideProposed: { override: overrideOf },
  OverrideConfirmed: { override: overrideOf },
} satisfies Partial<Resolvers>;

/** What stands in a sentence for the figures that only a finding has. */
const PLACEHOLDERS = { effective: '…', earliest: '…', event: '…', least: '…', min: 7 };

function checkedTexts({ texts, about }: CheckTextsInput): Finding[] {
  if (texts.length > TEXTS_MAX) {
    throw fault('BAD_USER_INPUT', 'TOO_MANY_TEXTS', { field: 'texts', max: TEXTS_MAX });
  }
  const long = texts.findIndex(({ text }) => text.length > TEXT_MAX);
  if (long >= 0) {
    const field = `texts.${long}.text`;
    throw fault('BAD_USER_INPUT', 'TEXT_NOT_USABLE', { field, max: TEXT_MAX });
  }
  return findingsOfTexts(texts, { about: about ?? 'POINTS' });
}
