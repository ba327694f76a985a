import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isId } from '../../../shared/identifiers.ts';
import { isDateFormat } from './date-format.ts';
import { Unusable } from './unusable.ts';

const column = z.string().min(1);
const whole = z.number().int().min(1);

const industries = [
  'SUPERMARKET',
  'JEWELLERY',
  'MOTHER_AND_BABY',
  'CLOTHING',
  'TELECOM',
  'HOTEL',
  'PET',
  'SCENIC_SPOT',
  'AIRLINE',
  'RAIL',
  'BANK',
  'RESTAURANT',
  'RETAIL',
] as const;

export const documentKinds = [
  'CREDIT_CERTIFICATE',
  'THIRD_PARTY_ASSESSMENT',
  'FILING',
  'OPERATING_LICENCE',
] as const;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'such as 2026-01-31');

/** What a merchant that is made has shown as an issuer (S54). */
const document = z.strictObject({
  kind: z.enum(documentKinds),
  number: z.string().min(1).max(64),
  issuingBody: z.string().min(1).max(200),
  issuedOn: day,
  expiresOn: day,
});

export type MappedDocument = z.infer<typeof document>;

/** Who sold. A merchant with an id is there; one with a name is made when no merchant has the name. */
const merchant = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({
    name: z.union([
      z.string().min(1).max(100),
      z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(100) }),
    ]),
    industry: z.enum(industries).default('RETAIL'),
    /** What it owes for `points` of its points redeemed elsewhere: so many fen. */
    price: z.strictObject({ fen: whole, points: whole }).default({ fen: 80, points: 100 }),
    /** So many alliance points for so much money, in the smallest unit of the file's currency. */
    earn: z.strictObject({ points: whole, minor: whole }).default({ points: 1, minor: 100 }),
    expiryMonths: whole.max(1200).nullable().default(24),
    /** How it sells; left out: in stores and online. */
    channels: z.array(column.max(64)).min(1).max(50).optional(),
    /** Left out: whoever imports declares them, until the end of the next year. */
    documents: z.array(document).max(20).optional(),
  }),
]);

const columns = z.strictObject({
  customer: column,
  /** Null: the file has none, and the ordinal of the row is taken. */
  orderNumber: column.nullable(),
  date: z.strictObject({
    column,
    format: z
      .string()
      .refine(isDateFormat, 'yyyy, MM, dd, HH, mm, ss, M, d, H, or iso')
      .default('iso'),
    offset: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/, 'such as +08:00')
      .default('+08:00'),
  }),
  /** Left out: one piece. */
  quantity: column.optional(),
  /** For one piece … */
  unitPrice: column.optional(),
  /** … or for the whole row. */
  amount: column.optional(),
  sku: column.optional(),
  description: column.optional(),
  category: column.optional(),
  certificateNumber: column.optional(),
  /** Where and how an order was made: the same in all rows of an order. */
  store: column.optional(),
  channel: column.optional(),
  region: column.optional(),
  paymentInstrument: column.optional(),
});

/** Columns without which a row still says who bought what for how much. */
const optionalColumn = z.enum([
  'sku',
  'description',
  'category',
  'certificateNumber',
  'store',
  'channel',
  'region',
  'paymentInstrument',
]);

