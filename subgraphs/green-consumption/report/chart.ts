import type { EChartsOption } from 'echarts';

/** What a chart shows: bars in kilograms of CO2e, in the order in which they are read. */
export type Bars = Readonly<{
  /** What stands above it, line by line; what is too long for one is cut. */
  heads: readonly string[];
  subtitle: string;
  /** At the foot, up to three lines, such as the code of the report. */
  foot: string;
  unit: string;
  bars: readonly Readonly<{ name: string; grams: number }>[];
  /** Long names stand better beside bars that lie. */
  isLying: boolean;
  locale: string;
}>;

const WIDTH = 900;
const INK = '#1b3a2b';
const GREEN = '#2e8b57';
const CHINESE = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif";
/** Chinese fonts set quotation marks and apostrophes as wide as a sign. */
const LATIN = `'Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',${CHINESE}`;
/** More would not be legible: behaviours that save least are in the figures alone, months are put together by years. */
export const BARS_MAX = 24;
/** A line of what stands above it. */
const HEAD_HEIGHT = 34;
/** The numbers of more bars that stand side by side would run into each other. */
const UPRIGHT_MAX = 10;

/**
 * A picture as SVG that loads nothing. Everything in it is text or shapes: names are escaped by the renderer. The library
 * is loaded with the first picture: it would make every start longer.
 */
export async function barChart({
  heads,
  subtitle,
  foot,
  unit,
  bars,
  isLying,
  locale,
}: Bars): Promise<string> {
  const shown = isLying ? bars.slice(0, BARS_MAX).toReversed() : bars;
  const isCrowded = !isLying && shown.length > UPRIGHT_MAX;
  const more = (heads.length - 1) * HEAD_HEIGHT;
  const height = more + heightOf(shown.length, { isLying, isCrowded });
  const font = locale === 'en' ? LATIN : CHINESE;
  const amount = new Intl.NumberFormat(locale, {
    // Every gram: five of them are not nothing.
    maximumFractionDigits: 3,
  });
  const axes = axesOf({ names: shown.map(({ name }) => name), unit, amount, isLying, isCrowded });
  const option: EChartsOption = {
    animation: false,
    backgroundColor: '#f7fbf8',
    textStyle: { fontFamily: font, color: INK },
    title: [
      {
        ...{ text: heads.map(cutOf).join('\n'), subtext: subtitle, left: 30, top: 20, itemGap: 12 },
        textStyle: { fontSize: 26, lineHeight: HEAD_HEIGHT, color: INK, fontFamily: font },
        subtextStyle: { fontSize: 16, color: INK, fontFamily: font },
      },
      {
        ...{ text: foot, left: 30, bottom: 12 },
        textStyle: {
          fontSize: 12,
          lineHeight: 18,
          fontWeight: 'normal',
          color: '#5b7265',
          fontFamily: font,
        },
      },
    ],
    grid: {
      left: isLying ? 320 : 90,
      right: 110,
      top: more + (isCrowded ? 190 : 130),
      bottom: isCrowded ? 140 : 100,
    },
    ...axes,
    series: [
      {
        type: 'bar',
        barMaxWidth: 28,
        itemStyle: { color: GREEN, borderRadius: 4 },
        data: shown.map(({ grams }) => grams / 1000),
        label: {
          ...{ show: true, position: isLying ? 'right' : 'top', color: INK, fontSize: 14 },
          ...(isCrowded && { rotate: 90, align: 'left', verticalAlign: 'middle', distance: 8 }),
          formatter: ({ value }) => amount.format(Number(value)),
        },
      },
    ],
  };
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(option);
    const label = escapeXml([...heads, subtitle].join(', '));
    return withoutLife(chart.renderToSVGString()).replace(
      '<svg ',
      () => `<svg role="img" aria-label="${label}" `,
    );
  } finally {
    chart.dispose();
  }
}

type Axes = Readonly<{
  names: string[];
  unit: string;
  amount: Intl.NumberFormat;
  isLying: boolean;
  isCrowded: boolean;
}>;

function axesOf({ names: given, unit, amount, isLying, isCrowded }: Axes) {
  const names = {
    type: 'category',
    data: given,
    axisTick: { show: false },
    axisLabel: {
      color: INK,
      fontSize: 15,
      ...(isLying && { width: 290, overflow: 'break' as const }),
      // Every bar has its name.
      ...(!isLying && { interval: 0 }),
      ...(isCrowded && { rotate: 60 }),
    },
  } as const;
  const values = {
    type: 'value',
    name: unit,
    // Beside the axis, where no number of a bar is.
    nameTextStyle: { color: INK, ...(!isLying && { align: 'right' as const }) },
    splitNumber: 4,
    axisLabel: { color: INK, formatter: (value: number) => amount.format(value) },
  } as const;
  return isLying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values };
}

/** So many signs of one width fit beside each other; Chinese ones are twice as wide. */
const SIGNS_MAX = 58;

function cutOf(line: string): string {
  let width = 0;
  const signs = [...line];
  const end = signs.findIndex((sign) => {
    width += /[\u1100-\uffff\p{Script=Han}]/u.test(sign) ? 2 : 1;
    return width > SIGNS_MAX;
  });
  return end < 0 ? line : `${signs.slice(0, end - 1).join('')}…`;
}

function heightOf(
  bars: number,
  { isLying, isCrowded }: Readonly<{ isLying: boolean; isCrowded: boolean }>,
): number {
  if (isLying) return 250 + bars * 44;
  return isCrowded ? 650 : 550;
}

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * Without what a picture in a browser would need to answer the mouse. Its names are counted through the process, so two
 * pictures of the same figures would differ by them. Texts hold no such attributes: their quotes are escaped.
 */
const withoutLife = (svg: string): string =>
  svg
    .replaceAll(/<style >.*?<\/style>\s*/gs, '')
    .replaceAll(/ (?:class="zr[\w-]*"|ecmeta_\w+="\w*")/g, '');
