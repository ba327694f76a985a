/** What a certificate says, each line in the language in which it is read. */
export type Certificate = Readonly<{ title: string; lines: readonly string[]; note: string }>;

const WIDTH = 800;
const LINE_HEIGHT = 44;
const TOP = 170;
/** A line of more signs would leave the picture; Chinese ones are twice as wide. */
const WIDTH_MAX = 62;

/** A certificate as an SVG picture, to be shown or printed. Long lines are broken; nothing in it is taken for markup. */
export function certificatePicture({ title, lines, note }: Certificate): string {
  const broken = lines.flatMap((line) => brokenLines(line));
  const notes = brokenLines(note);
  const noteTop = TOP + broken.length * LINE_HEIGHT + 30;
  const height = noteTop + notes.length * 30 + 50;
  const text = (y: number, size: number, content: string, more = '') =>
    `<text x="${WIDTH / 2}" y="${y}" font-size="${size}" text-anchor="middle"${more}>${escaped(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="0" y="0" width="${WIDTH}" height="${height}" fill="#fffdf5"/>`,
    `<rect x="20" y="20" width="${WIDTH - 40}" height="${height - 40}" fill="none" stroke="#8a6d3b" stroke-width="3"/>`,
    text(100, 40, title, ' fill="#8a6d3b"'),
    ...broken.map((line, index) => text(TOP + index * LINE_HEIGHT, 22, line)),
    ...notes.map((line, index) => text(noteTop + index * 30, 15, line, ' fill="#666666"')),
    '</svg>',
  ].join('\n');
}

function brokenLines(line: string): string[] {
  const lines = [''];
  let width = 0;
  for (const sign of line) {
    const wide = (sign.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1;
    if (width + wide > WIDTH_MAX) {
      lines.push('');
      width = 0;
    }
    lines[lines.length - 1] += sign;
    width += wide;
  }
  return lines;
}

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Signs that XML does not allow at all are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter(
      (sign) =>
        sign >= ' ' && sign !== '\ufffe' && sign !== '\uffff' && !/^[\ud800-\udfff]$/.test(sign),
    )
    .map((sign) => NAMES[sign] ?? sign)
    .join('');