const schema = z
  .strictObject({
    merchant: merchant.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'such as CNY')
      .default('CNY'),
    /** How many decimals an amount has at most. */
    decimals: z.number().int().min(0).max(4).default(2),
    format: z.enum(['csv', 'jsonl', 'whitespace']).default('csv'),
    delimiter: z.string().length(1).default(','),
    encoding: z.enum(['utf-8', 'gb18030', 'windows-1252', 'utf-16le']).default('utf-8'),
    /** The names of the columns, for a file without a line that names them. */
    header: z.array(column).min(1).optional(),
    columns,
    /** Which of the columns a file may lack: nothing is known of them then. */
    optionalColumns: z.array(optionalColumn).default([]),
    /** Put before each order number, so that files numbered by row do not meet. */
    orderNumberPrefix: z.string().max(32).default(''),
    /** Rows whose order number begins so take back what was bought before. */
    cancelled: z
      .strictObject({ column: z.literal('orderNumber'), prefix: z.string().min(1) })
      .optional(),
  })
  .refine(
    ({ columns: { unitPrice, amount } }) => (unitPrice === undefined) !== (amount === undefined),
    {
      path: ['columns'],
      message: 'name either unitPrice or amount',
    },
  )
  .refine(({ format, header }) => format !== 'whitespace' || header !== undefined, {
    path: ['header'],
    message: 'a file of columns apart by blanks needs the names of its columns',
  })
  .refine(
    ({ cancelled, columns: { orderNumber, sku } }) =>
      cancelled === undefined || (orderNumber !== null && sku !== undefined),
    { path: ['cancelled'], message: 'needs the columns orderNumber and sku' },
  );

/** How the columns of a file are to be understood. */
export type Mapping = z.infer<typeof schema>;
export type MappedMerchant = NonNullable<Mapping['merchant']>;

/** A mapping for another merchant: `text` is its id, or a name. */
export function withMerchant(mapping: Mapping, text: string): Mapping {
  if (isId(text)) return { ...mapping, merchant: { id: text } };
  const terms =
    mapping.merchant !== undefined && 'name' in mapping.merchant ? mapping.merchant : {};
  const { data } = merchant.safeParse({ ...terms, name: text });
  if (data === undefined) throw new Unusable('MERCHANT_NEEDED', { file: text });
  return { ...mapping, merchant: data };
}

/** The names of the columns that a file must have for a mapping, each once. */
export function columnsOf({ columns: { date, ...others }, optionalColumns }: Mapping): string[] {
  const optional: readonly string[] = optionalColumns;
  const names = Object.entries(others)
    .filter(([column]) => !optional.includes(column))
    .flatMap(([, name]) => name ?? []);
  return [...new Set([...names, date.column])];
}

const SHIPPED = ['plain', 'online-retail', 'cdnow', 'plain-zh'] as const;

/** The mappings that come with the program, by name. */
export const shippedMappings: ReadonlyMap<string, Mapping> = new Map(
  SHIPPED.map((name) => [name, readMapping(join(import.meta.dirname, 'mappings', `${name}.json`))]),
);

/** A mapping by the name of a shipped one or by its path. Throws Unusable. */
export function mappingFrom(nameOrPath: string): Mapping {
  return shippedMappings.get(nameOrPath) ?? readMapping(nameOrPath);
}

/** What the plain mappings can do without when nobody asked for them by name. */
const DISPENSABLE = ['quantity', 'sku', 'description'] as const;

/** The shipped mapping for a heading, or null. Of the plain ones some columns may be missing. */
export function mappingFor(header: readonly string[]): Mapping | null {
  const fits = (mapping: Mapping): boolean =>
    mapping.header === undefined && columnsOf(mapping).every((name) => header.includes(name));
  const plain = ['plain', 'plain-zh'].map((name) => withoutMissing(mappingFrom(name), header));
  return [...shippedMappings.values(), ...plain].find(fits) ?? null;
}

function withoutMissing(mapping: Mapping, header: readonly string[]): Mapping {
  const columns = { ...mapping.columns };
  for (const name of DISPENSABLE) if (!header.includes(columns[name] ?? '')) delete columns[name];
  return { ...mapping, columns };
}

function readMapping(file: string): Mapping {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Unusable('MAPPING_NOT_FOUND', { file, names: SHIPPED.join(', ') });
  }
  return parseMapping(text, file);
}

/** Reads the text of a mapping file. Throws Unusable, which names each field at fault. */
export function parseMapping(text: string, file: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new Unusable('MAPPING_NOT_USABLE', { file, detail });
  }
  const { data, error } = schema.safeParse(json);
  if (data !== undefined) return data;
  const detail = error.issues
    .map(({ path, message }) => `${path.join('.') || 'mapping'}: ${message}`)
    .join('; ');
  throw new Unusable('MAPPING_NOT_USABLE', { file, detail });
}
