/** What proves an act. */
export type EvidenceKind =
  /** A ride, as the operator of the line or of the bicycles has recorded it. */
  | 'RIDE'
  /** What was covered in a day, as a device or a map has measured it: the sum alone, never the way. */
  | 'DAY_TOTAL'
  /** A charge, as the operator of the station has recorded it. */
  | 'CHARGING_SESSION'
  /** A retired green electricity certificate (绿证), the only proof of its attribute: 1 is for 1000 kWh. */
  | 'RETIRED_CERTIFICATE'
  /** An order, by its number with the merchant. */
  | 'ORDER'
  /** The receipt of who took something over to use or dismantle it. */
  | 'RECEIPT'
  /** That a member took part in a project, as its organiser says. */
  | 'PARTICIPATION';

/** How much of a behaviour counts in a day or in a month, and why so much. */
export type Cap = Readonly<{
  period: 'DAY' | 'MONTH';
  /** Acts, or thousandths of the factor's unit. */
  measure: 'ACTS' | 'ACTIVITY';
  most: number;
  source: string;
}>;

/** What an act of a behaviour has to be like. Thousandths are of the unit of its factor. */
export type Behaviour = Readonly<{
  /** The code of its factor. */
  code: string;
  /** Behaviours of one group are the same deed, counted in another way: they share claims, and caps on acts. */
  group: string;
  evidence: EvidenceKind;
  /** Only whole units are done: nobody forgoes half a cup. */
  isWhole: boolean;
  /** What one act, and all acts of a day, can come to. More is not believed. */
  mostPerActMilli: number;
  mostPerDayMilli: number;
  caps: readonly Cap[];
}>;

const OWN = 'Decision of this project: no published number was found; on the low side.';

const perDay = (measure: Cap['measure'], most: number, source = OWN): Cap => ({
  period: 'DAY',
  measure,
  most,
  source,
});
const perMonth = (measure: Cap['measure'], most: number, source = OWN): Cap => ({
  period: 'MONTH',
  measure,
  most,
  source,
});

const ANT_METRO = 'Ant Forest, public table of green energy: metro, at most 5 a day.';
const ANT_INVOICE = 'Ant Forest, public table of green energy: e-invoice, at most 5 a day.';
const ANT_WALK =
  'Ant Forest, public table of green energy: walking, at most 296 g a day; 5.92 km at 50 g for a km.';
const ONE_CERTIFICATE = '1 green electricity certificate is 1000 kWh (发改能源〔2023〕1044号).';

