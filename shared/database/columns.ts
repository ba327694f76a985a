import type { EntitySchemaColumnOptions } from 'typeorm';
import { toSafeInteger } from '../quantities.ts';

/**
 * How our kinds of values are stored, the same on SQLite and on MySQL. Integers come back as safe
 * integers from both; an instant is whole milliseconds since 1970, so no zone or precision is lost.
 */
const integerCodec = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : toSafeInteger(value)),
};

const instantCodec = {
  to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
  from: (value: unknown) =>
    value === null || value === undefined ? value : new Date(toSafeInteger(value)),
};

const booleanCodec = {
  to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: unknown) =>
    value === null || value === undefined ? value : toSafeInteger(value) === 1,
};

const jsonCodec = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value),
};

type Column = EntitySchemaColumnOptions;

/** An identifier made by the application. */
export const id: Column = { type: 'varchar', length: 64, primary: true };
/** The identifier of another row, of this or of another subgraph. Never a foreign key across subgraphs. */
export const reference: Column = { type: 'varchar', length: 64 };
/** A short code of a closed set or a business key, compared byte for byte. */
export const code: Column = { type: 'varchar', length: 64 };
/** Words for people. */
export const text: Column = { type: 'varchar', length: 1000 };
/** Points, fen, grams, counts. */
export const integer: Column = { type: 'bigint', transformer: integerCodec };
/** A day as `yyyymmdd`. */
export const day: Column = { type: 'int', transformer: integerCodec };
/** A point in time, as a `Date` in the program and milliseconds in the table. */
export const instant: Column = { type: 'bigint', transformer: instantCodec };
export const flag: Column = { type: 'smallint', transformer: booleanCodec };
export const json: Column = { type: 'text', transformer: jsonCodec };

export const nullable = (column: Column): Column => ({ ...column, nullable: true });
export const key = (column: Column): Column => ({ ...column, primary: true });
