import type { Finding } from './finding.ts';

/** What is left of findings when some checks were set aside: these only tell. */
export const settled = (findings: readonly Finding[], overridden: ReadonlySet<string>): Finding[] =>
  findings.map((finding) =>
    overridden.has(finding.check) ? { ...finding, severity: 'ADVISES' } : finding,
  );