/** The behaviours that may be recorded as acts. Which of them save grams is said by the factors in force. */
export const behaviours: readonly Behaviour[] = [
  {
    code: 'METRO_KM',
    group: 'METRO',
    evidence: 'RIDE',
    isWhole: false,
    mostPerActMilli: 200_000,
    mostPerDayMilli: 400_000,
    caps: [perDay('ACTS', 5, ANT_METRO)],
  },
  {
    code: 'METRO_TRIP',
    group: 'METRO',
    evidence: 'RIDE',
    isWhole: true,
    mostPerActMilli: 1_000,
    mostPerDayMilli: 20_000,
    caps: [perDay('ACTS', 5, ANT_METRO)],
  },
  {
    code: 'BUS_KM',
    group: 'BUS_KM',
    evidence: 'RIDE',
    isWhole: false,
    mostPerActMilli: 150_000,
    mostPerDayMilli: 300_000,
    caps: [perDay('ACTS', 5)],
  },
  {
    code: 'BIKE_KM',
    group: 'BIKE_KM',
    evidence: 'RIDE',
    isWhole: false,
    mostPerActMilli: 100_000,
    mostPerDayMilli: 200_000,
    caps: [perDay('ACTIVITY', 20_000), perDay('ACTS', 10)],
  },
  {
    code: 'WALK_KM',
    group: 'WALK_KM',
    evidence: 'DAY_TOTAL',
    isWhole: false,
    mostPerActMilli: 100_000,
    mostPerDayMilli: 100_000,
    caps: [perDay('ACTIVITY', 5_920, ANT_WALK)],
  },
  {
    code: 'EV_KWH',
    group: 'EV_KWH',
    evidence: 'CHARGING_SESSION',
    isWhole: false,
    mostPerActMilli: 200_000,
    mostPerDayMilli: 400_000,
    caps: [perMonth('ACTIVITY', 400_000), perDay('ACTS', 5)],
  },
  {
    code: 'GREEN_KWH',
    group: 'GREEN_KWH',
    evidence: 'RETIRED_CERTIFICATE',
    isWhole: false,
    mostPerActMilli: 1_000_000,
    mostPerDayMilli: 10_000_000,
    caps: [perMonth('ACTIVITY', 1_000_000, ONE_CERTIFICATE)],
  },
  {
    code: 'NO_CUTLERY',
    group: 'NO_CUTLERY',
    evidence: 'ORDER',
    isWhole: true,
    mostPerActMilli: 1_000,
    mostPerDayMilli: 50_000,
    caps: [perDay('ACTS', 5)],
  },
  {
    code: 'HOTEL_NODISP',
    group: 'HOTEL_NODISP',
    evidence: 'ORDER',
    isWhole: true,
    mostPerActMilli: 1_000,
    mostPerDayMilli: 10_000,
    caps: [perDay('ACTS', 1)],
  },
  {
    code: 'OWN_CUP',
    group: 'OWN_CUP',
    evidence: 'ORDER',
    isWhole: true,
    mostPerActMilli: 20_000,
    mostPerDayMilli: 50_000,
    caps: [perDay('ACTIVITY', 5_000), perDay('ACTS', 5)],
  },
  {
    code: 'E_INVOICE',
    group: 'E_INVOICE',
    evidence: 'ORDER',
    isWhole: true,
    mostPerActMilli: 1_000,
    mostPerDayMilli: 100_000,
    caps: [perDay('ACTS', 5, ANT_INVOICE)],
  },
  {
    code: 'BOX_REUSE',
    group: 'BOX_REUSE',
    evidence: 'RECEIPT',
    isWhole: true,
    mostPerActMilli: 100_000,
    mostPerDayMilli: 200_000,
    caps: [perDay('ACTIVITY', 10_000), perDay('ACTS', 10)],
  },
  {
    code: 'CLOTHES_KG',
    group: 'CLOTHES_KG',
    evidence: 'RECEIPT',
    isWhole: false,
    mostPerActMilli: 200_000,
    mostPerDayMilli: 200_000,
    caps: [perMonth('ACTIVITY', 50_000), perDay('ACTS', 5)],
  },
  {
    code: 'PHONE_REUSE',
    group: 'PHONE_REUSE',
    evidence: 'RECEIPT',
    isWhole: true,
    mostPerActMilli: 10_000,
    mostPerDayMilli: 10_000,
    caps: [perMonth('ACTIVITY', 2_000)],
  },
  {
    code: 'EWASTE_KG',
    group: 'EWASTE_KG',
    evidence: 'RECEIPT',
    isWhole: false,
    mostPerActMilli: 500_000,
    mostPerDayMilli: 500_000,
    caps: [perMonth('ACTIVITY', 300_000), perDay('ACTS', 5)],
  },
  {
    code: 'PAPER_KG',
    group: 'PAPER_KG',
    evidence: 'RECEIPT',
    isWhole: false,
    mostPerActMilli: 500_000,
    mostPerDayMilli: 500_000,
    caps: [perMonth('ACTIVITY', 50_000), perDay('ACTS', 5)],
  },
];

const byCode = new Map(behaviours.map((one) => [one.code, one]));

export const behaviourOf = (code: string): Behaviour | null => byCode.get(code) ?? null;

/** The deed that a behaviour counts. */
export const groupOf = (code: string): string => byCode.get(code)?.group ?? code;

/** Whether an order proves it, so that its lines may name it. A ride, a charge or a receipt is evidence of its own. */
export const isProvenByOrder = (code: string): boolean => byCode.get(code)?.evidence === 'ORDER';

/** How many pieces of a certified product or reward are believed of one line: as much as of all acts of a day. */
export function believedOf(
  code: string,
  { activityMilli, pieces }: Readonly<{ activityMilli: number; pieces: number }>,
) {
  const most = byCode.get(code)?.mostPerDayMilli ?? Number.MAX_SAFE_INTEGER;
  return Math.min(pieces, Math.floor(most / activityMilli));
}

/** So many pieces of one order count at most: what is believed of an act, and its caps let through in a day. */
export function mostOfOrder(code: string): number {
  const { mostPerActMilli, caps } = byCode.get(code) ?? { mostPerActMilli: 0, caps: [] };
  const perDay = caps.filter(({ period, measure }) => period === 'DAY' && measure === 'ACTIVITY');
  return Math.floor(Math.min(mostPerActMilli, ...perDay.map(({ most }) => most)) / 1_000);
}
