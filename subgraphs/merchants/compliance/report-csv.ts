import { csvOf } from '../../../shared/csv.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { ruleVersionOf } from '../rules/entities/rule.ts';
import { sentence } from '../wording.ts';
import type { ComplianceReport, ReportedRule } from './queries/report.ts';

const HEAD = [
  'merchant_id',
  'merchant',
  'industry',
  'programme_id',
  'rule_version',
  'title',
  'trigger',
  'drafted_by',
  'drafted_at',
  'reviewed_by',
  'reviewed_at',
  'published_by',
  'published_at',
  'effective_at',
  'ends_at',
  'checks_passed',
  'blocking_findings',
  'advice',
  'overrides',
  'flags',
  'complaints_to',
];

/** A page of the report as CSV, a row for a version of a rule. Instants are in ISO 8601, UTC. */
export const reportCsv = ({ rules }: ComplianceReport, locale: Locale): string =>
  csvOf([HEAD, ...rules.map((reported) => rowOf(reported, locale))]);

function rowOf(reported: ReportedRule, locale: Locale): (string | null)[] {
  const { rule, merchant, findings, overrides } = reported;
  const isChinese = locale === 'zh-CN';
  const told = (severity: 'BLOCKS' | 'ADVISES') =>
    findings
      .filter((finding) => finding.severity === severity)
      .map(
        ({ check, field, parameters }) =>
          `${check} ${field}: ${sentence(check, locale, parameters)}`,
      )
      .join('\n');
  return [
    merchant.id,
    isChinese ? merchant.nameZh : merchant.nameEn,
    merchant.industry,
    rule.programmeId,
    ruleVersionOf(rule),
    isChinese ? rule.terms.title.zh : rule.terms.title.en,
    rule.terms.trigger,
    rule.draftedBy,
    timeOf(rule.draftedAt),
    rule.reviewedBy,
    timeOf(rule.reviewedAt),
    rule.publishedBy,
    timeOf(rule.publishedAt),
    timeOf(rule.effectiveAt),
    timeOf(rule.endsAt),
    reported.passed.join(' '),
    told('BLOCKS'),
    told('ADVISES'),
    overrides
      .map((row) => `${row.checkId} ${row.proposedBy} ${row.confirmedBy ?? '-'}: ${row.reason}`)
      .join('\n'),
    reported.flags.join(' '),
    rule.terms.notice.complaints,
  ];
}

const timeOf = (instant: Date | null): string | null => instant?.toISOString() ?? null;
