/** Reads dates of one format; null for a text that is no such date. */
export type ReadDate = (text: string) => Date | null;

const PARTS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  dd: '(?<day>\\d{2})',
  HH: '(?<hour>\\d{2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  M: '(?<month>\\d{1,2})',
  d: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
};

/** Whether a format names year, month and day, each once, and nothing that is not known. */
export function isDateFormat(format: string): boolean {
  if (format === 'iso') return true;
  const parts = [...format.matchAll(/[A-Za-z]+/g)].flatMap(([word]) => splitWord(word));
  const kinds = parts.map((part) => part.at(0));
  return (
    parts.every((part) => part in PARTS) &&
    new Set(parts.map((part) => PARTS[part])).size === parts.length &&
    kinds.filter((kind) => kind === 'y').length === 1 &&
    kinds.filter((kind) => kind === 'M').length === 1 &&
    kinds.filter((kind) => kind === 'd').length === 1
  );
}

/** `yyyyMMdd` as its parts: runs of the same letter. */
const splitWord = (word: string): string[] => word.match(/(.)\1*/g) ?? [];

/**
 * A reader of dates such as `yyyy-MM-dd HH:mm:ss`, `M/d/yyyy H:mm`, `yyyyMMdd`, or `iso` (RFC 3339, or
 * a day alone). `offset` such as `+08:00` is the zone of texts that do not name one.
 */
export function dateReader(format: string, offset: string): ReadDate {
  if (format === 'iso') return (text) => readIso(text.trim(), offset);
  const pattern = format.replaceAll(/([A-Za-z])\1*|[^A-Za-z]/g, (part) =>
    part in PARTS ? (PARTS[part] ?? '') : part.replace(/[.*+?^${}()|[\]\\/]/, '\\$&'),
  );
  const matcher = new RegExp(`^${pattern}$`);
  return (text) => {
    const parts = matcher.exec(text.trim())?.groups;
    if (parts === undefined) return null;
    const two = (value: string | undefined, other: string) => (value ?? other).padStart(2, '0');
    const day = `${parts.year}-${two(parts.month, '01')}-${two(parts.day, '01')}`;
    const time = [parts.hour, parts.minute, parts.second].map((part) => two(part, '00')).join(':');
    return existing(`${day}T${time}${offset}`);
  };
}

function readIso(text: string, offset: string): Date | null {
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text,
    );
  if (parts === null) return null;
  const [, day, time = '00:00:00', zone = offset] = parts;
  return existing(`${day}T${time.length === 5 ? `${time}:00` : time}${zone}`);
}

/** An instant of which every part exists: 30 February is not 2 March. */
function existing(iso: string): Date | null {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return null;
  const day = iso.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? instant : null;
}
