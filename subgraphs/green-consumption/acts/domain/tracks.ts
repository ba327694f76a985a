/*
 * A trip is kept as distance and mode, never as where somebody was: tracks are sensitive (R20; PIPL 28, 29). What
 * looks like coordinates is refused, also where it is none: an evidence number can be written without them.
 */

const NUMBER = String.raw`[+-]?\d{1,3}`;
const PATTERNS: readonly RegExp[] = [
  // 121.473701: no number of an order or a ride has four decimals.
  /\d\.\d{4,}/,
  // 31.23,121.47 and "31.23 121.47"
  new RegExp(String.raw`${NUMBER}\.\d{2,}[\s,;/|]+${NUMBER}\.\d{2,}`),
  // 31.230-121.473, x31.23y121.47, 31,23;121,47: two numbers with decimals, whatever is between them
  /\d\.\d+\D+\d+\.\d/,
  /\d,\d{2,}[^\d,]+\d+,\d{2,}/,
  // 31°13'49"N
  /\d\s*°\s*\d/,
  /\d\s*°\s*[NSEW北南东西]/i,
  /[NSEW北南东西]\s*\d{1,3}\.\d{2,}/i,
  // 31 13 49 N, N31d13m49, 31:13:49/121:28:25
  /\d{1,3}\s+\d{1,2}\s+\d{1,2}(?:\.\d+)?\s*[NSEW北南东西]/i,
  /[NSEW]?\d{1,3}d\d{1,2}m\d/i,
  /\d{1,3}:\d{2}:\d{2}(?:\.\d+)?[NSEW]?[\s,;/|]+\d{1,3}:\d{2}:\d{2}/i,
  /\b(?:lat|lon|lng|latitude|longitude)\b[\s=:"]+[+-]?\d/i,
  /(?:lat|lon|lng|latitude|longitude)[\s=:"_]*[+-]?\d{1,3}\.\d/i,
  /[经纬]度/,
  /\bgeo:/i,
  /\b(?:LINESTRING|MULTILINESTRING|POINT|POLYGON|MULTIPOINT)\s*Z?M?\s*\(/i,
  /"?coordinates"?\s*:/i,
  /<\s*(?:trk|trkseg|trkpt|wpt|rtept|gpx|kml)\b/i,
  /\$G[PNL](?:GGA|RMC|GLL)/i,
  // 31_23,121_47
  /\d{1,3}_\d{2,}[\s,;|]+\d{1,3}_\d{2,}/,
  // An encoded way, as maps draw it: _p~iF~ps|U_ulLnnqC
  /(?=[?-~]*[`{|}~^\\][?-~]*[`{|}~^\\])[?-~]{8,}/,
  // Open location codes: 8Q336FW7+XX.
  /\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b/,
];

/** The digit of another script as one of ours: each has its ten in a row, from a place that ends in 0 or 6. */
const digitOf = (sign: string): string => {
  const place = sign.codePointAt(0) ?? 0;
  const zero = [...Array(10).keys()].find(
    (back) => !/\p{Nd}/u.test(String.fromCodePoint(place - back - 1)),
  );
  return String(zero ?? 0);
};

/** Whether a text holds coordinates, or a track. */
export function holdsTrack(text: string): boolean {
  // Full-width digits and signs are the same to whoever reads them.
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[º˚]/g, '°')
    .replaceAll(/[·٫⋅]/g, '.')
    .replaceAll(/(?![0-9])\p{Nd}/gu, digitOf);
  return PATTERNS.some((pattern) => pattern.test(plain));
}
