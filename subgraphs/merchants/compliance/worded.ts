import type { WordedFinding } from '../../../shared/graphql/law.ts';
import { sentence } from '../wording.ts';
import type { Finding } from './domain/finding.ts';
import { CHECKS } from './domain/findings-of.ts';

/** A finding with its sentences in both languages, for another subgraph that refuses by it. */
export function worded({ check, severity, field, parameters }: Finding): WordedFinding {
  const source = CHECKS.find(({ id }) => id === check)?.source ?? null;
  return {
    check,
    severity,
    field,
    messageZh: sentence(check, 'zh-CN', parameters),
    messageEn: sentence(check, 'en', parameters),
    alternativeZh: sentence(`${check}_ALTERNATIVE`, 'zh-CN', parameters),
    alternativeEn: sentence(`${check}_ALTERNATIVE`, 'en', parameters),
    sourceZh: source === null ? null : sentence(source, 'zh-CN', {}),
    sourceEn: source === null ? null : sentence(source, 'en', {}),
  };
}
