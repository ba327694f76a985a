import type { Phrases, Section } from './phrases.ts';

/** What a rule says under each heading. */
export type Parts = Readonly<Record<Section, readonly string[]>>;

export type Chapter = Readonly<{
  heading: string | null;
  parts: Parts;
  sections: readonly Section[];
}>;

/** Markdown that is read as plain text too. A heading without anything to say is left out. */
export function document(
  title: string,
  say: Phrases,
  summary: readonly string[],
  chapters: readonly Chapter[],
): string {
  const lines = [`# ${title}`, '', `## ${say.headings.summary}`, '', ...bullets(summary, '**')];
  for (const { heading, parts, sections } of chapters) {
    if (heading !== null) lines.push('', `## ${heading}`);
    const level = heading === null ? '##' : '###';
    for (const section of sections) {
      const said = parts[section];
      if (said.length > 0)
        lines.push('', `${level} ${say.headings[section]}`, '', ...bullets(said));
    }
  }
  return `${lines.join('\n')}\n`;
}

const bullets = (sentences: readonly string[], mark = ''): string[] =>
  sentences.map((sentence) => `- ${mark}${sentence.replaceAll(/\s*\n\s*/g, ' ')}${mark}`);
